"""Two operators at a practice call: one does what the key says, one is in a hurry; both by keys and mouse."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QDeadlineTimer, QEventLoop, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QPushButton, QWidget

from console.app import App
from console.practice.presenter import PracticePresenter
from console.workstation import Workstation
from models.calls.call import Call, CallState
from models.notes.note import NoteBody
from models.practice.facts import Kind, Sign
from models.practice.script import Script
from models.practice.sheet import Sheet
from models.risk.cssrs import INSTRUMENT
from models.shifts.duty import DutyState
from resources.texts import language, t, use_language
from tests.support.keyboard import QtKeyboard
from widgets.notes.head import Head
from widgets.notes.pages import Pages
from widgets.notes.writing import LineWriting
from widgets.referrals.targets import TargetRow

PATIENCE_MS = 30_000
_LOOK_MS = 20
WORDS = "练习用的话"
PLACES = {"太原": "太原市汾河大桥东侧", "晋中": "晋中市榆次区"}


def until(condition: Callable[[], object], what: str = "") -> None:
    """Let the window work until something is so."""
    assert comes(condition, PATIENCE_MS), what


def comes(condition: Callable[[], object], patience_ms: int) -> bool:
    """Whether something comes to be so while the window works."""
    deadline = QDeadlineTimer(patience_ms)
    moment = QTimer()
    moment.start(_LOOK_MS)
    while not condition():
        if deadline.hasExpired():
            return False
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
    return True


@dataclass
class Practitioner:
    """Somebody at the window of practice."""

    app: App
    practice: PracticePresenter
    folder: Path
    tongue: str

    @property
    def keys(self) -> QtKeyboard:
        return QtKeyboard(self.app.window)

    @property
    def station(self) -> Workstation:
        assert self.app.station
        return self.app.station

    @property
    def call(self) -> Call | None:
        return self.station.calls.view.value.current

    @property
    def body(self) -> NoteBody:
        note = self.station.notes.desk.value.note
        return note.body if note else NoteBody()

    def carefully(self, script: Script) -> Sheet:
        """Do what the key says, in the first call; in later ones only what each call needs."""
        self._begin(script)
        for place in range(len(script.scenes)):
            self._answer(script.id)
            self._categorise(script.key.categories[0])
            self._write_line()
            if place == 0:
                self._ask(script)
                self._do(script)
            self._hang_up()
            self._finish()
        return self._sheet(script)

    def hastily(self, script: Script) -> Sheet:
        """Ask nothing, choose the wrong type of call, hang up at once."""
        self._begin(script)
        for _ in script.scenes:
            self._answer(script.id)
            self._categorise("S5" if "S5" not in script.key.categories else "C1")
            self._hang_up()
            self._finish()
        return self._sheet(script)

    def _begin(self, script: Script) -> None:
        # Between tests the language is set back; this window keeps its own and is laid out anew.
        use_language(self.tongue)
        chooser = self.practice.chooser
        if chooser.isVisible() or self.practice.comparison.isVisible():
            self.keys.press("Ctrl+F4")
        self.keys.press("Ctrl+F4")
        until(chooser.isVisible, "chooser")
        name = t("practice.begin_named", title=script.title.label(language()))
        self._click(name, chooser)
        until(self.practice.voice.isVisible, "voice")

    def _answer(self, what: str) -> None:
        until(lambda: self.call and self.call.state is CallState.RINGING, f"{what} rings")
        # At once: the ring may be on its way to the window, and the key counts already.
        self.keys.press("F2")
        until(lambda: self.call and self.call.state is CallState.TALKING, f"{what} talks")
        until(lambda: self.app.parts.note.note, f"{what} has a note")
        self._settle()

    def _settle(self) -> None:
        """Until all that the services published so far has reached the window: who answers sees the ring."""
        arrived: list[bool] = []
        self.app.io.call(lambda: self.app.bridge.post(lambda: arrived.append(True)))
        until(lambda: arrived, "settled")

    def _categorise(self, code: str) -> None:
        self._heads()[0].take_focus()
        box = QApplication.focusWidget()
        assert isinstance(box, QComboBox)
        self._choose(box, code)
        until(lambda: self.body.category == code, f"category {code}")

    def _ask(self, script: Script) -> None:
        for row in script.key.items:
            name, _, item = row.item.rpartition(".")
            asked = self.station.risk.assessment
            if name == INSTRUMENT:
                track = self.app.hotline.instruments.find(name)
                assert track
                label = next(one.label(language()) for one in track.items if one.code == item)
                self._click(f"{t('risk.tracks')} · {track.name.label(language())}", self.app.parts.risk)
            else:
                screen = self.app.hotline.screen
                self._click(f"{t('risk.tracks')} · {t('risk.screen')}", self.app.parts.risk)
                found = next(one for one in screen.items if one.id == row.item)
                label = found.en if language() == "en" else found.zh
            before = asked.value.last_n if asked.value else 0
            self._click(f"{label} · {t(f'risk.state_{row.truth}')}", self.app.parts.risk)
            until(partial(self._answered_since, before), row.item)

    def _answered_since(self, n: int) -> bool:
        assessment = self.station.risk.assessment.value
        return assessment is not None and assessment.last_n > n

    def _do(self, script: Script) -> None:
        signs = [act.signs[0] for act in script.key.acts]
        placed = next((one.value for one in signs if one.kind is Kind.PLACED), "")
        if placed or any(one == Sign(Kind.NOTED, "place") or one.kind is Kind.REFERRED for one in signs):
            self._note("place", PLACES.get(placed, "太原市汾河大桥"))
        for sign in signs:
            if sign.kind is Kind.NOTED and sign.value != "place":
                key, _, value = sign.value.partition("=")
                self._note(key, value)
            elif sign.kind is Kind.STEP:
                self._mark(sign.value)
        target = next((one.value or "f110" for one in signs if one.kind is Kind.REFERRED), "")
        if target:
            self._refer(target)

    def _note(self, key: str, value: str) -> None:
        pages = next(one for one in self.app.parts.note.findChildren(Pages) if one.isVisible())
        pages.go_to(key)
        field = QApplication.focusWidget()
        assert field
        if isinstance(field, QComboBox):
            self._choose(field, value)
        elif isinstance(field, QAbstractButton):
            self.keys.press("Space")
        else:
            self.keys.write(value or WORDS)
        until(lambda: self.body.values.get(key), key)

    def _write_line(self) -> None:
        self.keys.press("Ctrl+T")
        # The shortest form has no log: then there is nothing to write in.
        if comes(lambda: isinstance(QApplication.focusWidget(), LineWriting), 1_000):
            self.keys.write(WORDS)
            until(lambda: any(line.text for line in self.body.log), "line")

    def _mark(self, step: str) -> None:
        steps = self.app.hotline.ladder.steps
        if not self.app.parts.calls.ladder.isVisible():
            self.keys.press("Ctrl+F3")
        label = next(one.label(language()) for one in steps if one.id == step)
        self._click(label, self.app.parts.calls.ladder)
        until(lambda: any(label in line.text for line in self.body.log), step)

    def _refer(self, target: str) -> None:
        self.keys.press("F8")
        sheet = self.app.parts.referral
        until(sheet.isVisible, "referral")
        known = next(one for one in self.app.hotline.targets if one.id == target)
        name = known.en if language() == "en" else known.zh
        rows = [one for one in sheet.findChildren(TargetRow) if f"· {name} ·" in one.accessibleName()]
        assert rows, name
        self.keys.press(rows[0].accessibleName().partition(" ")[0])
        call = self.call
        known_here = self.station.referrals.known
        until(lambda: [one for one in known_here.value if call and one.call == call.id], target)
        until(lambda: self._joined() or not self._talks(), f"{target} joins")

    def _joined(self) -> bool:
        return any(party.joined_at for party in self.call.parties.values()) if self.call else False

    def _talks(self) -> bool:
        return self.call is not None and self.call.state in (CallState.TALKING, CallState.HELD)

    def _hang_up(self) -> None:
        if self._talks():
            self.keys.press("Ctrl+F2")
        until(lambda: not self._talks(), "hung up")

    def _finish(self) -> None:
        note = self.app.parts.note.note
        self.keys.press("Ctrl+Return")
        field = QApplication.focusWidget()
        if self.app.parts.note.note == note and field is not None and hasattr(field, "setPlaceholderText"):
            self.keys.write(WORDS)
            self.keys.press("Ctrl+Return")
        until(lambda: self.app.parts.note.note != note, "finished")
        duty = self.station.shifts.view
        rests = (DutyState.WRAP_UP, DutyState.READY)
        until(lambda: duty.value.mine and duty.value.mine.state in rests, "duty")
        if duty.value.mine and duty.value.mine.state is DutyState.WRAP_UP:
            self.keys.press("F6")

    def _sheet(self, script: Script) -> Sheet:
        until(self.practice.comparison.isVisible, f"{script.id} sheet")
        kept = self.practice.kept[0]
        assert kept.sheet.script == script.id
        return kept.sheet

    def _heads(self) -> list[Head]:
        return self.app.parts.note.findChildren(Head)

    def _choose(self, box: QComboBox, code: str) -> None:
        place = next(n for n in range(box.count()) if box.itemData(n) == code)
        self.keys.press("Home", *["Down"] * place)
        if box.currentIndex() == place == 0:
            self.keys.press("Down", "Up")

    def _click(self, name: str, part: QWidget) -> None:
        def shown() -> list[QPushButton]:
            named = (one for one in part.findChildren(QPushButton) if one.accessibleName() == name)
            return [one for one in named if one.isVisible()]

        until(shown, f"{name} in sight")
        QTest.mouseClick(shown()[0], Qt.MouseButton.LeftButton)
