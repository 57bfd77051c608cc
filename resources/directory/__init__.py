"""The directory of targets that ships, and a hotline's own."""

from pathlib import Path

from models.referrals.target import Target
from resources.reading import Table, read_table, unique
from resources.texts import t

SHIPPED = Path(__file__).parent / "targets.toml"


_KNOWN = ("id", "kind", "zh", "en", "short", "number", "emergency", "by_city", "verified", "source")
_LEAST_DIGITS, _MOST_DIGITS = 3, 12


def load(path: Path = SHIPPED) -> tuple[Target, ...]:
    """The targets of a file, in its order. Raises ResourceError."""
    return read(read_table(path))


def read(table: Table) -> tuple[Target, ...]:
    """The targets of a table. Raises ResourceError, unless what is wrong is collected."""
    table.only("target")
    targets = table.tables("target")
    unique(targets, "id")
    return tuple(_target(one) for one in targets)


def _target(table: Table) -> Target:
    table.only(*_KNOWN)
    return Target(
        id=table.worded("id"),
        kind=table.worded("kind"),
        zh=table.worded("zh"),
        en=table.worded("en"),
        short=table.worded("short"),
        number=_number(table),
        emergency=table.flag("emergency", False),
        by_city=table.flag("by_city", False),
        verified=table.flag("verified", False),
        source=table.text("source", ""),
    )


def _number(table: Table) -> str:
    number = table.text("number")
    plain = number.isascii() and number.isdigit() and _LEAST_DIGITS <= len(number) <= _MOST_DIGITS
    if isinstance(table.content.get("number"), str) and not plain:
        table.wrong("number", t("forms.cause_digits", least=_LEAST_DIGITS, most=_MOST_DIGITS))
    return number
