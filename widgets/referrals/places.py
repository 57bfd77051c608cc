"""Where the person at risk is, how that is known, and how to say that it is elsewhere."""

from collections.abc import Sequence

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtWidgets import QCompleter, QHBoxLayout, QVBoxLayout, QWidget

from models.referrals.referral import PlaceBasis
from resources.texts import t
from widgets.base.buttons import Button, Chip, KeyButton
from widgets.base.card import CardHeader, clear
from widgets.base.composition import LineEdit, commit_composition
from widgets.base.flow import Flow
from widgets.base.labels import Label
from widgets.base.segment import Option, Segment
from widgets.referrals.view import PlaceView
from widgets.theme import px

_LETTERS = "ABCDEFGH"
_SAYABLE = (PlaceBasis.STATED, PlaceBasis.CLUES)


def place_text(view: PlaceView) -> str:
    """Return a place with how it is known, in one line."""
    known = t(f"referrals.basis_{view.basis}")
    if view.note:
        return t("referrals.place_noted", place=view.place, basis=known, note=view.note)
    return t("referrals.place", place=view.place, basis=known)


class _PlaceEntry(QWidget):
    """The line in which another place is named; Enter takes the place and never dials."""

    entered = Signal(str, object)

    def __init__(self) -> None:
        super().__init__()
        self.field = LineEdit()
        self.field.setPlaceholderText(t("referrals.place_hint"))
        self.field.setAccessibleName(t("referrals.place_new"))
        # One for good: a line that is given another deletes the first, and the program ended over that.
        self._cities = QStringListModel(self)
        completer = QCompleter(self._cities, self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.field.setCompleter(completer)
        options = [Option(basis, t(f"referrals.basis_{basis}"), tone="accent") for basis in _SAYABLE]
        self._basis = Segment(options, t("referrals.place_how"))
        self._basis.show_choice(PlaceBasis.STATED)
        take = Button(t("referrals.place_take"))
        take.clicked.connect(self._take)
        self.field.returnPressed.connect(self._take)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(8))
        row.addWidget(self.field, 1)
        row.addWidget(self._basis)
        row.addWidget(take)

    def show_cities(self, cities: Sequence[str]) -> None:
        """Offer these cities while a name is typed."""
        self._cities.setStringList(list(cities))

    def _take(self) -> None:
        commit_composition(self.field)
        place = self.field.text().strip()
        if place:
            self.entered.emit(place, PlaceBasis(self._basis.choice or PlaceBasis.STATED))


class PlaceChoice(QWidget):
    """The places side by side, each with its letter; none is chosen unless somebody or the clues said it."""

    chosen = Signal(str, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chips: list[tuple[PlaceView, Chip]] = []
        self._change = KeyButton(t("referrals.change"), tone="link", name=t("referrals.change_place"))
        self._change.clicked.connect(self._open_entry)
        self._header = CardHeader(t("referrals.where"))
        self._header.add_widget(self._change)
        self._room = QVBoxLayout()
        self._warning = Label(size="small", tone="care", wrap=True)
        self._entry = _PlaceEntry()
        self._entry.entered.connect(self._entered)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(4))
        column.addWidget(self._header)
        column.addLayout(self._room)
        column.addWidget(self._warning)
        column.addWidget(self._entry)
        self._entry.hide()

    def show_places(
        self, places: Sequence[PlaceView], chosen: PlaceView | None, cities: Sequence[str] = ()
    ) -> None:
        """Show the places and which of them holds, None where that has still to be asked."""
        self._entry.show_cities(cities)
        shown = tuple(places) if chosen is None or chosen in places else (chosen, *places)
        if [view for view, _ in self._chips] != list(shown):
            self._rebuild(shown)
        for view, chip in self._chips:
            chip.show_on(view == chosen)
        unsure = chosen is None or chosen.basis in (PlaceBasis.NUMBER, PlaceBasis.SITE)
        self._warning.setText(t("referrals.ask_place") if chosen is None else t("referrals.number_place"))
        self._warning.setVisible(unsure)

    def choose(self, letter: str) -> bool:
        """Choose the place of a letter; False where there is none."""
        place = _LETTERS.find(letter.upper()) if letter else -1
        if not 0 <= place < len(self._chips):
            return False
        self._take(self._chips[place][0])
        return True

    def _rebuild(self, places: Sequence[PlaceView]) -> None:
        clear(self._room)
        self._chips = []
        flow = Flow(gap=6)
        for letter, view in zip(_LETTERS, places, strict=False):
            chip = Chip(t("referrals.place_keyed", letter=letter, place=place_text(view)))
            chip.setAccessibleName(place_text(view))
            chip.clicked.connect(lambda _=False, view=view: self._take(view))
            self._chips.append((view, chip))
            flow.add(chip)
        self._room.addWidget(flow)

    def _take(self, view: PlaceView) -> None:
        for each, chip in self._chips:
            chip.show_on(each == view)
        self._warning.setVisible(view.basis in (PlaceBasis.NUMBER, PlaceBasis.SITE))
        self._warning.setText(t("referrals.number_place"))
        self.chosen.emit(view.place, view.basis)

    def _open_entry(self) -> None:
        self._entry.show()
        self._entry.field.setFocus(Qt.FocusReason.OtherFocusReason)
        self._entry.field.selectAll()

    def _entered(self, place: str, basis: PlaceBasis) -> None:
        self._entry.hide()
        self.chosen.emit(place, basis)
