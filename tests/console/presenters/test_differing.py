"""Two texts of a note, and what each moment changed: numbers are masked until somebody gave a reason."""

import asyncio
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QAbstractButton, QLabel, QListWidget, QWidget

from console.notes.beside import Past
from console.presenters.beside import BesidePresenter
from console.presenters.differing import Words, unmask
from console.presenters.sync import SyncPresenter
from console.runtime.store import Store
from console.seat import Seat
from console.shifts.service import DutyView
from console.storage.values import ListedNote
from console.sync.service import Opened, Outstanding
from models.access.reasons import UnmaskReason
from models.calls.call import Call
from models.notes.history import Event
from models.notes.history import Stage as Moment
from models.notes.note import DraftVersion, LogLine, Note, NoteBody
from models.sync.held import HeldAct, HeldCard
from resources import hotline
from resources.texts import t
from tests.console.desk import IDENTITY
from tests.console.presenters.conftest import Stage

SAFE, TYPED = "13900001111", "13700002222"


def noted(stage: Stage) -> tuple[Note, DraftVersion]:
    """A note of this operator, with a second text."""
    at = stage.clock.now()
    mine = NoteBody("C3", {"safe_number": SAFE, "complaint": f"打 {TYPED} 找他", "problem_main": "P11"})
    other = NoteBody("C1", {"safe_number": TYPED, "own_field": SAFE}, (LogLine("l", at, f"留了{SAFE}"),))
    version = DraftVersion("v", at, other)
    me = IDENTITY.operator
    return Note("n", "c", me.id, me.site, "full", 1, at, body=mine, versions=(version,)), version


@pytest.fixture
def words(tmp_path: Path) -> Words:
    data = hotline.load("jinzhong", None, tmp_path)
    return Words(data.forms.fields, data.enumerations)


def test_numbers_are_masked_in_every_field_that_may_tell_who_it_is(stage: Stage, words: Words) -> None:
    note, version = noted(stage)
    hidden = words.texts(note, version, 0, whole=False)
    rows = {(one.mine, one.other) for one in hidden.rows}
    assert ("139****1111", "137****2222") in rows
    assert ("打 137****2222 找他", "") in rows
    assert ("", "139****1111") in rows, "a field that no form knows may hold anything"
    assert ("", "留了139****1111") in rows
    assert hidden.masked
    whole = words.texts(note, version, 0, whole=True)
    assert not whole.masked
    assert (SAFE, TYPED) in {(one.mine, one.other) for one in whole.rows}
    plain = words.changes(NoteBody("C1"), NoteBody("C3", {"problem_main": "P11"}), whole=False)
    assert plain == words.changes(NoteBody("C1"), NoteBody("C3", {"problem_main": "P11"}), whole=True)


def test_an_act_that_waits_for_a_lead_is_read_with_numbers_masked(stage: Stage, words: Words) -> None:
    body = {"body": {"category": "C3", "values": {"safe_number": SAFE}}}
    at = stage.clock.now()
    act = HeldAct("h", "note.draft.put", "note", "n", "zhang", "jinzhong", at, "late", body=body)
    assert "139****1111" in {said for _, said in words.of_act(act)}


def test_whoever_may_not_see_the_number_of_the_call_sees_none_here(stage: Stage) -> None:
    note, _ = noted(stage)
    station = _station(stage, note)
    stranger = Note("n", "c", "somebody", "elsewhere", "full", 1, stage.clock.now())
    assert asyncio.run(unmask(station, stranger, UnmaskReason.CALL_BACK)) is False
    assert asyncio.run(unmask(station, note, UnmaskReason.CALL_BACK)) is True
    assert station.access.unmasked.value == {"c"}


def _station(stage: Stage, note: Note) -> Any:
    async def of_call(call: str) -> tuple[object, ...]:
        return (Call(call, note.site, SAFE, "12356"), note) if call == note.call else ()

    station = stage.station
    station.shelf, station.spawn = SimpleNamespace(of_call=of_call), asyncio.run
    station.standing = SimpleNamespace(
        outstanding=Store(Outstanding()),
        conflicts=Store[tuple[Note, ...]](()),
        held=Store[tuple[HeldCard, ...]](()),
        act=Store[Opened | None](None),
        **dict.fromkeys(("try_again", "put_away", "release", "dismiss", "settle", "refresh")),
    )
    return station


def said(part: QWidget) -> str:
    # What was put away is there until the loop runs.
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    return " ".join(one.text() for one in part.findChildren(QLabel) if not one.isHidden())


def give_a_reason(part: QWidget) -> None:
    buttons = {one.text(): one for one in part.findChildren(QAbstractButton)}
    buttons[t("access.unmask")].click()
    buttons[t(f"access.why_{UnmaskReason.CALL_BACK}")].click()


def test_two_texts_are_compared_with_the_numbers_masked_and_shown_for_a_reason(
    stage: Stage, tmp_path: Path
) -> None:
    note, _ = noted(stage)
    station = _station(stage, note)
    SyncPresenter(stage.bridge, station, stage.parts, hotline.load("jinzhong", None, tmp_path))
    texts = stage.parts.texts
    station.standing.conflicts.publish((note,))
    assert "139****1111" in said(texts)
    assert SAFE not in said(texts)
    give_a_reason(texts)
    assert SAFE in said(texts)
    # After its time it is hidden again, by itself.
    stage.later.pop()()
    assert SAFE not in said(texts)
    assert "139****1111" in said(texts)


def test_what_each_moment_changed_is_read_with_the_numbers_masked(
    stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    note, version = noted(stage)
    station = _station(stage, note)
    station.shifts = SimpleNamespace(view=Store(DutyView()))
    station.records = SimpleNamespace(records=Store[tuple[ListedNote, ...]](()))
    station.journal, station.seeing = stage.journal, SimpleNamespace(saw=lambda _: None)
    station.shelf.record = station.shelf.past_of = None
    monkeypatch.setattr("console.presenters.beside.PrintingPresenter", lambda *_: SimpleNamespace(ask=print))
    data = hotline.load("jinzhong", None, tmp_path)
    presenter = BesidePresenter(stage.bridge, cast("Seat", None), station, stage.parts, data, stage.clock)
    at = stage.clock.now()
    moments = tuple(
        Moment(f"o{n}", at, note.author, Event.HANG_UP, body)
        for n, body in enumerate((version.body, note.body))
    )
    presenter._service.past.publish(Past(note, moments))
    panel = presenter._history.made
    (rows,) = panel.findChildren(QListWidget)
    rows.setCurrentRow(0)
    assert "137****2222" in said(panel)
    assert TYPED not in said(panel)
    give_a_reason(panel)
    assert TYPED in said(panel)
    assert rows.currentRow() == 0, "the moment that was looked at stays"
    stage.later.pop()()
    assert TYPED not in said(panel)
    presenter._service.past.publish(None)
    station.access.unmasked.publish(frozenset({"c"}))
    assert rows.count() == 0
