"""Whole calls worked by key events alone, and how many keys that took besides the free text."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QPushButton, QTableView, QWidget

from console.app import App
from models.calls.call import Call, CallState
from models.people.number import mask
from models.referrals.referral import Step
from resources.texts import t
from tests.journeys import journey
from tests.support.gateway import GatewayInThread
from tests.support.keyboard import QtKeyboard
from widgets.base.composition import LineEdit
from widgets.base.writing import Writing
from widgets.records.model import STATE_COLUMN

_MOST_FIELDS = 30
SCREEN = "NYYNNYY"
"""Not acting; a plan for tonight, so for this week; none without a time; no attempt; ideation; means."""
RECEIPT = "练习-3187"
BEFORE, AFTER = ("92", "8", "90"), ("74", "21", "63")


class CountingKeyboard(QtKeyboard):
    """Counts what is pressed; words come by the input method and are free."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.pressed: list[str] = []

    def press(self, *keys: str) -> None:
        """Press and count keys."""
        self.pressed += keys
        super().press(*keys)

    def write(self, text: str) -> None:
        """Write words where nothing stands yet."""
        self.add(text)


@dataclass
class Keyed:
    """One operator's desk, worked by keys."""

    app: App
    line: GatewayInThread
    until: Callable[[Callable[[], object]], object]
    keys: CountingKeyboard = field(init=False)

    def __post_init__(self) -> None:
        self.keys = CountingKeyboard(self.app.window)

    def ring_and_answer(self, number: str) -> str:
        """A caller rings, one key answers; gives the call."""
        call = self.line.scene(lambda scene: scene.ring(number, "12356"))
        self.until(lambda: self._call(call) is not None)
        self.until(lambda: self._state(call) is CallState.RINGING)
        # The card has to be there before a key can answer it.
        self.until(lambda: any(mask(number) in one.text() for one in self._labels()))
        self.keys.press("F2")
        self.until(lambda: self._state(call) is CallState.TALKING and self._note_of(call))
        return call

    def plan_within_72_hours(self, number: str) -> int:
        """A caller on a bridge with a plan for tonight, R4, from the ring to the record; how many keys."""
        call = self.ring_and_answer(number)
        self.keys.press("Ctrl+J", "Home", "Down", "Down", "Down")
        self.until(lambda: self._category() == "C3")
        self._assess()
        self.keys.press("Ctrl+T")
        self.until(lambda: isinstance(QApplication.focusWidget(), Writing))
        self.keys.write(journey.LOG_LINE)
        self._fill_what_is_required()
        self._bring_in(call)
        self._accepted()
        self._rate_again()
        self.keys.press("Ctrl+F2")
        self.until(lambda: self._state(call) is CallState.ENDED)
        self._finish()
        return len(self.keys.pressed)

    def wrong_number(self, number: str) -> int:
        """Answered, said to be a wrong number, finished; how many keys."""
        call = self.ring_and_answer(number)
        self.keys.press("Ctrl+W")
        self.until(lambda: self._category() == "S5")
        self._finish()
        self.line.scene(lambda scene: scene.caller_hangs_up(call))
        self.until(lambda: self._state(call) in (CallState.ENDED, CallState.RELEASED, None))
        return len(self.keys.pressed)

    def listed_state(self) -> str:
        """How the newest record stands in the list of my records, in words."""
        self.keys.press("F9")
        (view,) = self.app.parts.records.findChildren(QTableView)
        self.until(lambda: view.isVisible() and view.model().rowCount())
        return str(view.model().index(0, STATE_COLUMN).data(Qt.ItemDataRole.AccessibleTextRole) or "")

    def _assess(self) -> None:
        """All items of the screen, a key each; the last one leads to the ratings."""
        self.keys.press("F5", *SCREEN)
        self._rate(BEFORE)
        self.until(lambda: self.app.parts.risk.level_code == "R4")

    def _rate_again(self) -> None:
        """With nothing unasked, the key to what is open leads to the ratings after the talk."""
        self.keys.press("Ctrl+Q")
        self._rate(AFTER)

    def _rate(self, values: Sequence[str]) -> None:
        for place, value in enumerate(values):
            self.keys.press(*(("Tab",) if place else ()), *value)

    def _bring_in(self, call: str) -> None:
        """One key opens the referral, a digit brings the police in."""
        station = self.app.station
        assert station
        self.keys.press("F8", "1")
        self.until(lambda: self._call(call) and self._known(call).parties)
        (party,) = self._known(call).parties
        self.line.scene(lambda scene: scene.party_rings(call, party))
        self.line.scene(lambda scene: scene.party_answers(call, party))
        self.until(lambda: self._known(call).parties[party].joined_at)

    def _accepted(self) -> None:
        """The police take it on and say their number: one key asks for it."""
        station = self.app.station
        assert station
        self.keys.press("Shift+F12")
        self.until(lambda: isinstance(QApplication.focusWidget(), LineEdit))
        self.keys.write(RECEIPT)
        self.keys.press("Return")
        self.until(lambda: any(one.state is Step.ACCEPTED for one in station.referrals.referrals.value))

    def _fill_what_is_required(self) -> None:
        """From one missing field to the next, whatever the form asks for."""
        for _ in range(_MOST_FIELDS):
            if not self._missing():
                return
            self.keys.press("Ctrl+J")
            here = QApplication.focusWidget()
            assert here
            if isinstance(here, QComboBox):
                self.keys.press("Down")
            elif isinstance(here, QPushButton):
                self.keys.press("Space")
            else:
                self.keys.write(journey.PLACE if isinstance(here, LineEdit) else journey.COMPLAINT)
        raise AssertionError("a required field cannot be filled by keys")

    def _finish(self) -> None:
        """Hand it in; nothing is asked of one that is whole and closed."""
        self.keys.press("Ctrl+Return")
        self.until(lambda: not self.app.parts.note.note)

    def _labels(self) -> list[QLabel]:
        return [one for one in self.app.parts.calls.findChildren(QLabel) if one.isVisible()]

    def _missing(self) -> bool:
        QApplication.processEvents()
        shown = [one for one in self.app.parts.note.findChildren(QPushButton) if one.isVisible()]
        return any(one.text() == t("notes.next_missing") for one in shown)

    def _category(self) -> str:
        station = self.app.station
        note = station.notes.desk.value.note if station else None
        return note.body.category if note else ""

    def _note_of(self, call: str) -> bool:
        station = self.app.station
        note = station.notes.desk.value.note if station else None
        return note is not None and note.call == call and bool(self.app.parts.note.note)

    def _call(self, call: str) -> Call | None:
        calls = self.app.station.calls.view.value.calls if self.app.station else ()
        return next((one for one in calls if one.id == call), None)

    def _known(self, call: str) -> Call:
        known = self._call(call)
        assert known
        return known

    def _state(self, call: str) -> CallState | None:
        known = self._call(call)
        return known.state if known else None
