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
from tests.console.app.test_window import said
from tests.console.stand import SEAT, Place
from tests.support.hotline import PASSWORD, SITE
from widgets.base.buttons import KeyButton
from widgets.main_window import Page


def test_enter_alone_unlocks_also_after_somebody_typed_over_the_password(
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
        password = _password(app)
        password.setText("typed over it")
        qtbot.keyClick(password, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: password.text() == PASSWORD, timeout=PATIENCE_MS)
        assert t("problems.sign_in_refused_what") in said(app.parts.sign_in)
        label = t("session.other_operator")
        (other,) = [one for one in app.parts.sign_in.findChildren(KeyButton) if one.text() == label]
        assert other.isHidden(), "nobody knows a password to sign in with: that page would lead nowhere"
        qtbot.keyClick(password, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: app.window.page is Page.DESK, timeout=PATIENCE_MS)
    finally:
        end(app)


def _password(app: App) -> QLineEdit:
    fields = app.parts.sign_in.findChildren(QLineEdit)
    return next(one for one in fields if one.accessibleName() == t("session.password"))
