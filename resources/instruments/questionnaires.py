"""The instruments beside the quick screen: read from data files, held against the rules in code."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from pathlib import Path

from models.risk.cssrs import INSTRUMENT as CSSRS
from models.risk.cssrs import Question
from models.risk.elements import INSTRUMENT as ELEMENTS
from models.risk.elements import Element
from models.risk.questionnaire import Offered, Questionnaire
from models.risk.scales import Band, Scale
from models.risk.worded import Worded
from resources.instruments.official import sourced
from resources.reading import Table, read_table, unique
from resources.texts import t

FOLDER = Path(__file__).parent
NAMES = ("cssrs", "elements12", "phq9", "gad7", "k10")
# Items that a rule in code speaks of: wording may differ, these may not.
_KNOWN = (
    *("id", "version", "zh", "en", "short_zh", "short_en", "official_text", "source", "licence"),
    *("attribution", "least", "most", "opener", "caution_zh", "caution_en", "item", "answer", "bands"),
)
_FIXED: Mapping[str, type[StrEnum]] = {CSSRS: Question, ELEMENTS: Element}


def shipped(name: str) -> Path:
    """The file of a shipped instrument."""
    return FOLDER / f"{name}.toml"


def load(path: Path) -> Questionnaire:
    """The instrument of a file. Raises ResourceError with the line and field that is wrong."""
    return read(read_table(path))


def read(table: Table) -> Questionnaire:
    """The instrument of a table. Raises ResourceError."""
    table.only(*_KNOWN)
    items, answers = table.tables("item"), _maybe(table, "answer")
    for tables, known in ((items, ("code", "zh", "en")), (answers, ("code", "zh", "en", "points"))):
        unique(tables, "code")
        for one in tables:
            one.only(*known)
    name = table.text("id")
    if table.file.stem in NAMES and name != table.file.stem:
        table.wrong("id", t("forms.cause_id", id=table.file.stem))
    fixed = _FIXED.get(name)
    if fixed is not None and [item.content.get("code") for item in items] != list(fixed):
        table.wrong("item", t("forms.cause_items", items=", ".join(fixed)))
    return Questionnaire(
        id=name,
        version=table.number("version"),
        name=_worded(table, name),
        short=Worded(name, table.text("short_zh"), table.text("short_en")),
        official_text=table.flag("official_text"),
        source=sourced(table),
        licence=table.text("licence"),
        attribution=table.text("attribution"),
        items=tuple(_worded(item) for item in items),
        answers=tuple(_offered(table, answer) for answer in answers),
        caution=_caution(table),
        scales=tuple(made for bands in _maybe(table, "bands") for made in _scale(table, items, bands)),
    )


def _maybe(table: Table, field: str) -> Sequence[Table]:
    return table.tables(field) if field in table.content else ()


def _worded(table: Table, code: str = "") -> Worded:
    return Worded(code or table.text("code"), table.text("zh"), table.text("en"))


def _caution(table: Table) -> Worded | None:
    if "caution_zh" not in table.content:
        return None
    return Worded("caution", table.text("caution_zh"), table.text("caution_en"))


def _offered(whole: Table, answer: Table) -> Offered:
    points = answer.number("points")
    least, most = whole.number("least"), whole.number("most")
    if not least <= points <= most:
        answer.wrong("points", t("forms.cause_within", least=least, most=most))
    return Offered(answer.text("code"), answer.text("zh"), answer.text("en"), points)


def _scale(whole: Table, items: Sequence[Table], bands: Table) -> Sequence[Scale]:
    """The scale of a set of bands; none where they cannot be one, which is told."""
    bands.only("id", "source", "band")
    bands.worded("source")
    found = bands.tables("band")
    for one in found:
        one.only("code", "least", "zh", "en")
    try:
        made = Scale(
            id=bands.text("id"),
            version=whole.number("version"),
            items=tuple(item.text("code") for item in items),
            least=whole.number("least"),
            most=whole.number("most"),
            bands=tuple(Band(one.number("least"), _worded(one)) for one in found),
            opener=whole.text("opener", ""),
        )
    except ValueError:
        bands.wrong("band", t("forms.cause_bands"))
        return ()
    return (made,)
