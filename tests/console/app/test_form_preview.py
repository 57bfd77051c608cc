"""The preview of a form from inside the program: for who decides about forms, beside the work."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from console.app import App
from models.people.operator import Role
from resources.texts import t
from tests.console.app.conftest import PATIENCE_MS, Start, sign_in
from tests.server.central.test_own_figures import FORM, LISTS
from widgets.main_window import Page
from widgets.notes.preview import FormPreview

pytestmark = pytest.mark.qt_log_ignore(
    r"This plugin does not support (propagateSizeHints|raise)\(\)", extend=True
)


def entries(app: App) -> list[QPushButton]:
    return [one for one in app.window.findChildren(QPushButton) if one.text() == t("forms.preview")]


def at_work(app: App, operator: str, qtbot: QtBot) -> None:
    sign_in(app, operator)
    qtbot.waitUntil(lambda: app.window.page is not Page.SIGN_IN, timeout=PATIENCE_MS)


def test_who_leads_opens_it_and_looks_at_own_and_shipped_forms(
    start: Start, hire: Callable[..., str], qtbot: QtBot, tmp_path: Path
) -> None:
    own = tmp_path / "own"
    (own / "forms").mkdir(parents=True)
    path = own / "forms" / "ours.toml"
    path.write_text(FORM, encoding="utf-8")
    (own / "enumerations.toml").write_text(LISTS, encoding="utf-8")
    packed = own / "packs" / "practice" / "forms" / "packed.toml"
    packed.parent.mkdir(parents=True)
    packed.write_text(FORM, encoding="utf-8")
    app = start(resources=str(own))
    at_work(app, hire(Role.OPERATOR, Role.LEAD), qtbot)
    (entry,) = entries(app)
    entry.click()
    (view,) = [one for one in QApplication.topLevelWidgets() if isinstance(one, FormPreview)]
    assert view.isVisible()
    assert said(view)[0] == str(path)
    assert t("forms.preview_fine") in said(view)
    (files,) = [one for one in view.findChildren(QComboBox) if one.accessibleName() == t("forms.which")]
    assert files.currentText() == t("forms.own_file", name="本站")
    assert files.count() == 9
    # A pack is looked at before it is signed.
    assert files.findText(t("forms.own_file", name="packed")) == 1
    # Whoever keeps the form changes it, and reads it again without a restart.
    path.write_text(FORM.replace('type = "yes_no"', 'type = "yes"'), encoding="utf-8")
    again = next(one for one in view.findChildren(QPushButton) if one.text() == t("forms.again"))
    again.click()
    qtbot.waitUntil(lambda: t("forms.preview_fine") not in said(view))
    line = path.read_text(encoding="utf-8").splitlines().index('type = "yes"') + 1
    assert any("section[1].field[2].type" in one and str(line) in one for one in said(view)), said(view)
    files.activated.emit(files.findText("简短记录"))
    assert said(view)[0].endswith("short.toml")
    assert t("forms.preview_fine") in said(view)


def test_an_operator_is_not_offered_it(start: Start, hire: Callable[..., str], qtbot: QtBot) -> None:
    app = start()
    at_work(app, hire(), qtbot)
    assert entries(app) == []


def said(view: FormPreview) -> list[str]:
    return [one.text() for one in view.findChildren(QLabel) if one.isVisible() and one.text()]
