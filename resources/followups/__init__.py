"""The templates of follow-ups that ship, and a hotline's own."""

from collections.abc import Iterable
from pathlib import Path

from models.followups.template import Template, Templates
from resources.last_good import load_own
from resources.reading import ResourceError, Table, read_table

FOLDER = Path(__file__).parent
SHIPPED = ("bj", "gz")
_MARKS = ("S", "P", "D")
_LONGEST_DAYS = 3660
_MOST_CALLS, _MOST_TRIES = 24, 50
_MOST_HOURS = 168


def shipped(template: str) -> Path:
    """The file of a shipped template."""
    return FOLDER / f"{template}.toml"


def load_all(
    by_level: Iterable[tuple[str, str]], own: Path | None, kept: Path
) -> tuple[Templates, tuple[ResourceError, ...]]:
    """The templates that ship and those that a site names, and what was wrong with its own files.

    One that cannot be read at all is left out: then dates are chosen by hand. Raises ResourceError only
    where a shipped file is broken.
    """
    levels, broken = dict(by_level), []
    found: dict[str, Template] = {}
    for name in dict.fromkeys((*SHIPPED, *levels.values())):
        file = f"followups/{name}.toml"
        try:
            found[name], error = load_own(load, file, own, kept, shipped(name))
        except ResourceError as cause:
            if name in SHIPPED:
                raise
            error = cause
        broken += [error] if error else []
    return Templates(found, {level: name for level, name in levels.items() if name in found}), tuple(broken)


def load(path: Path) -> Template:
    """The template of a file. Raises ResourceError."""
    table = read_table(path)
    if table.text("id") != path.stem:
        raise table.error("id", f"{path.stem!r} expected, as the file is called")
    mark = table.text("mark")
    if mark not in _MARKS:
        raise table.error("mark", f"one of {', '.join(_MARKS)} expected")
    return Template(
        id=table.text("id"),
        version=_between(table, "version", 1, 2**31),
        zh=table.text("zh"),
        en=table.text("en"),
        days=_days(table),
        source=_said(table, "source"),
        mark=mark,
        retry_hours=_between(table, "retry_hours", 1, _MOST_HOURS),
        lost_after=_lost_after(table),
        lost_source=table.text("lost_source", ""),
    )


def _days(table: Table) -> tuple[int, ...]:
    days = table.content.get("days")
    if not isinstance(days, list) or not 1 <= len(days) <= _MOST_CALLS:
        raise table.error("days", f"1 to {_MOST_CALLS} numbers of days expected")
    if not all(type(day) is int and 1 <= day <= _LONGEST_DAYS for day in days):
        raise table.error("days", f"whole numbers from 1 to {_LONGEST_DAYS} expected")
    if days != sorted(set(days)):
        raise table.error("days", "growing numbers expected")
    return tuple(days)


def _lost_after(table: Table) -> int:
    tries = table.number("lost_after", 0)
    if tries and not table.text("lost_source", "").strip():
        raise table.error("lost_after", "only with lost_source, who says so")
    if not 0 <= tries <= _MOST_TRIES:
        raise table.error("lost_after", f"0 to {_MOST_TRIES} expected")
    return tries


def _between(table: Table, field: str, least: int, most: int) -> int:
    value = table.number(field)
    if not least <= value <= most:
        raise table.error(field, f"{least} to {most} expected")
    return value


def _said(table: Table, field: str) -> str:
    text = table.text(field)
    if not text.strip():
        raise table.error(field, "missing")
    return text
