"""A whole practice call played through the real program off screen, with pictures and a summary."""

import json
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QDeadlineTimer, QEventLoop, Qt, QTimer
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QWidget

from console.app import App
from console.practice.presenter import PracticePresenter
from console.workstation import Workstation
from models.calls.call import CallState, Party
from models.notes.note import Note, NoteBody, NoteState
from models.risk.level import Level
from resources.texts import t

T = TypeVar("T")
W = TypeVar("W", bound=QWidget)

_PATIENCE_MS = 60_000
_LOOK_MS = 20
EXIT_STUCK = 7


class Stuck(Exception):
    """Something that should have happened did not."""


class Demo:
    """Answers a practice caller, writes, assesses, brings in 110, hangs up, finishes."""

    def __init__(self, app: App, practice: PracticePresenter, folder: Path, size: tuple[int, int]) -> None:
        self._app = app
        self._practice = practice
        self._size = size
        self._folder = folder
        self.pictures: list[str] = []
        self.steps: dict[str, object] = {}

    def play(self) -> None:
        """Play it from the sign-in to the record in the list. Raises Stuck."""
        app = self._app
        app.window.showNormal()
        app.window.resize(*self._size)
        station = self._until("signed_in", lambda: app.station)
        self._choose_caller()
        self._until("ringing", lambda: self._state(station) is CallState.RINGING)
        self.picture("ringing")
        self._press(Qt.Key.Key_F2)
        self._until("talking", lambda: self._state(station) is CallState.TALKING)
        note = self._until("note", lambda: self._note_of_the_call(station))
        self._write(station)
        self.picture("talking")
        self._assess(station)
        self.picture("risk")
        self._refer(station)
        self._press(Qt.Key.Key_F2, Qt.KeyboardModifier.ControlModifier)
        self._until("ended", lambda: self._state(station) in (CallState.ENDED, None))
        self._finish(station, note.id)

    def _choose_caller(self) -> None:
        """The first of the practice callers, by its digit."""
        self._until("chooser", self._practice.chooser.isVisible)
        self.picture("chooser")
        self._press(Qt.Key.Key_1)
        self._until("chosen", self._practice.voice.isVisible)
        self.picture("ready")

    def _write(self, station: Workstation) -> None:
        chosen = (
            ("category", "C3"),
            ("relation", "self"),
            ("sex", "male"),
            ("age_band", "from_18"),
        )
        for key, code in chosen:
            self._choose(station, key, code)
        self._next_missing(QAbstractButton)
        self._press(Qt.Key.Key_Space)
        self._until("caller_group", lambda: self._body(station).values.get("caller_group"))
        self._fill(station, "place", t("practice.place"))
        self._choose(station, "problem_main", "P11")
        self._fill(station, "complaint", t("practice.complaint"))
        for line in ("practice.line_1", "practice.line_2"):
            before = QApplication.focusWidget()
            self._press(Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
            self._until("line", partial(self._moved, before, QWidget))
            self._compose(t(line))
            self._until("written", lambda: self._body(station).log and self._body(station).log[-1].text)
        self._until("saved", lambda: station.notes.desk.value.saved_at)

    def _choose(self, station: Workstation, key: str, code: str) -> None:
        box = self._next_missing(QComboBox)
        place = next(n for n in range(box.count()) if box.itemData(n) == code)
        while box.currentIndex() < place:
            self._press(Qt.Key.Key_Down)
        self._until(key, lambda: code in (self._body(station).category, self._body(station).values.get(key)))

    def _fill(self, station: Workstation, key: str, text: str) -> None:
        self._next_missing(QWidget)
        self._compose(text)
        self._until(key, lambda: self._body(station).values.get(key))

    def _next_missing(self, kind: type[W]) -> W:
        """Jump to the next field that is required and empty; it is another one each time."""
        before = QApplication.focusWidget()

        def jump() -> W | None:
            # What is missing is told a moment after the last field was filled in: press until it moves.
            self._press(Qt.Key.Key_J, Qt.KeyboardModifier.ControlModifier)
            return self._moved(before, kind)

        return self._until("jumped", jump)

    def _moved(self, before: QWidget | None, kind: type[W]) -> W | None:
        now = QApplication.focusWidget()
        return now if now is not before and isinstance(now, kind) else None

    def _compose(self, text: str) -> None:
        """Write as an input method does."""
        composed = QInputMethodEvent()
        composed.setCommitString(text)
        target = QApplication.focusWidget()
        if target is not None:
            QApplication.sendEvent(target, composed)

    def _keys(self, letters: str) -> None:
        for letter in letters:
            QTest.keyClicks(QApplication.focusWidget() or self._app.window, letter)

    def _note_of_the_call(self, station: Workstation) -> Note | None:
        note, call = station.notes.desk.value.note, station.calls.view.value.current
        return note if note and call and note.call == call.id else None

    def _body(self, station: Workstation) -> NoteBody:
        note = station.notes.desk.value.note
        return note.body if note else NoteBody()

    def _assess(self, station: Workstation) -> None:
        self._press(Qt.Key.Key_F5)
        # Each letter answers an item and goes on to the next.
        self._keys("ny")
        self._until("r4", lambda: self._level(station) is Level.R4)

    def _refer(self, station: Workstation) -> None:
        self._press(Qt.Key.Key_F8)
        sheet = self._app.parts.referral
        self._until("sheet", sheet.isVisible)
        self.picture("referral")
        QTest.keyClick(sheet, Qt.Key.Key_1)
        self._until("referred", lambda: station.referrals.referrals.value)
        call = self._until("call", lambda: station.calls.view.value.current)
        self._until("joined", lambda: any(party.joined_at for party in self._parties(station, call.id)))
        self.picture("three-way")

    def _finish(self, station: Workstation, note: str) -> None:
        finish = self._app.parts.note.finish_wanted
        self._press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        self._settle()
        if station.notes.desk.value.note is not None:
            finish.emit(t("practice.incomplete"))
        listed = self._until(
            "recorded",
            lambda: [
                one
                for one in station.records.records.value
                if one.note.id == note and one.note.state is NoteState.FINISHED
            ],
        )
        self._until("synced", lambda: self._app.seat.sync.value.up and not self._app.seat.sync.value.waiting)
        self.steps["record"] = {"id": note, "state": listed[0].note.state}
        self._until("compared", self._practice.comparison.isVisible)
        self.picture("sheet")
        self._press(Qt.Key.Key_F9)
        self.picture("records")

    def _until(self, name: str, condition: Callable[[], T | None]) -> T:
        deadline = QDeadlineTimer(_PATIENCE_MS)
        while not deadline.hasExpired():
            found = condition()
            if found:
                self.steps[name] = True
                return found
            self._let_work()
        raise Stuck(name)

    def _let_work(self) -> None:
        """Let the window work until something happens, or for a moment."""
        moment = QTimer()
        moment.start(_LOOK_MS)
        self._app.qt.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)

    def _settle(self) -> None:
        """Until all that the services published so far has reached the window."""
        arrived: list[bool] = []
        self._app.io.call(lambda: self._app.bridge.post(lambda: arrived.append(True)))
        deadline = QDeadlineTimer(_PATIENCE_MS)
        while not arrived and not deadline.hasExpired():
            self._let_work()
        self._app.qt.processEvents()

    def _press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        target: QWidget = QApplication.focusWidget() or self._app.window
        QTest.keyClick(target, key, modifier)

    def picture(self, name: str) -> None:
        """Leave a numbered picture of the window."""
        self._settle()
        path = self._folder / f"{len(self.pictures) + 1:02d}-{name}.png"
        self._app.window.grab().save(str(path))
        self.pictures.append(path.name)

    def _state(self, station: Workstation) -> CallState | None:
        call = station.calls.view.value.current
        return call.state if call else None

    def _level(self, station: Workstation) -> Level | None:
        assessment = station.risk.assessment.value
        return assessment.level if assessment else None

    def _parties(self, station: Workstation, call: str) -> list[Party]:
        return [p for one in station.calls.view.value.calls if one.id == call for p in one.parties.values()]


def play(app: App, practice: PracticePresenter, folder: Path, size: tuple[int, int]) -> int:
    """Play the demonstration; pictures and summary.json are left in the folder. The exit code."""
    folder.mkdir(parents=True, exist_ok=True)
    demo, stuck = Demo(app, practice, folder, size), ""
    app.start()
    try:
        demo.play()
    except Stuck as cause:
        stuck = str(cause)
        demo.picture("stuck")
    app.stop()
    summary = {"steps": demo.steps, "pictures": demo.pictures, "stuck_at": stuck}
    (folder / "summary.json").write_text(json.dumps(summary, ensure_ascii=False, indent=1), encoding="utf-8")
    sys.stdout.write(t("practice.demo_left", folder=folder) + "\n")
    return EXIT_STUCK if stuck else 0
