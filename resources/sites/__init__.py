"""The sites that ship, and a hotline's own."""

import re
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
from resources.texts import t

FOLDER = Path(__file__).parent
_LOCK_MINUTES = 5
_MOST_MINUTES = 60
_LEAST_SECONDS, _MOST_SECONDS = 5, 300
_OVERFLOW_AFTER, _SHORTEST_WAIT, _LONGEST_WAIT = 120, 10, 3600
_MOST_DIGITS = 16
_KEY_BYTES = 32
_MARK_DAYS = 30
_TEMPLATE = re.compile(r"[\w-]+")
SOUNDS = (*sounding.SOUNDS, "ring")
"""The sounds that ship."""


_KNOWN = (
    *("id", "name_zh", "name_en", "city", "province", "area_code", "lines", "hours", "services"),
    *("greeting", "greeting_confirmed", "lock_minutes", "dials", "emergency", "overflow", "overflow_after"),
    *("alert_again_seconds", "alert_unseen_seconds", "alert_supervisor", "alert_sound"),
    *("pack_keys", "k10_bands", "time_zone", "mark_days", *(f"follow_up_{level}" for level in Level)),
)


def load(path: Path) -> Site:
    """The site of a file. Raises ResourceError."""
    return read(read_table(path))


def read(table: Table) -> Site:
    """The site of a table. Raises ResourceError, unless what is wrong is collected."""
    table.only(*_KNOWN)
    return Site(
        id=table.worded("id"),
        name_zh=table.worded("name_zh"),
        name_en=table.worded("name_en"),
        city=table.text("city"),
        province=table.text("province"),
        area_code=_digits(table, "area_code", table.text("area_code")),
        lines=_lines(table),
        hours=_hours(table),
        greeting=table.worded("greeting"),
        greeting_confirmed=table.flag("greeting_confirmed"),
        services=table.texts("services"),
        lock_minutes=_between(table, "lock_minutes", _LOCK_MINUTES, 1, _MOST_MINUTES),
        dials=_dials(table),
        alerts=_alerts(table),
        emergency=tuple(_digits(table, "emergency", one) for one in table.texts("emergency")),
        overflow=_digits(table, "overflow", table.text("overflow", "")),
        overflow_after=_between(table, "overflow_after", _OVERFLOW_AFTER, _SHORTEST_WAIT, _LONGEST_WAIT),
        pack_keys=tuple(_key(table, one) for one in table.texts("pack_keys")),
        k10_bands=table.text("k10_bands", ""),
        zone=_zone(table),
        follow_ups=_follow_ups(table),
        mark_days=_between(table, "mark_days", _MARK_DAYS, 1, MOST_DAYS),
    )


def shipped(site: str) -> Path:
    """The file of a shipped site."""
    return FOLDER / f"{site}.toml"


def _lines(table: Table) -> tuple[str, ...]:
    lines = table.texts("lines")
    if "lines" not in table.content or table.content["lines"] == []:
        table.wrong("lines", t("forms.cause_some"))
    return tuple(_digits(table, "lines", line, least=1) for line in lines)


def _key(table: Table, text: str) -> bytes:
    try:
        key = b64decode(text, validate=True)
    except ValueError:
        key = b""
    if len(key) != _KEY_BYTES:
        table.wrong("pack_keys", t("forms.cause_base64", bytes=_KEY_BYTES))
    return key


def _dials(table: Table) -> tuple[str, ...]:
    entries = table.texts("dials")
    for entry in entries:
        if not is_entry(entry):
            table.wrong("dials", t("forms.cause_dials", value=entry))
    return entries


def _alerts(table: Table) -> AlertRules:
    usual = AlertRules()
    sound = table.text("alert_sound", usual.sound)
    if isinstance(table.content.get("alert_sound", ""), str) and sound not in SOUNDS:
        table.wrong("alert_sound", t("forms.cause_choice", value=sound, allowed=", ".join(SOUNDS)))
    return AlertRules(
        _between(table, "alert_again_seconds", usual.again_seconds, _LEAST_SECONDS, _MOST_SECONDS),
        _between(table, "alert_unseen_seconds", usual.unseen_seconds, _LEAST_SECONDS, _MOST_SECONDS),
        _digits(table, "alert_supervisor", table.text("alert_supervisor", usual.supervisor)),
        sound,
    )


def _between(table: Table, field: str, usual: int, least: int, most: int) -> int:
    value = table.number(field, usual)
    if type(table.content.get(field, usual)) is int and not least <= value <= most:
        table.wrong(field, t("forms.cause_within", least=least, most=most))
    return value


def _digits(table: Table, field: str, number: str, least: int = 0) -> str:
    plain = number.isascii() and number.isdigit()
    if not least <= len(number) <= _MOST_DIGITS or (number and not plain):
        table.wrong(field, t("forms.cause_digits", least=least, most=_MOST_DIGITS))
    return number


def _zone(table: Table) -> tzinfo:
    name = table.text("time_zone", "Asia/Shanghai")
    if name == str(CHINA):
        # Known without the machine's list of zones, which not every system has.
        return CHINA
    try:
        return ZoneInfo(name)
    except (KeyError, OSError, ValueError):
        table.wrong("time_zone", t("forms.cause_zone"))
        return CHINA


def _follow_ups(table: Table) -> tuple[tuple[str, str], ...]:
    named = ((level.value, table.text(f"follow_up_{level}", "")) for level in Level)
    chosen = tuple((level, template) for level, template in named if template)
    for level, template in chosen:
        if not _TEMPLATE.fullmatch(template):
            table.wrong(f"follow_up_{level}", t("forms.cause_template", value=template))
    return chosen


def _hours(table: Table) -> Hours | None:
    text = table.text("hours", "")
    if not text:
        return None
    try:
        start, end = (time.fromisoformat(part) for part in text.split("-"))
    except ValueError:
        table.wrong("hours", t("forms.cause_hours"))
        return None
    return Hours(start, end)
