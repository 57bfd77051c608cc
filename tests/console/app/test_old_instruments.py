"""A record of an instrument that is another one by now, or none: it opens in the window in words."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPlainTextEdit
from pytestqt.qtbot import QtBot

from console.app import App
from models.people.operator import Role
from resources.instruments import questionnaires
from resources.texts import t
from tests.console.app.conftest import Start, sign_in
from tests.console.app.test_form_versions import read, wait
from tests.console.app.test_window import answer, said
from tests.support.gateway import GatewayInThread
from widgets.main_window import Page

WORDS = "练习用的话：旧工具"
OLD_NAME = "练习用的旧量表"


def older(own: Path) -> Path:
    """The hotline's own PHQ-9 of an earlier time: another version under another name."""
    own.mkdir()
    shipped = questionnaires.shipped("phq9").read_text(encoding="utf-8")
    old = shipped.replace("version = 1\n", "version = 99\n", 1).replace("PHQ-9（近两周）", OLD_NAME, 1)
    assert old.count(OLD_NAME) == 1
    (own / "phq9.toml").write_text(old, encoding="utf-8")
    return own


def at_work(app: App, operator: str, qtbot: QtBot) -> App:
    sign_in(app, operator)
    wait(qtbot, lambda: app.window.page is not Page.SIGN_IN)
    return app


def asked(app: App, line: GatewayInThread, qtbot: QtBot) -> str:
    """A call that was asked with the old instrument and handed in; its note."""
    station = app.station
    assert station
    wait(qtbot, lambda: station.reach.value.up is True)
    call = answer(app, line, qtbot)
    note = app.parts.note.note
    wait(qtbot, lambda: app.parts.note.papers.front.pages.put_value("complaint", WORDS))
    for item, value in (("i1", "2"), ("i2", "3"), ("i9", "0")):
        app.parts.risk.responded.emit("phq9", item, value)
    line.scene(lambda scene: scene.caller_hangs_up(call))

    level = station.risk.assessment
    wait(qtbot, lambda: level.value and len(level.value.responses) == 3)
    app.io.call(station.finish_note, "练习")
    wait(qtbot, lambda: not app.parts.note.note)
    return note


def opened(app: App, note: str, qtbot: QtBot) -> None:
    """Its author opens it from the list of records and looks at how the level came about."""
    station = app.station
    assert station
    app.window.records_wanted.emit()
    wait(qtbot, lambda: note in {one.note.id for one in station.records.records.value})
    app.parts.records.open_wanted.emit(note)
    wait(qtbot, lambda: app.parts.note.note == note)
    risk = app.parts.risk
    wait(qtbot, lambda: risk._tracks._assessment is not None and len(risk._tracks._assessment.responses) == 3)
    risk._tracks.open_or_close_course()


@pytest.mark.parametrize("gone", [False, True])
def test_its_author_and_a_lead_open_it_after_the_instrument_changed(
    start: Start,
    hire: Callable[..., str],
    line: GatewayInThread,
    tmp_path: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    gone: bool,
) -> None:
    me = hire(Role.OPERATOR, Role.LEAD)
    own = older(tmp_path / "own")
    first = at_work(start(resources=str(own)), me, qtbot)
    note = asked(first, line, qtbot)
    first.window.let_close()
    first.stop()
    (own / "phq9.toml").unlink()
    if gone:
        kept = tuple(name for name in questionnaires.NAMES if name != "phq9")
        monkeypatch.setattr(questionnaires, "NAMES", kept)
    second = at_work(start(resources=str(own)), me, qtbot)
    assert not second.hotline.broken
    assert (second.hotline.instruments.find("phq9") is None) is gone

    opened(second, note, qtbot)
    risk = second.parts.risk
    why = t("risk.instrument_gone") if gone else t("risk.instrument_other", version=99)
    wait(qtbot, lambda: why in said(risk))
    fields = second.parts.note.findChildren
    wait(qtbot, lambda: WORDS in {one.toPlainText() for one in fields(QPlainTextEdit)})
    second.parts.note.away_wanted.emit()

    words = read(second, note, qtbot)
    assert WORDS in words
    assert ("phq9" if gone else t("risk.asked_with", name="PHQ-9（近两周）", version=99)) in words
    assert (t("risk.instrument_gone") in words) is gone
    assert OLD_NAME not in words, "what it was called then is not known here"
