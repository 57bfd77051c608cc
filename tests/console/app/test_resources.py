"""The hotline's own data: what is broken is named, what is not confirmed says so."""

from collections.abc import Callable
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from console.app import App
from console.storage.values import Record
from console.workstation import Workstation
from models.notes.note import NoteState
from models.risk.quick_screen import AskState, Item
from resources import sites
from resources.signed import sign
from resources.texts import t
from tests.console.app.conftest import PATIENCE_MS, Start, sign_in
from tests.console.app.test_window import answer
from tests.resources.test_weights import artificial
from tests.support.gateway import GatewayInThread
from tests.support.hotline import SITE
from widgets.main_window import Page


def test_a_broken_file_is_named_while_its_last_good_copy_is_used(
    start: Start, tmp_path: Path, qtbot: QtBot
) -> None:
    own = tmp_path / "own" / "sites" / f"{SITE}.toml"
    own.parent.mkdir(parents=True)
    good = sites.shipped(SITE).read_text(encoding="utf-8").replace("晋中", "练习晋中", 1)
    own.write_text(good, encoding="utf-8")
    first = start(resources=str(tmp_path / "own"))
    name = first.hotline.site.name_zh
    assert not first.hotline.broken
    own.write_text(good.replace("\ncity = ", "\ncities = ", 1), encoding="utf-8")
    second = start(resources=str(tmp_path / "own"))
    assert second.hotline.site.name_zh == name

    problems = second.seat.problems.store
    qtbot.waitUntil(lambda: len(problems.value) == 1, timeout=PATIENCE_MS)
    (problem,) = problems.value
    assert problem.code == "resource_broken"
    assert problem.params["file"] == str(own)
    assert int(problem.params["line"]) > 0


def test_an_unconfirmed_greeting_says_so(signed_in: App, qtbot: QtBot) -> None:
    assert not signed_in.hotline.site.greeting_confirmed
    signed_in.parts.calls.toggle_greeting()

    def words() -> list[str]:
        return [label.text() for label in signed_in.parts.calls.findChildren(QLabel)]

    qtbot.waitUntil(lambda: any(t("calls.greeting_unconfirmed") in one for one in words()))


BROKEN = {
    "forms/ours.toml": 'id = "ours"\nversion = \n',
    "enumerations.toml": '[sex]\nsource = "x"\nmark = "D"\nother = ["其他"]\n',
    "phq9.toml": "garbage",
    "questions.toml": "version = 1\n",
    "followups/bj.toml": 'id = "bj"\ndays = "soon"\n',
}


def signed_by_a_stranger(own: Path) -> None:
    weights = own / "elements12.weights.toml"
    weights.write_text(artificial(), encoding="utf-8")
    sign(weights, Ed25519PrivateKey.generate().private_bytes_raw())


def test_broken_files_of_every_kind_are_told_and_the_call_is_written_about_as_ever(
    start: Start, hire: Callable[..., str], line: GatewayInThread, tmp_path: Path, qtbot: QtBot
) -> None:
    own = tmp_path / "own"
    for name, content in BROKEN.items():
        file = own / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content, encoding="utf-8")
    signed_by_a_stranger(own)
    app = start(resources=str(own))
    sign_in(app, hire())
    qtbot.waitUntil(lambda: app.window.page is Page.DESK, timeout=PATIENCE_MS)

    def told() -> str:
        labels = app.window.top_bar.problems.findChildren(QLabel)
        labels += app.window.findChildren(QLabel)
        return "\n".join(one.text() for one in labels)

    files = [str(own / name) for name in (*BROKEN, "elements12.weights.toml")]
    qtbot.waitUntil(lambda: t("problems.resources_more", n=len(files) - 3) in told(), timeout=PATIENCE_MS)
    found = {str(one.file): one.cause for one in app.hotline.broken}
    assert (set(found), found[files[-1]]) == (set(files), t("forms.cause_nobody_signed"))
    assert app.hotline.instruments.weights is None
    call = answer(app, line, qtbot)
    station = app.station
    assert station
    qtbot.waitUntil(lambda: app.parts.note.note == note_id(app), timeout=PATIENCE_MS)
    assert app.parts.note.papers.front.pages.put_value("complaint", "练习用的话")
    app.parts.risk.answered.emit(Item.PLAN_72H, AskState.YES)
    qtbot.waitUntil(lambda: app.parts.risk.level_code == "R4", timeout=PATIENCE_MS)
    note = note_id(app)
    line.scene(lambda scene: scene.caller_hangs_up(call))
    app.io.call(station.finish_note, "练习")
    qtbot.waitUntil(lambda: note_id(app) == "", timeout=PATIENCE_MS)
    record = app.io.run(stored(station, note)).result(PATIENCE_MS / 1000)
    assert record is not None
    assert (record.entity.state, record.entity.body.values["complaint"]) == (NoteState.FINISHED, "练习用的话")


async def stored(station: Workstation, note: str) -> Record | None:
    """A note leaves the desk before all of it is on the disk."""
    await station.journal.flush()
    return await station.shelf.record("note", note)


def note_id(app: App) -> str:
    note = app.station.notes.desk.value.note if app.station else None
    return note.id if note else ""
