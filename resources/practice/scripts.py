"""Scripts of practice callers, read from data files and held against what the program knows."""

from collections.abc import Set
from functools import cache
from pathlib import Path

from models.calls.events import CallEnd
from models.people.number import normalise
from models.practice.facts import OTHERS, Kind, Sign, sign_of
from models.practice.script import (
    LINES,
    REACH,
    Act,
    Does,
    Expected,
    Key,
    Line,
    Mark,
    Need,
    Scene,
    Script,
    When,
)
from models.risk.cssrs import INSTRUMENT as CSSRS
from models.risk.cssrs import Question
from models.risk.level import Level
from models.risk.quick_screen import AskState, Item
from models.risk.safety_plan import PlanStep
from models.risk.worded import Worded
from resources import directory, enumerations, ladders
from resources.reading import ResourceError, Table, read_table, unique
from resources.texts import t

FOLDER = Path(__file__).parent / "scripts"
_INVENTED = Path(__file__).parent / "invented.toml"
_TRUTHS = (AskState.YES, AskState.NO, AskState.REFUSED, AskState.UNCLEAR)
_SCRIPT = (
    *("id", "version", "title_zh", "title_en", "trains_zh", "trains_en", "minutes", "caller_zh", "caller_en"),
    *("confirmed", "trust", "distress", "call", "key"),
)
_CALL = (*("number", "dialled", "rings_after", "patience", "lasts", "opening_zh", "opening_en", "line"),)
_LINE = (*("id", "does", "zh", "en", "who_zh", "who_en", "trust", "distress", "when", "unless", "after"),)
_KEY = (
    *("category", "level", "why_category_zh", "why_category_en", "why_level_zh", "why_level_en"),
    *("mark", "source", "item", "act", "never"),
)
_COUNTED = (Need.TIME, Need.QUIET, Need.TRUST, Need.DISTRESS)


def shipped() -> tuple[Script, ...]:
    """The scripts that ship, by the names of their files. Raises ResourceError."""
    return tuple(load(path) for path in sorted(FOLDER.glob("*.toml")))


def own(folder: Path) -> tuple[tuple[Script, ...], tuple[ResourceError, ...]]:
    """A hotline's own scripts in a folder, and what is wrong with those that cannot be used."""
    scripts: list[Script] = []
    broken: list[ResourceError] = []
    for path in sorted(folder.glob("*.toml")):
        try:
            scripts.append(load(path))
        except ResourceError as error:
            broken.append(error)
    return tuple(scripts), tuple(broken)


def load(path: Path) -> Script:
    """The script of a file. Raises ResourceError with the line and field that is wrong."""
    return read(read_table(path))


def read(table: Table) -> Script:
    """The script of a table. Raises ResourceError; where it is collected, reading goes on where it can."""
    table.only(*_SCRIPT)
    scenes = table.tables("call")
    if not scenes:
        table.wrong("call", t("forms.cause_scenes"))
    key = table.tables("key")
    if len(key) != 1:
        table.wrong("key", t("forms.cause_one_key"))
    return Script(
        id=table.text("id"),
        version=table.number("version"),
        title=_worded(table, "title"),
        trains=_worded(table, "trains"),
        minutes=table.number("minutes"),
        caller=_invented(table),
        key=_key(key[0] if key else _nothing(table)),
        scenes=tuple(_scene(one) for one in scenes),
        confirmed=table.flag("confirmed", False),
        trust=_mood(table, "trust", 30),
        distress=_mood(table, "distress", 70),
    )


def _nothing(table: Table) -> Table:
    """Where a part is missing, which is told already: something empty, whose faults nobody hears."""
    return Table(table.file, "", {}, found=[])


def _invented(table: Table) -> Worded:
    name, words = _worded(table, "caller"), read_table(_INVENTED)
    for field, given in (("zh", name.zh), ("en", name.en)):
        if words.text(field) not in given:
            table.wrong(f"caller_{field}", t("forms.cause_invented", value=words.text(field)))
    return name


def _scene(table: Table) -> Scene:
    table.only(*_CALL)
    lines = table.tables("line")
    unique(lines, "id")
    return Scene(
        number=_number(table),
        dialled=table.text("dialled"),
        rings_after=_seconds(table, "rings_after"),
        patience=_seconds(table, "patience"),
        lasts=_seconds(table, "lasts"),
        lines=tuple(_line(one, {line.text("id") for line in lines}) for one in lines),
        opening=_maybe_worded(table, "opening"),
    )


def _number(table: Table) -> str:
    number = normalise(table.text("number"))
    if number and number not in LINES and not number.startswith(REACH):
        known = {"value": number, "reach": REACH, "lines": ", ".join(LINES)}
        table.wrong("number", t("forms.cause_invented_number", **known))
    return number


def _line(table: Table, lines: set[str]) -> Line:
    table.only(*_LINE)
    does = table.choice("does", Does, Does.SPEAKS)
    when, unless = (
        tuple(_when(table, field, text, lines) for text in table.texts(field)) for field in ("when", "unless")
    )
    return Line(
        id=table.text("id"),
        does=does,
        words=_worded(table),
        when=when,
        after=_seconds(table, "after", 2),
        unless=unless,
        who=_maybe_worded(table, "who"),
        trust=table.number("trust", 0),
        distress=table.number("distress", 0),
    )


def _when(table: Table, field: str, text: str, lines: set[str]) -> When:
    name, _, value = text.partition(":")
    if name not in set(Need):
        return When(sign=_sign(table, field, text))
    need = Need(name)
    if need is Need.SAID:
        if value not in lines:
            table.wrong(field, t("forms.cause_no_line", value=text))
        return When(need, line=value)
    if need is Need.EARLIER:
        return When(need, sign=_sign(table, field, value))
    if need not in _COUNTED or not value.isdecimal():
        table.wrong(field, t("forms.cause_no_count", value=text))
        return When(need)
    return When(need, number=int(value))


def _sign(table: Table, field: str, text: str) -> Sign:
    try:
        sign = sign_of(text)
    except ValueError:
        table.wrong(field, t("forms.cause_sign", value=text))
        return Sign(Kind.ANSWERED)
    known = _known(sign.kind)
    value = sign.value.partition("=")[0]
    if value and known is not None and value not in known:
        table.wrong(field, t("forms.cause_sign_value", value=text, part=value))
    return sign


@cache
def _known(kind: Kind) -> Set[str] | None:
    """The values that a kind can have; None where it can be any."""
    match kind:
        case Kind.ASKED:
            return _items()
        case Kind.QUESTION:
            return {*Item, *OTHERS}
        case Kind.LEVEL:
            return set(Level)
        case Kind.CATEGORY:
            return _categories()
        case Kind.REFERRED | Kind.JOINED:
            return {target.id for target in directory.load(directory.SHIPPED)}
        case Kind.STEP:
            return {step.id for step in ladders.load(ladders.SHIPPED, _categories()).steps}
        case Kind.PLAN:
            return set(PlanStep)
        case Kind.ENDED:
            return set(CallEnd)
        case _:
            return None


@cache
def _items() -> Set[str]:
    return {*Item, *(f"{CSSRS}.{question}" for question in Question)}


@cache
def _categories() -> Set[str]:
    return {choice.code for choice in enumerations.load_own(enumerations.SHIPPED)["call_category"]}


def _key(table: Table) -> Key:
    table.only(*_KEY)
    level = table.text("level", "")
    categories = table.texts("category")
    if not categories or not set(categories) <= _categories():
        table.wrong("category", t("forms.cause_no_category", value=", ".join(categories)))
    if level and level not in set(Level):
        table.wrong("level", t("forms.cause_choice", value=level, allowed=", ".join(Level)))
    return Key(
        categories=categories,
        why_category=_worded(table, "why_category"),
        level=Level(level) if level in set(Level) else None,
        why_level=_worded(table, "why_level"),
        mark=table.choice("mark", Mark),
        source=table.text("source"),
        items=tuple(_expected(one) for one in _some(table, "item")),
        acts=tuple(_act(one) for one in _some(table, "act")),
        never=tuple(_act(one) for one in _some(table, "never")),
    )


def _expected(table: Table) -> Expected:
    table.only("item", "truth", "mark", "source")
    item, truth = table.text("item"), table.text("truth")
    if item not in _items():
        table.wrong("item", t("forms.cause_no_item", value=item))
    if truth not in _TRUTHS:
        table.wrong("truth", t("forms.cause_choice", value=truth, allowed=", ".join(_TRUTHS)))
    return Expected(item, truth, table.choice("mark", Mark), table.text("source"))


def _act(table: Table) -> Act:
    table.only("zh", "en", "why_zh", "why_en", "mark", "source", "done", "unless")
    signs = tuple(_sign(table, "done", text) for text in table.texts("done"))
    if not signs:
        table.wrong("done", t("forms.cause_done"))
    return Act(
        words=_worded(table),
        why=_worded(table, "why"),
        mark=table.choice("mark", Mark),
        source=table.text("source"),
        signs=signs,
        unless=tuple(_sign(table, "unless", text) for text in table.texts("unless")),
    )


def _worded(table: Table, name: str = "") -> Worded:
    before = f"{name}_" if name else ""
    return Worded(name, table.text(f"{before}zh"), table.text(f"{before}en"))


def _maybe_worded(table: Table, name: str) -> Worded | None:
    return _worded(table, name) if f"{name}_zh" in table.content else None


def _some(table: Table, field: str) -> tuple[Table, ...]:
    return table.tables(field) if field in table.content else ()


def _seconds(table: Table, field: str, default: int | None = None) -> float:
    seconds = table.number(field, default)
    if seconds < 0:
        table.wrong(field, t("forms.cause_least", least=0))
    return float(seconds)


def _mood(table: Table, field: str, default: int) -> int:
    mood = table.number(field, default)
    if not 0 <= mood <= 100:
        table.wrong(field, t("forms.cause_within", least=0, most=100))
    return mood
