"""Started with a password that nobody knows, as in practice, the program locks nobody out."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from console.app import App, Given
from console.session.endpoint import Endpoints
from console.session.secret_store import NoSecretStore
from console.settings import Settings
from models.clock import SystemClock
from resources.texts import t
from tests.console.app.conftest import PATIENCE_MS, end
from tests.console.stand import SEAT, Place
from tests.support.hotline import PASSWORD, SITE
from widgets.main_window import Page


def test_enter_alone_unlocks_and_the_next_one_finds_no_password(
    qapp: QApplication, place: Place, hire: Callable[..., str], qtbot: QtBot
) -> None:
    assert qapp
    app = App(
        Settings(seat=SEAT, site=SITE, data=str(place.folder)),
        lambda: Endpoints(place.server, place.gateway),
        NoSecretStore(),
        SystemClock(),
        Given(hire(), lambda: PASSWORD),
    )
    try:
        app.start()
        qtbot.waitUntil(lambda: app.window.page is Page.DESK, timeout=PATIENCE_MS)
        app.window.lock_wanted.emit()
        assert app.window.page is Page.SIGN_IN
        password = _password(app)
        qtbot.keyClick(password, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: app.window.page is Page.DESK, timeout=PATIENCE_MS)
        app.window.lock_wanted.emit()
        before = app.window
        app.parts.sign_in.other_wanted.emit()
        qtbot.waitUntil(lambda: app.window is not before, timeout=PATIENCE_MS)
        assert not _password(app).text()
    finally:
        end(app)


def _password(app: App) -> QLineEdit:
    fields = app.parts.sign_in.findChildren(QLineEdit)
    return next(one for one in fields if one.accessibleName() == t("session.password"))
