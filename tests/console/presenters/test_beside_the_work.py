"""What lies beside the work: a backup, a given record, a seat, the silent caller, staying awake."""

import asyncio
from collections.abc import Callable, Coroutine
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import QProcess
from pytestqt.qtbot import QtBot

from console.access.sharing import Stage as Giving
from console.presenters.bars import problem_sentence
from console.presenters.ladder import LadderPresenter
from console.presenters.seating import SeatingPresenter
from console.presenters.sharing import SharingPresenter
from console.presenters.upkeep import UpkeepPresenter
from console.presenters.wakefulness import Wakefulness
from console.runtime.store import Store
from console.storage.values import ListedNote
from console.sync.grants import Sharing
from console.upkeep.service import Saving
from console.upkeep.service import Stage as Copying
from models.calls.call import Call
from models.notes.note import Note
from models.people.operator import Operator, Role
from models.shifts.wish import SeatWish
from resources import hotline
from resources.texts import t
from tests.console.presenters.conftest import Stage

_LIMIT_MS = 30_000


def spawned(act: Coroutine[Any, Any, object]) -> None:
    asyncio.run(act)


class Upkeep:
    """A backup that ends as the test says."""

    def __init__(self, *ends: Saving) -> None:
        self.saving: Store[Saving] = Store(Saving())
        self.ends = list(ends)
        self.into: list[Path] = []

    async def back_up(self, into: Path) -> None:
        self.into.append(into)
        for stage in (Copying.COPYING, Copying.CHECKING):
            self.saving.publish(Saving(stage))
        self.saving.publish(self.ends.pop(0))


def test_a_backup_that_fails_is_said_and_can_be_begun_anew(stage: Stage, tmp_path: Path) -> None:
    upkeep = Upkeep(
        Saving(Copying.FAILED, tmp_path, None, "backup_write"), Saving(Copying.DONE, tmp_path / "copy.db")
    )
    stage.station.spawn = spawned
    seat: Any = SimpleNamespace(upkeep=upkeep)
    UpkeepPresenter(stage.bridge, seat, stage.station, stage.parts)
    form = stage.parts.backup
    assert not form._begin.isEnabled(), "no folder was named"
    form._folder.setText(str(tmp_path))
    form._begin.click()
    assert form._state.text() == problem_sentence("backup_write", path=str(tmp_path))
    form._begin.click()
    assert form._state.text() == t("upkeep.backed_up", path=str(tmp_path / "copy.db"))
    assert upkeep.into == [tmp_path, tmp_path]


def test_while_a_backup_is_made_no_other_one_begins(stage: Stage, tmp_path: Path) -> None:
    upkeep = Upkeep()
    seat: Any = SimpleNamespace(upkeep=upkeep)
    UpkeepPresenter(stage.bridge, seat, stage.station, stage.parts)
    form = stage.parts.backup
    form._folder.setText(str(tmp_path))
    upkeep.saving.publish(Saving(Copying.COPYING))
    assert form._state.text() == t("upkeep.stage_copying")
    form._begin.click()
    form._wish()
    assert upkeep.into == []


def test_drives_are_offered_when_the_form_is_opened_also_where_there_are_none(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    found: list[tuple[str, str]] = [("/media/usb", "练习盘")]
    monkeypatch.setattr("console.presenters.upkeep._drives", lambda: tuple(found))
    seat: Any = SimpleNamespace(upkeep=Upkeep())
    UpkeepPresenter(stage.bridge, seat, stage.station, stage.parts)
    form = stage.parts.backup
    stage.parts.window.backup_opened.emit()
    assert not form._drives.isHidden()
    found.clear()
    stage.parts.window.backup_opened.emit()
    assert form._drives.isHidden(), "it was pulled out"


class Grants:
    """A server that gives or refuses."""

    def __init__(self) -> None:
        self.refusal = ""
        self.asked: list[tuple[object, ...]] = []

    async def of_note(self, _note: str) -> Sharing | str:
        return Sharing((("li", "李医生"),))

    async def ask(self, *what: object) -> str:
        self.asked.append(what)
        return self.refusal

    async def take_back(self, grant: str) -> str:
        self.asked.append((grant,))
        return self.refusal


class Giver:
    """The sheet that gives a record of today's list to a lead."""

    def __init__(self, stage: Stage) -> None:
        self.stage, self.grants = stage, Grants()
        self.records: Store[tuple[ListedNote, ...]] = Store(())
        stage.station.spawn = spawned
        stage.station.seeing = SimpleNamespace(saw=lambda _seen: None)
        stage.station.records = SimpleNamespace(records=self.records)
        seat: Any = SimpleNamespace(grants=self.grants)
        self.presenter = SharingPresenter(stage.bridge, seat, stage.station, stage.parts)
        note = Note("n", "c", "zhang", "jinzhong", "full", 1, stage.clock.now())
        self.records.publish((ListedNote(note, Call("c"), None),))
        stage.parts.records.share_wanted.emit("n")

    def give(self) -> None:
        self.stage.parts.sharing._reason.setText("练习用的理由")
        self.stage.parts.sharing._button.click()

    @property
    def words(self) -> str:
        return self.stage.parts.sharing._state.text()


@pytest.mark.parametrize(
    ("refusal", "key"),
    [("", "give_given"), ("off_line", "give_off_line"), ("of_tomorrow", "give_refused")],
)
def test_what_the_server_says_is_said(stage: Stage, refusal: str, key: str) -> None:
    giver = Giver(stage)
    giver.grants.refusal = refusal
    giver.give()
    assert giver.words == t(f"access.{key}")
    assert stage.parts.sharing._button.isEnabled(), "it can be tried again"


def test_a_record_that_left_the_list_meanwhile_keeps_its_answer(stage: Stage) -> None:
    giver = Giver(stage)
    giver.records.publish(())
    giver.grants.refusal = "off_line"
    giver.give()
    assert giver.words == t("access.give_off_line")
    assert stage.parts.sharing._heading.text()


def test_a_closed_sheet_shows_nothing(stage: Stage) -> None:
    giver = Giver(stage)
    giver.give()
    assert giver.presenter._service.shared.value.stage is Giving.GIVEN
    stage.parts.window.sharing_closed.emit()
    assert giver.words == ""
    assert stage.parts.sharing._heading.text() == ""


class Seats:
    """A lead who is asked for a seat; what was commanded."""

    def __init__(self, stage: Stage, role: Role) -> None:
        self.told: list[tuple[object, ...]] = []
        me = Operator("li", "李", "", "jinzhong", (role,))
        self.wishes: Store[tuple[SeatWish, ...]] = Store(())
        stage.station.identity = SimpleNamespace(operator=me, seat="1009")
        stage.station.spawn = spawned
        stage.station.command = self.command
        stage.station.line = SimpleNamespace(seating=SimpleNamespace(lengthen=self.done))
        stage.station.seating = SimpleNamespace(
            standing=Store(""), wishes=self.wishes, ask=lambda: self.told.append(("ask",)), give=self.done
        )
        SeatingPresenter(stage.bridge, stage.station, stage.parts.calls, stage.parts.lead)

    async def done(self, *what: object) -> str:
        self.told.append(what)
        return ""

    async def command(self, done: Coroutine[Any, Any, str]) -> str:
        return await done


def test_a_lead_sees_who_asks_for_a_seat_and_answers(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[Any] = []
    monkeypatch.setattr(stage.parts.lead, "show_wishes", shown.append)
    seats = Seats(stage, Role.LEAD)
    wish = SeatWish("w", "1001", "zhang", "", "wang", "王医生", stage.clock.now())
    seats.wishes.publish((wish,))
    (view,) = shown[-1]
    assert ("zhang" in repr(view), "王医生" in repr(view)) == (True, True), "who has no name has an account"
    stage.parts.lead.seat_answered.emit("w", True)
    stage.parts.lead.lengthen_wanted.emit("1001", 5)
    assert seats.told == [("w", True), ("1001", 5)]
    seats.wishes.publish(())
    assert shown[-1] == ()


def test_who_does_not_lead_answers_nobody_but_may_ask(stage: Stage) -> None:
    seats = Seats(stage, Role.OPERATOR)
    stage.parts.lead.seat_answered.emit("w", True)
    assert seats.told == []
    stage.parts.calls.seat_wanted.emit()
    assert seats.told == [("ask",)]


def laddered(stage: Stage, folder: Path) -> LadderPresenter:
    return LadderPresenter(stage.bridge, stage.station, stage.parts, hotline.load("jinzhong", None, folder))


def test_a_step_of_the_silent_caller_stands_in_the_note_that_was_in_front(
    stage: Stage, tmp_path: Path
) -> None:
    presenter = laddered(stage, tmp_path)
    notes = stage.station.notes
    notes.open_for("c")
    first = notes.desk.value.note
    stage.parts.note.show_note(first)
    step = presenter._ladder.steps[0]
    late: list[Callable[[], object]] = []
    wish = stage.bridge.wish
    stage.bridge.wish = lambda act, *what: late.append(lambda: act(*what))
    presenter._shown.marked.emit(step.id)
    stage.bridge.wish = wish
    notes.open_for("another")
    second = notes.desk.value.note
    for act in late:
        act()
    assert not notes.desk.value.note.body.log, "the call that came meanwhile was not silent"
    assert notes.desk.value.note.id == second.id
    notes.bring_forward(first.id)
    assert [line.text for line in notes.desk.value.note.body.log] == [step.label("zh_CN")]


def test_without_a_note_a_step_is_marked_nowhere(stage: Stage, tmp_path: Path) -> None:
    presenter = laddered(stage, tmp_path)
    presenter._shown.marked.emit(presenter._ladder.steps[0].id)
    presenter._shown.said.emit("练习用的话")
    assert stage.station.notes.desk.value.note is None


def test_the_machine_stays_awake_once_however_often_it_is_asked_and_sleeps_when_the_call_ends(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    asked = tmp_path / "systemd-inhibit"
    asked.write_text('#!/bin/sh\necho "$4" >> "$0.log"\nexec cat\n', encoding="utf-8")
    asked.chmod(0o700)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    awake = Wakefulness("练习")
    awake.keep(True)
    awake.keep(True)
    running = QProcess.ProcessState.Running
    qtbot.waitUntil(lambda: awake._inhibitor.state() is running, timeout=_LIMIT_MS)
    awake.keep(False)
    over = QProcess.ProcessState.NotRunning
    qtbot.waitUntil(lambda: awake._inhibitor.state() is over, timeout=_LIMIT_MS)
    assert (tmp_path / "systemd-inhibit.log").read_text(encoding="utf-8") == "--why=练习\n"
    awake.keep(True)
    qtbot.waitUntil(lambda: awake._inhibitor.state() is running, timeout=_LIMIT_MS)
    awake.close()
    assert awake._inhibitor.state() is over


def test_where_nobody_can_be_asked_to_stay_awake_nothing_is_claimed(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    awake = Wakefulness("练习")
    awake.keep(True)
    awake.keep(False)
    awake.close()
    assert awake._inhibitor.state() is QProcess.ProcessState.NotRunning
