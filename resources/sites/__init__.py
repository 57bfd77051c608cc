"""The sites that ship, and a hotline's own."""

from base64 import b64decode
from datetime import time, tzinfo
from pathlib import Path
from zoneinfo import ZoneInfo

from models.alerts import sounding
from models.calls.reach import is_entry
from models.cases.mark import MOST_DAYS
from models.people.site import CHINA, AlertRules, Hours, Site
from models.risk.level import Level
from resources.reading import Table, read_table

FOLDER = Path(__file__).parent
_LOCK_MINUTES = 5
_MOST_MINUTES = 60
_LEAST_SECONDS, _MOST_SECONDS = 5, 300
_OVERFLOW_AFTER, _SHORTEST_WAIT, _LONGEST_WAIT = 120, 10, 3600
_MOST_DIGITS = 16
_KEY_BYTES = 32
_MARK_DAYS = 30
SOUNDS = (*sounding.SOUNDS, "ring")
"""The sounds that ship."""


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
        alerts=_alerts(table),
        emergency=tuple(_digits(table, "emergency", one) for one in table.texts("emergency")),
        overflow=_digits(table, "overflow", table.text("overflow", "")),
        overflow_after=_overflow_after(table),
        pack_keys=tuple(_key(table, one) for one in table.texts("pack_keys")),
        k10_bands=table.text("k10_bands", ""),
        zone=_zone(table),
        follow_ups=_follow_ups(table),
        mark_days=_mark_days(table),
    )


def shipped(site: str) -> Path:
    """The file of a shipped site."""
    return FOLDER / f"{site}.toml"


def _key(table: Table, text: str) -> bytes:
    try:
        key = b64decode(text, validate=True)
    except ValueError as cause:
        raise table.error("pack_keys", "base64 expected") from cause
    if len(key) != _KEY_BYTES:
        raise table.error("pack_keys", f"keys of {_KEY_BYTES} bytes expected")
    return key


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


def _alerts(table: Table) -> AlertRules:
    usual = AlertRules()
    supervisor = table.text("alert_supervisor", usual.supervisor)
    if supervisor and not (supervisor.isascii() and supervisor.isdigit()):
        raise table.error("alert_supervisor", "digits expected")
    sound = table.text("alert_sound", usual.sound)
    if sound not in SOUNDS:
        raise table.error("alert_sound", f"one of {', '.join(SOUNDS)} expected")
    return AlertRules(
        _seconds(table, "alert_again_seconds", usual.again_seconds),
        _seconds(table, "alert_unseen_seconds", usual.unseen_seconds),
        supervisor,
        sound,
    )


def _seconds(table: Table, field: str, usual: int) -> int:
    seconds = table.number(field, usual)
    if not _LEAST_SECONDS <= seconds <= _MOST_SECONDS:
        raise table.error(field, f"{_LEAST_SECONDS} to {_MOST_SECONDS} expected")
    return seconds


def _digits(table: Table, field: str, number: str) -> str:
    if number and not (number.isascii() and number.isdigit() and len(number) <= _MOST_DIGITS):
        raise table.error(field, "digits expected")
    return number


def _overflow_after(table: Table) -> int:
    seconds = table.number("overflow_after", _OVERFLOW_AFTER)
    if not _SHORTEST_WAIT <= seconds <= _LONGEST_WAIT:
        raise table.error("overflow_after", f"{_SHORTEST_WAIT} to {_LONGEST_WAIT} seconds expected")
    return seconds


def _zone(table: Table) -> tzinfo:
    name = table.text("time_zone", "Asia/Shanghai")
    if name == str(CHINA):
        # Known without the machine's list of zones, which not every system has.
        return CHINA
    try:
        return ZoneInfo(name)
    except (KeyError, OSError, ValueError) as cause:
        raise table.error("time_zone", "a zone such as Asia/Shanghai expected") from cause


def _follow_ups(table: Table) -> tuple[tuple[str, str], ...]:
    named = ((level.value, table.text(f"follow_up_{level}", "")) for level in Level)
    return tuple((level, template) for level, template in named if template)


def _mark_days(table: Table) -> int:
    days = table.number("mark_days", _MARK_DAYS)
    if not 1 <= days <= MOST_DAYS:
        raise table.error("mark_days", f"1 to {MOST_DAYS} expected")
    return days


def _hours(table: Table) -> Hours | None:
    text = table.text("hours", "")
    if not text:
        return None
    try:
        start, end = (time.fromisoformat(part) for part in text.split("-"))
    except ValueError as cause:
        raise table.error("hours", "such as 06:00-00:00 expected") from cause
    return Hours(start, end)
