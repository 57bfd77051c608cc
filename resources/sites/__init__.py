"""The sites that ship, and a hotline's own."""

from datetime import time
from pathlib import Path

from models.calls.reach import is_entry
from models.people.site import Hours, Site
from resources.reading import Table, read_table

FOLDER = Path(__file__).parent
_LOCK_MINUTES = 5
_MOST_MINUTES = 60


def load(path: Path) -> Site:
    """The site of a file. Raises ResourceError."""
    table = read_table(path)
    return Site(
        id=table.text("id"),
        name_zh=table.text("name_zh"),
        name_en=table.text("name_en"),
        city=table.text("city"),
        province=table.text("province"),
        area_code=table.text("area_code"),
        lines=table.texts("lines"),
        hours=_hours(table),
        greeting=table.text("greeting"),
        greeting_confirmed=table.flag("greeting_confirmed"),
        services=table.texts("services"),
        lock_minutes=_minutes(table),
        dials=_dials(table),
    )


def shipped(site: str) -> Path:
    """The file of a shipped site."""
    return FOLDER / f"{site}.toml"


def _minutes(table: Table) -> int:
    minutes = table.number("lock_minutes", _LOCK_MINUTES)
    if not 1 <= minutes <= _MOST_MINUTES:
        raise table.error("lock_minutes", f"1 to {_MOST_MINUTES} expected")
    return minutes


def _dials(table: Table) -> tuple[str, ...]:
    entries = table.texts("dials")
    if not all(map(is_entry, entries)):
        raise table.error("dials", "digits or 951* expected, nothing abroad, premium or over another carrier")
    return entries


def _hours(table: Table) -> Hours | None:
    text = table.text("hours", "")
    if not text:
        return None
    try:
        start, end = (time.fromisoformat(part) for part in text.split("-"))
    except ValueError as cause:
        raise table.error("hours", "such as 06:00-00:00 expected") from cause
    return Hours(start, end)
