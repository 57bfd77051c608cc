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
from resources.reading import ResourceError, Table, read_table, unique

FOLDER = Path(__file__).parent
NAMES = ("cssrs", "elements12", "phq9", "gad7", "k10")
# Items that a rule in code speaks of: wording may differ, these may not.
_FIXED: Mapping[str, type[StrEnum]] = {CSSRS: Question, ELEMENTS: Element}


def shipped(name: str) -> Path:
    """The file of a shipped instrument."""
    return FOLDER / f"{name}.toml"


def load(path: Path) -> Questionnaire:
    """The instrument of a file. Raises ResourceError with the line and field that is wrong."""
    table = read_table(path)
    items, answers = table.tables("item"), _maybe(table, "answer")
    unique(items, "code")
    unique(answers, "code")
    name = table.text("id")
    fixed = _FIXED.get(name)
    if fixed is not None and [item.text("code") for item in items] != list(fixed):
        raise table.error("item", f"the items are {', '.join(fixed)}, in this order")
    return Questionnaire(
        id=name,
        version=table.number("version"),
        name=_worded(table, name),
        short=Worded(name, table.text("short_zh"), table.text("short_en")),
        official_text=table.flag("official_text"),
        source=table.text("source"),
        licence=table.text("licence"),
        attribution=table.text("attribution"),
        items=tuple(_worded(item) for item in items),
        answers=tuple(_offered(table, answer) for answer in answers),
        caution=_caution(table),
        scales=tuple(_scale(table, items, bands) for bands in _maybe(table, "bands")),
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
    if not whole.number("least") <= points <= whole.number("most"):
        raise answer.error("points", f"{points} is not within the points of an item")
    return Offered(answer.text("code"), answer.text("zh"), answer.text("en"), points)


def _scale(whole: Table, items: Sequence[Table], bands: Table) -> Scale:
    found = bands.tables("band")
    try:
        return Scale(
            id=bands.text("id"),
            version=whole.number("version"),
            items=tuple(item.text("code") for item in items),
            least=whole.number("least"),
            most=whole.number("most"),
            bands=tuple(Band(one.number("least"), _worded(one)) for one in found),
            opener=whole.text("opener", ""),
        )
    except ValueError as cause:
        raise _wrong(bands, cause) from cause


def _wrong(bands: Table, cause: ValueError) -> ResourceError:
    return bands.error("band", str(cause))
