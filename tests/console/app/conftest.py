"""The real program in this process, signed in through its window."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from console.app import App, Given
from console.session.endpoint import Endpoints
from console.session.secret_store import NoSecretStore
from console.settings import Settings
from models.clock import SystemClock
from resources.texts import use_language
from tests.console.stand import SEAT, Place
from tests.console.taken_away import take_away
from tests.support.hotline import PASSWORD, SITE
from widgets.main_window import Page
from widgets.session.view import SignIn
from widgets.theme import LIGHT, apply_theme

PATIENCE_MS = 30_000

Start = Callable[..., App]


@pytest.fixture
def start(qapp: QApplication, place: Place) -> Iterator[Start]:
    """Start the program of the workstation; it is ended after the test."""
    with ExitStack() as running:

        def started(**changes: str) -> App:
            values: dict[str, Any] = {"seat": SEAT, "site": SITE, "data": str(place.folder), **changes}
            app = App(
                Settings(**values),
                lambda: Endpoints(place.server, place.gateway),
                NoSecretStore(),
                SystemClock(),
                Given(),
            )
            running.callback(end, app)
            app.start()
            return app

        yield started
    use_language("zh_CN")
    apply_theme(qapp, LIGHT)


def end(app: App) -> None:
    if app.io.loop.is_closed():
        take_away(app.window)
        return
    app.window.let_close()
    app.stop()
    take_away(app.window)


@pytest.fixture
def signed_in(start: Start, hire: Callable[..., str], qtbot: QtBot) -> App:
    """The program with a new operator at work and the line up."""
    app = start()
    sign_in(app, hire())
    qtbot.waitUntil(lambda: app.window.page is Page.DESK, timeout=PATIENCE_MS)
    station = app.station
    assert station
    qtbot.waitUntil(lambda: station.reach.value.up is True, timeout=PATIENCE_MS)
    return app


def sign_in(app: App, operator: str, password: str = PASSWORD) -> None:
    app.parts.sign_in.sign_in_wanted.emit(SignIn(operator, password, SEAT))
