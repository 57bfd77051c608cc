"""The real window: whoever works at the site can be given a case, also who was never here; by keys alone."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from console.app import App
from models.people.staff import Member
from resources.texts import t
from tests.console.app.conftest import PATIENCE_MS
from tests.console.seat.test_persons import by_hand, number, over
from tests.support.hotline import Hotline
from tests.support.keyboard import QtKeyboard
from widgets.cases.counsellor import CounsellorChoice
from widgets.cases.page import PersonPage

pytestmark = pytest.mark.qt_log_ignore(
    r"This plugin does not support (propagateSizeHints|raise|grabbing the keyboard)(\(\))?", extend=True
)
Hire = Callable[..., str]


class Giver:
    """An operator at the keyboard, with the page of a caller whose case is the operator's own."""

    def __init__(self, app: App, qtbot: QtBot) -> None:
        self._qtbot = qtbot
        assert app.station
        self.station = station = app.station
        app.window.activateWindow()
        self.wait(app.window.isActiveWindow)
        self.keys = QtKeyboard(app.window)

        async def begin() -> str:
            call = await by_hand(station, number())
            await station.knowing.begin_case(call.id, "小雨")
            opened = station.knowing.cases.opened.value
            assert opened
            await over(station, call)
            return opened.together.id

        person = app.io.run(begin()).result(PATIENCE_MS / 1000)
        # Sheets are made once the window is painted.
        self.wait(lambda: app.window.findChildren(PersonPage))
        app.parts.search.person_wanted.emit(person)
        (self.page,) = app.window.findChildren(PersonPage)
        (self.choice,) = self.page.findChildren(CounsellorChoice)
        self.wait(self._at_the_page)

    def _at_the_page(self) -> bool:
        focus = QApplication.focusWidget()
        return focus is not None and self.page.isAncestorOf(focus) and self.choice.isVisible()

    def wait(self, fits: Callable[[], object]) -> None:
        self._qtbot.waitUntil(lambda: bool(fits()), timeout=PATIENCE_MS)

    @property
    def offered(self) -> set[str]:
        return {one.id for one in self.choice._entries}

    def choose(self, words: str) -> None:
        """Type who it is, and take the one who is found."""
        self.keys.to(t("cases.give_to"))
        self.keys.write(words)
        window = QGuiApplication.focusWindow()
        assert window
        QTest.keySequence(window, QKeySequence("Return"))
        handle = self.page.window().windowHandle()
        handle.requestActivate()
        self.wait(lambda: QGuiApplication.focusWindow() is handle)
        QCoreApplication.processEvents()

    def given(self) -> Member:
        opened = self.station.knowing.cases.opened.value
        assert opened
        assert opened.case
        last = opened.case.given[-1]
        return Member(last.to, last.name)


def test_somebody_who_was_never_on_duty_is_given_the_case_and_who_left_is_not(
    signed_in: App, hotline: Hotline, hire: Hire, qtbot: QtBot
) -> None:
    giver = Giver(signed_in, qtbot)
    # Hired while the page lies open: the feed tells it.
    never, leaving = hire(), hire()
    giver.wait(lambda: {never, leaving} <= giver.offered)
    giver.choose(never)
    assert giver.choice.chosen.id == never
    giver.keys.press("Tab", "Space")
    giver.wait(lambda: giver.given() == Member(never, never))
    giver.choose(leaving)
    giver.keys.press("Tab", "Space")
    giver.wait(lambda: giver.given().id == leaving)
    hotline.revoke_operator(leaving)
    left = t("callers.counsellor_left", name=leaving)
    giver.wait(lambda: giver.choice.currentText() == left)
    giver.choose(never)
    giver.keys.press("Tab", "Space")
    giver.wait(lambda: giver.given().id == never)
    giver.wait(lambda: leaving not in giver.offered)
    # Who the server told of is named in the history of the case, too.
    assert {one.id: one.left for one in giver.station.knowing.staff.members.value}[leaving]
