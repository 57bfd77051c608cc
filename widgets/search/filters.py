"""The filters as chips: each says what it is set to and opens its choices."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from resources.texts import t
from widgets.base.buttons import Chip
from widgets.base.flow import Flow
from widgets.base.levels import level_text
from widgets.search.view import FilterChoices, Period

_LEVELS = ("R4", "R3", "R2", "R1", "R0", "RX")
_KINDS = ("note", "referral", "safety_plan", "call", "person", "case", "caller_plan")
Pairs = tuple[tuple[str, str], ...]


class FilterChip(Chip):
    """One filter: off it names itself, on it says to what it is set."""

    changed = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent=parent)
        self._name = name
        self._choice = ""
        self._pairs: Pairs = ()
        self.menu_of_choices = QMenu(self)
        self.menu_of_choices.setAccessibleName(name)
        self.clicked.connect(self._open)

    @property
    def choice(self) -> str:
        """The code it is set to, empty where it narrows nothing."""
        return self._choice

    def show_choices(self, pairs: Pairs) -> None:
        """Take what it can be set to; with nothing to choose from it is not shown."""
        self._pairs = pairs
        self.menu_of_choices.clear()
        for code, label in (("", t("search.any")), *pairs):
            self.menu_of_choices.addAction(label).triggered.connect(partial(self.choose, code))
        self.setVisible(bool(pairs))
        self._say()

    def choose(self, code: str, _checked: bool = False) -> None:
        """Set it and tell."""
        self._choice = code
        self._say()
        self.changed.emit()

    def clear(self) -> None:
        """Let it narrow nothing, without telling anybody."""
        self._choice = ""
        self._say()

    def _open(self) -> None:
        self.show_on(bool(self._choice))
        self.menu_of_choices.popup(self.mapToGlobal(self.rect().bottomLeft()))

    def _say(self) -> None:
        label = dict(self._pairs).get(self._choice, self._choice)
        text = t("search.filter_set", name=self._name, value=label) if self._choice else self._name
        self.setText(t("search.filter_opens", text=text))
        self.setAccessibleName(text)
        self.show_on(bool(self._choice))
        self.updateGeometry()


class FilterRow(QWidget):
    """All filters side by side."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.period = FilterChip(t("search.period"))
        self.kind = FilterChip(t("search.kind"))
        self.level = FilterChip(t("search.level"))
        self.category = FilterChip(t("search.category"))
        self.author = FilterChip(t("search.author"))
        self.city = FilterChip(t("search.city"))
        self._chips = (self.period, self.kind, self.level, self.category, self.author, self.city)
        for chip in self._chips:
            chip.changed.connect(self.changed)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(Flow(*self._chips, gap=6))
        periods = tuple((each.value, t(f"search.period_{each}")) for each in Period if each is not Period.ANY)
        self.period.show_choices(periods)
        self.kind.show_choices(tuple((kind, t(f"search.kind_{kind}")) for kind in _KINDS))
        self.level.show_choices(tuple((code, level_text(code)) for code in _LEVELS))
        self.show_choices(FilterChoices())

    def show_choices(self, choices: FilterChoices) -> None:
        """Take what there is to choose from here."""
        self.category.show_choices(choices.categories)
        # Who has only own records has nobody to choose from.
        self.author.show_choices(choices.authors if len(choices.authors) > 1 else ())
        self.city.show_choices(choices.cities)

    def clear(self) -> None:
        """Let nothing narrow, without telling anybody."""
        for chip in self._chips:
            chip.clear()
