"""The directory of targets that ships, and a hotline's own."""

from pathlib import Path

from models.referrals.target import Target
from resources.reading import Table, read_table, unique

SHIPPED = Path(__file__).parent / "targets.toml"


def load(path: Path = SHIPPED) -> tuple[Target, ...]:
    """The targets of a file, in its order. Raises ResourceError."""
    table = read_table(path)
    targets = table.tables("target")
    unique(targets, "id")
    return tuple(_target(one) for one in targets)


def _target(table: Table) -> Target:
    number = table.text("number")
    if not (number.isascii() and number.isdigit() and 3 <= len(number) <= 12):
        raise table.error("number", "3 to 12 digits expected")
    return Target(
        id=table.text("id"),
        kind=table.text("kind"),
        zh=table.text("zh"),
        en=table.text("en"),
        short=table.text("short"),
        number=number,
        emergency=table.flag("emergency", False),
        by_city=table.flag("by_city", False),
        verified=table.flag("verified", False),
        source=table.text("source", ""),
    )
