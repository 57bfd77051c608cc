"""A mother's call and her daughter's, written about side by side by one operator, by keys alone."""

from collections.abc import Callable

from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel

from console.app import App
from models.calls.call import CallState
from models.notes.note import Note
from models.people.number import mask
from models.shifts.duty import DutyState
from resources.texts import t
from tests.support.keyboard import QtKeyboard
from widgets.base.writing import Writing

MOTHER, DAUGHTER = "13834400011", "13834400022"
HER_WORDS, HER_LINE = "练习用的话：女儿两天没有回家。", "练习用的话：母亲同意联系学校。"
OWN_WORDS, OWN_LINE, OWN_MORE = "练习用的话：我在桥上。", "练习用的话：听得见江水。", "她同意退后一步。"
THIRD_PARTY, SUICIDAL = "C5", "C3"
COMPLAINT = "主诉"
_MOST_TABS = 40

Until = Callable[[Callable[[], object]], object]


class Side:
    """The operator at the window."""

    def __init__(self, app: App, until: Until) -> None:
        self.app = app
        self.keys = QtKeyboard(app.window)
        self._until = until

    def ready(self) -> None:
        """Take calls from now on."""
        station = self.app.station
        assert station
        # Before the line has told the own state, nobody is there to take the wish.
        self._until(lambda: station.shifts.view.value.mine)
        self._until(self._may_be_ready)
        self.keys.press("F6")
        self._until(lambda: (mine := station.shifts.view.value.mine) and mine.state is DutyState.READY)

    def take(self, number: str) -> None:
        """Answer who rings, whatever note lies there; another one is in front from then on."""
        before = self.app.parts.note.note
        self._until(lambda: mask(number) in self._seen())
        self.keys.press("F2")
        self._until(lambda: self.app.parts.note.note not in ("", before))
        self._until(lambda: self.state(number) is CallState.TALKING)

    def categorise(self, downs: int, code: str) -> None:
        """Choose the category, so many below the first."""
        self.keys.press("Ctrl+J", "Home", *["Down"] * downs)
        self._until(lambda: self.front.body.category == code)

    def complain(self, words: str) -> None:
        """What it is about, in the second section."""
        self.keys.press("Ctrl+2")
        for _ in range(_MOST_TABS):
            here = QApplication.focusWidget()
            if here is not None and COMPLAINT in here.accessibleName():
                break
            self.keys.press("Tab")
        self.keys.write(words)
        self._until(lambda: self.front.body.values.get("complaint") == words)

    def line(self, words: str) -> None:
        """A timed line of the course."""
        count = len(self.front.body.log)
        self.keys.press("Ctrl+T")
        self._until(lambda: len(self.front.body.log) > count)
        self._until(lambda: isinstance(QApplication.focusWidget(), Writing))
        self.keys.add(words)
        self._until(lambda: self.front.body.log[-1].text == words)

    def mark(self) -> None:
        """The first mark of the list, with the time."""
        count = len(self.front.body.log)
        self.keys.press("Ctrl+Alt+1")
        self._until(lambda: len(self.front.body.log) > count and self.front.body.log[-1].text)

    def mother_calls(self) -> None:
        """What the mother says: a third-party call with words, a line, a mark, and thoughts of two weeks."""
        self.take(MOTHER)
        self.categorise(5, THIRD_PARTY)
        self.complain(HER_WORDS)
        self.line(HER_LINE)
        self.keys.press("F5", *"NNNNNY")
        self._until(lambda: self.app.parts.risk.level_code == "R2")

    def daughter_calls(self) -> None:
        """She rings while her mother's note is still being written: a plan for tonight."""
        self.take(DAUGHTER)
        self._until(lambda: self.app.parts.risk.level_code == "RX")
        self.categorise(3, SUICIDAL)
        self.complain(OWN_WORDS)
        self.line(OWN_LINE)
        self.keys.press("F5", "N", "F5", "Y")
        self._until(lambda: self.app.parts.risk.level_code == "R4")

    def back_and_forth(self) -> None:
        """A mark for the mother's course, more words for the daughter's."""
        self.go_round()
        self._until(lambda: self.app.parts.risk.level_code == "R2")
        self.mark()
        self.go_round()
        self._until(lambda: self.app.parts.risk.level_code == "R4")
        self.line(OWN_MORE)

    def go_round(self) -> None:
        """The note beside comes to the front, with its own assessment."""
        before = self.app.parts.note.note
        self.keys.press("Ctrl+Tab")
        self._until(lambda: self.app.parts.note.note not in ("", before))

    def saved(self) -> None:
        """Wait until every open note is on the disk."""
        station = self.app.station
        assert station
        self._until(lambda: station.notes.desk.value.saved_at is not None)

    @property
    def front(self) -> Note:
        """The note that the panel shows."""
        station = self.app.station
        assert station
        desk = station.notes.desk.value
        return next(one for one in (desk.note, *desk.beside) if one and one.id == self.app.parts.note.note)

    def state(self, number: str) -> CallState | None:
        """How the call of a number stands."""
        calls = self.app.station.calls.view.value.calls if self.app.station else ()
        return next((one.state for one in calls if one.number == number), None)

    def _may_be_ready(self) -> bool:
        buttons = self.app.parts.calls.findChildren(QAbstractButton)
        offered = [one for one in buttons if one.isVisible() and one.isEnabled()]
        return any(t("calls.go_ready") in (one.text(), one.accessibleName()) for one in offered)

    def _seen(self) -> str:
        labels = self.app.parts.calls.findChildren(QLabel)
        return "\n".join(one.text() for one in labels if one.isVisible())
