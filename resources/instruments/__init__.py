"""The instruments that ship, and a hotline's own: labels and levels of their items, where they come from."""

from dataclasses import dataclass
from pathlib import Path

from models.risk.level import Level
from models.risk.quick_screen import RULES, Item
from models.risk.trail import Dial
from resources.instruments.official import sourced
from resources.reading import Table, read_table, said, unique
from resources.texts import t

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
    return read(read_table(path))


def read(table: Table) -> Screen:
    """The screen of a table. Raises ResourceError."""
    table.only("id", "version", "official_text", "source", "item", "rating")
    items, ratings = table.tables("item"), table.tables("rating")
    unique(items, "id")
    unique(ratings, "id")
    screen = Screen(
        id=table.text("id"),
        version=table.number("version"),
        official_text=table.flag("official_text"),
        source=sourced(table),
        items=tuple(_item(one) for one in items),
        ratings=tuple(_rating(one) for one in ratings),
    )
    if said(items, "id") != set(Item):
        table.wrong("item", t("forms.cause_items", items=", ".join(Item)))
    if said(ratings, "id") != set(Dial):
        table.wrong("rating", t("forms.cause_items", items=", ".join(Dial)))
    return screen


def _item(table: Table) -> Label:
    table.only("id", "zh", "en", "level")
    item = table.choice("id", Item)
    level = table.choice("level", Level) if "level" in table.content else None
    expected = dict(RULES).get(item)
    if table.content.get("id") == item and level != expected:
        table.wrong("level", t("forms.cause_level", level=expected or "—"))
    return Label(item, table.text("zh"), table.text("en"), level)


def _rating(table: Table) -> Label:
    table.only("id", "zh", "en")
    return Label(table.choice("id", Dial), table.text("zh"), table.text("en"))
