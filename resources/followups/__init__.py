"""The templates of follow-ups that ship, and a hotline's own."""

from collections.abc import Iterable
from pathlib import Path

from models.followups.template import Template, Templates
from resources.last_good import load_mine, load_own, mine_of
from resources.packs import Packs
from resources.reading import ResourceError, Table, read_table
from resources.texts import t

FOLDER = Path(__file__).parent
SHIPPED = ("bj", "gz")
_KNOWN = (
    *("id", "version", "zh", "en", "days", "source", "mark", "retry_hours", "lost_after", "lost_source"),
)
_MARKS = ("S", "P", "D")
_LONGEST_DAYS = 3660
_MOST_CALLS, _MOST_TRIES = 24, 50
_MOST_HOURS = 168


def shipped(template: str) -> Path:
    """The file of a shipped template."""
    return FOLDER / f"{template}.toml"


def load_all(
    by_level: Iterable[tuple[str, str]], own: Path | None, kept: Path, packs: Packs
) -> tuple[Templates, tuple[ResourceError, ...]]:
    """The templates that ship and those that a site names, and what was wrong with its own files.

    Those of a signed pack come first. One that cannot be read at all is left out: then dates are chosen by
    hand. Raises ResourceError only where a shipped file is broken.
    """
    levels, broken = dict(by_level), []
    found: dict[str, Template] = {}
    for name in dict.fromkeys((*SHIPPED, *levels.values())):
        file = f"followups/{name}.toml"
        signed = packs.path_of(file)
        if name in SHIPPED:
            found[name], error = load_own(load, file, own, kept, shipped(name), signed)
        else:
            mine = mine_of(file, own, signed) or (own or FOLDER) / file
            template, error = load_mine(load, mine, kept / file)
            found |= {name: template} if template else {}
        broken += [error] if error else []
    return Templates(found, {level: name for level, name in levels.items() if name in found}), tuple(broken)


def load(path: Path) -> Template:
    """The template of a file. Raises ResourceError."""
    return read(read_table(path))


def read(table: Table) -> Template:
    """The template of a table. Raises ResourceError, unless what is wrong is collected."""
    table.only(*_KNOWN)
    if table.text("id") != table.file.stem:
        table.wrong("id", t("forms.cause_id", id=table.file.stem))
    mark = table.text("mark")
    if mark not in _MARKS:
        table.wrong("mark", t("forms.cause_choice", value=mark, allowed=", ".join(_MARKS)))
    return Template(
        id=table.text("id"),
        version=_between(table, "version", 1, 2**31),
        zh=table.worded("zh"),
        en=table.worded("en"),
        days=_days(table),
        source=table.worded("source"),
        mark=mark,
        retry_hours=_between(table, "retry_hours", 1, _MOST_HOURS),
        lost_after=_lost_after(table),
        lost_source=table.text("lost_source", ""),
    )


def _days(table: Table) -> tuple[int, ...]:
    days = table.content.get("days")
    numbers = [day for day in days if type(day) is int] if isinstance(days, list) else []
    growing = numbers == sorted(set(numbers)) == days and 1 <= len(numbers) <= _MOST_CALLS
    if not growing or not all(1 <= day <= _LONGEST_DAYS for day in numbers):
        table.wrong("days", t("forms.cause_days", most=_MOST_CALLS, longest=_LONGEST_DAYS))
    return tuple(numbers)


def _lost_after(table: Table) -> int:
    tries = _between(table, "lost_after", 0, _MOST_TRIES, 0)
    if tries and not table.text("lost_source", "").strip():
        table.wrong("lost_after", t("forms.cause_lost"))
    return tries


def _between(table: Table, field: str, least: int, most: int, default: int | None = None) -> int:
    value = table.number(field, default)
    if field in table.content and not least <= value <= most:
        table.wrong(field, t("forms.cause_within", least=least, most=most))
    return value
