"""Every practice caller through the real window to the sheet, carefully and in a hurry."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from console.app import App, Given
from console.practice.archive import Archive
from console.practice.hub import Hub
from console.practice.rehearsing import rehearse
from console.session.secret_store import NoSecretStore
from console.settings import Settings
from models.clock import SystemClock
from models.practice.script import Script
from models.practice.sheet import Outcome, Sheet
from resources.practice.scripts import shipped
from resources.texts import use_language
from tests.journeys.practising import Practitioner, until
from tests.support.threads import none_left
from widgets.base.labels import Label
from widgets.main_window import Page

PACE = 0.1
pytestmark = pytest.mark.xdist_group("practice")
SCRIPTS = shipped()


IN_ENGLISH = ("bridge", "from_police", "wrong_number")


@pytest.fixture(autouse=True, scope="module")
def _no_leaked_thread() -> Iterator[None]:
    """The window outlives a test and begins a thread when it first needs it: looked at in the end."""
    with none_left():
        yield


@pytest.fixture(scope="module")
def at_window(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, qapp: QApplication
) -> Iterator[Practitioner]:
    """A practice window with its own server and exchange, where a second lasts a tenth of one."""
    assert qapp
    tongue = getattr(request, "param", "zh_CN")
    folder = tmp_path_factory.mktemp("practice")
    hub = Hub(folder)
    hub.start()
    settings = Settings(seat="1001", language=tongue, data=str(folder / "workstation"), practice=True)
    app = App(settings, hub.endpoints, NoSecretStore(), SystemClock(), Given("practice", hub.password))
    practice = rehearse(app, hub, folder, PACE)
    app.start()
    app.window.activateWindow()
    until(app.window.isActiveWindow, "active")
    until(lambda: app.window.page is Page.DESK, "signed in")
    until(practice.chooser.isVisible, "chooser")
    yield Practitioner(app, practice, folder, tongue)
    app.window.let_close()
    app.stop()
    practice.close()
    hub.stop()
    app.window.deleteLater()
    use_language("zh_CN")


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda one: one.id)
def test_who_does_what_the_key_says_finds_it_on_the_sheet(at_window: Practitioner, script: Script) -> None:
    _is_as_the_key(at_window.carefully(script), script)


def _is_as_the_key(sheet: Sheet, script: Script) -> None:
    assert sheet.category.outcome is Outcome.AS_KEY
    assert sheet.level.outcome in (Outcome.AS_KEY, Outcome.NOT_ASKED_FOR)
    assert sheet.level.chosen == (script.key.level or "")
    assert [row.outcome for row in sheet.items] == [Outcome.AS_KEY] * len(script.key.items)
    missed = [row.words.zh for row in sheet.acts if row.outcome is not Outcome.AS_KEY]
    assert not missed
    assert not sheet.never
    assert sheet.answered == len(script.scenes)


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda one: one.id)
def test_who_is_in_a_hurry_reads_what_was_missed(at_window: Practitioner, script: Script) -> None:
    sheet = at_window.hastily(script)
    assert sheet.category.outcome is Outcome.OTHER
    assert [row.outcome for row in sheet.items] == [Outcome.MISSED] * len(script.key.items)
    if script.key.level is not None:
        assert sheet.level.outcome is Outcome.MISSED
        assert sheet.alerted_after is None
        assert any(row.outcome is Outcome.MISSED for row in sheet.acts)
    forbidden = {sign.value for act in script.key.never for sign in act.signs}
    assert bool(sheet.never) == bool(forbidden & {"E4", "S5"})


def test_all_sheets_are_kept_and_listed(at_window: Practitioner) -> None:
    """Whoever supervises finds them later."""
    at_window.hastily(next(script for script in SCRIPTS if script.id == "wrong_number"))
    kept = at_window.practice.kept
    assert kept
    assert kept == Archive(at_window.folder).list("practice")
    assert {one.operator for one in kept} == {"practice"}


@pytest.mark.parametrize("at_window", ["en"], indirect=True)
@pytest.mark.parametrize("script", [one for one in SCRIPTS if one.id in IN_ENGLISH], ids=lambda one: one.id)
def test_practice_is_the_same_in_english(at_window: Practitioner, script: Script) -> None:
    _is_as_the_key(at_window.carefully(script), script)
    shown = at_window.practice.comparison.findChildren(Label)
    told = {one.text() for one in shown if one.isVisible()}
    key = script.key
    assert {script.title.en, key.why_category.en, *(act.words.en for act in key.acts)} <= told
