"""The second factor from the window to the server: asked for by role, wrong, right, and at the next lock."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from console.app import App
from models.clock import SystemClock
from models.people.operator import Role
from resources.texts import t
from server.central.config import read_config
from server.central.people.second_factor import new_secret, seal, telephone_address
from server.central.serving import open_made_database
from server.central.storage.accounts import change_second_factor
from tests.console.app.conftest import PATIENCE_MS, Start
from tests.console.app.test_window import said
from tests.console.stand import SEAT, Place
from tests.support.gateway import gateway_in_thread
from tests.support.hotline import PASSWORD, SITE, Hotline, found_hotline
from widgets.main_window import Page


@pytest.fixture
def hotline(tmp_path: Path) -> Hotline:
    """A hotline whose leads need a second factor."""
    made = found_hotline(tmp_path / "hotline")
    settings = made.folder / "server.toml"
    settings.write_text(settings.read_text() + 'second_factor = ["LEAD"]\n')
    made.add_operator("chen", Role.LEAD)
    made.add_operator("li")
    return made


@pytest.fixture
def place(hotline: Hotline, tmp_path: Path) -> Iterator[Place]:
    with (
        hotline.running("server") as url,
        gateway_in_thread(SITE, public_key=hotline.public_key) as gateway,
    ):
        yield Place(tmp_path / "workstation", url, gateway.url)


def telephone(hotline: Hotline, operator: str) -> TOTP:
    """The application on a telephone that has read the address which the administrator's command prints."""
    config, secret = read_config(hotline.folder), new_secret()
    engine = open_made_database(config)
    try:
        sealed = seal(config.settings().keys.second_factor, operator, secret)
        assert change_second_factor(engine, operator, sealed)
    finally:
        engine.dispose()
    asked = parse_qs(urlsplit(telephone_address(operator, secret)).query)
    assert asked["digits"] == ["6"]
    return TOTP(secret, 6, SHA1(), int(asked["period"][0]))


def code_of(phone: TOTP) -> str:
    return phone.generate(int(SystemClock().now().timestamp())).decode()


def field(app: App, name: str) -> QLineEdit:
    fields = app.parts.sign_in.findChildren(QLineEdit)
    (found,) = [one for one in fields if one.accessibleName() == t(f"session.{name}")]
    return found


def type_in(app: App, qtbot: QtBot, **values: str) -> None:
    """Type into the fields of the page and press Enter in the last one."""
    for name, value in values.items():
        field(app, name).clear()
        qtbot.keyClicks(field(app, name), value)
    qtbot.keyClick(field(app, list(values)[-1]), Qt.Key.Key_Return)


def test_a_lead_is_asked_for_the_code_and_an_operator_is_not(
    start: Start, hotline: Hotline, qtbot: QtBot
) -> None:
    phone, app = telephone(hotline, "chen"), start()
    assert not field(app, "code").isVisible()
    type_in(app, qtbot, seat=SEAT, operator="chen", password=PASSWORD)
    qtbot.waitUntil(lambda: field(app, "code").isVisible(), timeout=PATIENCE_MS)
    assert t("problems.code_wanted_what") in said(app.parts.sign_in)
    assert field(app, "password").text() == PASSWORD, "what was typed stays"
    right = code_of(phone)
    wrong = f"{(int(right) + 1) % 1_000_000:06d}"
    type_in(app, qtbot, code=wrong)
    refused = t("problems.sign_in_refused_what")
    qtbot.waitUntil(lambda: refused in said(app.parts.sign_in), timeout=PATIENCE_MS)
    assert app.window.page is Page.SIGN_IN
    assert not field(app, "code").text()
    type_in(app, qtbot, password=PASSWORD, code=code_of(phone))
    qtbot.waitUntil(lambda: app.window.page is Page.DESK, timeout=PATIENCE_MS)
    station = app.station
    assert station
    assert station.identity.operator.leads
    # What is here opens by the password alone: the lock keeps nobody from a call for the sake of a telephone.
    app.window.lock_wanted.emit()
    type_in(app, qtbot, password=PASSWORD)
    qtbot.waitUntil(lambda: app.window.page is Page.DESK, timeout=PATIENCE_MS)
    window = app.window
    app.window.lock_wanted.emit()
    app.parts.sign_in.other_wanted.emit()
    qtbot.waitUntil(lambda: app.window is not window, timeout=PATIENCE_MS)
    type_in(app, qtbot, seat=SEAT, operator="li", password=PASSWORD)
    qtbot.waitUntil(lambda: app.window.page is Page.DESK, timeout=PATIENCE_MS)
    assert not field(app, "code").isVisible()
