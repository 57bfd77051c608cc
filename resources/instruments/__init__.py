"""The instruments that ship, and a hotline's own: labels and levels of their items, where they come from."""

from dataclasses import dataclass
from pathlib import Path

from models.risk.level import Level
from models.risk.quick_screen import RULES, Item
from models.risk.trail import Dial
from resources.reading import Table, read_table, unique

SHIPPED = Path(__file__).parent / "quick_screen.toml"


@dataclass(frozen=True, slots=True)
class Label:
    """What an item or a rating is called; `level` is the one that a yes gives, None for none."""

    id: str
    zh: str
    en: str
    level: Level | None = None


@dataclass(frozen=True, slots=True)
class Screen:
    """The quick screen with its version; `official_text`: its wording is a licensed or official one."""

    id: str
    version: int
    official_text: bool
    source: str
    items: tuple[Label, ...]
    ratings: tuple[Label, ...]


def load(path: Path = SHIPPED) -> Screen:
    """The screen of a file: wording may differ, items and levels may not. Raises ResourceError."""
    table = read_table(path)
    items, ratings = table.tables("item"), table.tables("rating")
    unique(items, "id")
    unique(ratings, "id")
    screen = Screen(
        id=table.text("id"),
        version=table.number("version"),
        official_text=table.flag("official_text"),
        source=table.text("source"),
        items=tuple(_item(one) for one in items),
        ratings=tuple(_rating(one) for one in ratings),
    )
    if {label.id for label in screen.items} != set(Item):
        raise table.error("item", f"the items are {', '.join(Item)}")
    if {label.id for label in screen.ratings} != set(Dial):
        raise table.error("rating", f"the ratings are {', '.join(Dial)}")
    return screen


def _item(table: Table) -> Label:
    item = table.choice("id", Item)
    level = table.choice("level", Level) if "level" in table.content else None
    if level != dict(RULES).get(item):
        raise table.error("level", f"{dict(RULES).get(item, 'none')} expected: the rule is not a setting")
    return Label(item, table.text("zh"), table.text("en"), level)


def _rating(table: Table) -> Label:
    return Label(table.choice("id", Dial), table.text("zh"), table.text("en"))
