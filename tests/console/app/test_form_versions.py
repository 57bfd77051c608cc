"""Two real windows at one server, one with a newer signed pack: each reads the other's record, in words."""

from base64 import b64encode
from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from console.app import App
from models.people.operator import Role
from models.risk.level import Level
from models.risk.quick_screen import AskState, Item
from resources import packs, sites
from resources.texts import t
from tests.console.app.conftest import PATIENCE_MS, Start
from tests.console.app.test_handing import at_work
from tests.console.app.test_window import answer
from tests.support.gateway import GatewayInThread
from tests.support.hotline import PASSWORD, SITE
from widgets.main_window import Page
from widgets.notes.head import Head
from widgets.session.view import SignIn

pytestmark = pytest.mark.qt_log_ignore(
    r"This plugin does not support (propagateSizeHints|raise)\(\)", extend=True
)
KEY = Ed25519PrivateKey.generate()
LISTS = """[heard_by]
source = "练习规范"
mark = "D"
radio = ["广播", "Radio"]
{more}"""
FORM = """id = "ours"
version = {version}
zh = "练习表单"
en = "Practice form"
source = "练习规范"
mark = "D"

[[category]]
code = "C4"

[[section]]
group = "own"
zh = "来意"
en = "Request"

[[section.field]]
key = "heard_by"
type = "choice"
choices = "heard_by"
zh = "{heard}"
en = "Heard by"
{more}
[[section.field]]
key = "log"
type = "log"
zh = "过程"
en = "Course"
"""
OLD_NAME, NEW_NAME = "从哪里知道（旧）", "得知渠道（新）"
NEW_FIELD = """
[[section.field]]
key = "newly_asked"
type = "text"
zh = "新增的问题"
en = "Newly asked"
"""
NEW_CHOICE = 'friend = ["朋友介绍", "A friend"]\n'
NEW_WORDS = "练习用的话：新表单里写的"
Hire = Callable[..., str]


def bring(own: Path, version: int) -> Path:
    """The hotline's folder with its pack in this version, signed with the hotline's key."""
    site = own / "sites" / f"{SITE}.toml"
    site.parent.mkdir(parents=True, exist_ok=True)
    public = b64encode(KEY.public_key().public_bytes_raw()).decode()
    shipped = sites.shipped(SITE).read_text(encoding="utf-8")
    site.write_text(f'pack_keys = ["{public}"]\n{shipped}', encoding="utf-8")
    pack = own / "packs" / "practice"
    (pack / "forms").mkdir(parents=True, exist_ok=True)
    newer = version > 1
    head = f'id = "practice"\nversion = {version}\nowner = "练习"\ndate = "2026-01-01"\n'
    (pack / packs.MANIFEST).write_text(head, encoding="utf-8")
    lists = LISTS.format(more=NEW_CHOICE if newer else "")
    (pack / "enumerations.toml").write_text(lists, encoding="utf-8")
    form = FORM.format(
        version=version, heard=NEW_NAME if newer else OLD_NAME, more=NEW_FIELD if newer else ""
    )
    (pack / "forms" / "ours.toml").write_text(form, encoding="utf-8")
    packs.sign(pack, KEY.private_bytes_raw())
    return own


def signed_in(app: App, who: str, seat: str, qtbot: QtBot) -> App:
    app.parts.sign_in.sign_in_wanted.emit(SignIn(who, PASSWORD, seat))
    return at_work(app, qtbot)


def written(app: App, line: GatewayInThread, qtbot: QtBot, **values: str) -> str:
    """A record of a call at R3 in the form of the pack, handed in; its id."""
    station = app.station
    assert station
    call = answer(app, line, qtbot)
    wait(qtbot, lambda: (note := station.notes.desk.value.note) and note.call == call)
    note = station.notes.desk.value.note
    assert note
    wait(qtbot, lambda: app.parts.note.note == note.id)
    head = app.parts.note.findChild(Head)
    assert isinstance(head, Head)
    head.show_category("C4")
    head.chosen.emit("C4")
    paper = app.parts.note.papers.front
    wait(qtbot, lambda: paper.form is not None and paper.form.id == "ours")
    for key, value in values.items():
        assert paper.pages.put_value(key, value), key
    wait(qtbot, lambda: (now := station.notes.desk.value.note) and now.body.values == values)
    app.io.call(station.risk.answer, Item.PLAN_WEEK, AskState.YES)
    level = station.risk.assessment
    wait(qtbot, lambda: level.value and level.value.peak is Level.R3)
    line.scene(lambda scene: scene.caller_hangs_up(call))
    app.io.call(station.finish_note, "练习")
    wait(qtbot, lambda: not station.notes.desk.value.note)
    return note.id


def read(app: App, note: str, qtbot: QtBot) -> str:
    """All words of a record on the desk of who leads, where another wrote it."""
    station = app.station
    assert station
    wait(qtbot, lambda: note in {one.id for one in station.lead.cards.value})
    app.window.show_page(Page.LEAD)
    app.io.call(lambda: station.spawn(station.lead.open(note)))

    def said() -> str:
        labels = app.parts.lead.findChildren(QLabel)
        return "\n".join(one.text() for one in labels if not one.isHidden())

    wait(qtbot, lambda: t("notes.category") in said())
    return said()


def wait(qtbot: QtBot, fits: Callable[[], object]) -> None:
    qtbot.waitUntil(lambda: bool(fits()), timeout=PATIENCE_MS)


def test_a_record_of_another_version_of_the_form_is_read_whole_and_said_in_words(
    start: Start, hire: Hire, line: GatewayInThread, tmp_path: Path, qtbot: QtBot
) -> None:
    roles = (Role.OPERATOR, Role.LEAD)
    older = start(resources=str(bring(tmp_path / "older", 1)), data=str(tmp_path / "second"), seat="1002")
    signed_in(older, hire(*roles), "1002", qtbot)
    assert not older.hotline.broken
    first = written(older, line, qtbot, heard_by="radio")
    # The other workstation was started once before its pack was renewed.
    assert not start(resources=str(bring(tmp_path / "newer", 1))).hotline.broken
    newer = start(resources=str(bring(tmp_path / "newer", 2)))
    signed_in(newer, hire(*roles), "1001", qtbot)
    assert not newer.hotline.broken
    second = written(newer, line, qtbot, heard_by="friend", newly_asked=NEW_WORDS)
    # The older program has never seen that form: it says so, and shows every word all the same.
    words = read(older, second, qtbot)
    assert t("notes.form_missing", form="ours", version=2) in words
    assert NEW_WORDS in words
    assert "friend" in words
    assert NEW_NAME not in words
    # The newer one keeps what it had: the record stands there as it was written.
    words = read(newer, first, qtbot)
    assert t("notes.form_missing", form="ours", version=1) not in words
    assert OLD_NAME in words
    assert "广播" in words
    assert NEW_NAME not in words
