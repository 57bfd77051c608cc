"""The sheet of a follow-up is filled in from the note on the desk; what it says is an answered fact there."""

import asyncio
from collections.abc import Coroutine
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from console.followups.owing import Owing
from console.people.behind import Known
from console.presenters.agreeing import AgreeingPresenter
from console.runtime.store import Store
from models.calls.call import Call
from models.followups.followup import Arrangement, Consent
from models.followups.known import KnownOwed
from models.risk.quick_screen import AskState, Item
from resources import hotline
from tests.console.desk import IDENTITY
from tests.console.presenters.conftest import Stage
from widgets.followups.agree import AgreePanel
from widgets.main_window import Page

NUMBER, SAFE = "13800000001", "13600000006"


class Desk:
    """A note of one call, and what the sheet wished for."""

    def __init__(self, stage: Stage, folder: Path) -> None:
        self.stage = stage
        self.agreed: list[tuple[Any, ...]] = []
        self.stopped: list[tuple[Any, ...]] = []
        self.call = Call("c", "jinzhong", NUMBER, "12356")

        async def read() -> KnownOwed:
            return KnownOwed((), ())

        async def record(kind: str, name: str) -> Any:
            return SimpleNamespace(entity=self.call) if (kind, name) == ("call", "c") else None

        station = stage.station
        owing = Owing(stage.journal, stage.clock, IDENTITY, read)
        agreeing = SimpleNamespace(
            agree=lambda *given: self.agreed.append(given), stop=lambda *given: self.stopped.append(given)
        )
        station.following = SimpleNamespace(owing=owing, agreeing=agreeing)
        station.knowing = SimpleNamespace(people=SimpleNamespace(known=Store(Known())))
        station.shelf, station.spawn = SimpleNamespace(record=record), asyncio.run
        stage.parts.window.show_page(Page.DESK)
        data = hotline.load("jinzhong", None, folder)
        self.presenter = AgreeingPresenter(stage.bridge, station, stage.parts, data, stage.clock)

    @property
    def panel(self) -> AgreePanel:
        (panel,) = self.stage.parts.window.findChildren(AgreePanel)
        return panel

    def open(self) -> None:
        self.stage.station.notes.open_for("c")
        self.stage.station.risk.answer(Item.PLAN_WEEK, AskState.YES)
        self.presenter.toggle()


@pytest.fixture
def desk(stage: Stage, tmp_path: Path) -> Desk:
    return Desk(stage, tmp_path)


def test_it_opens_with_the_template_of_the_level_and_the_number_masked(desk: Desk) -> None:
    desk.open()
    view = desk.panel._view
    assert (view.number, view.level, desk.panel.template) == ("138****0001", "R3", "bj")
    assert {one.id for one in view.templates} == {"bj", "gz"}
    assert not desk.presenter._sheet.isHidden()
    desk.presenter.toggle()
    assert desk.presenter._sheet.isHidden()


def test_what_is_agreed_makes_the_series_and_is_said_in_the_note(desk: Desk) -> None:
    desk.open()
    note = desk.stage.station.notes.desk.value.note
    assert note
    said = Arrangement(Consent.AGREED, number=SAFE, code_word="图书馆")
    desk.panel.agreed.emit(note.id, "gz", said)
    ((about, agreed, series),) = desk.agreed
    assert (about.call, about.number, about.level) == ("c", NUMBER, "R3")
    assert (agreed, series.days) == (said, (1, 7, 15, 30))
    now = desk.stage.station.notes.desk.value.note
    assert now
    assert (now.body.values["safe_number"], now.body.values["code_word"]) == (SAFE, "图书馆")
    assert desk.presenter._sheet.isHidden()


def test_the_wish_for_no_contact_goes_by_the_number_of_this_call_alone(desk: Desk) -> None:
    desk.open()
    note = desk.stage.station.notes.desk.value.note
    assert note
    desk.panel.stop_wanted.emit("another", "x")
    assert desk.stopped == []
    desk.panel.stop_wanted.emit(note.id, "不要再打来")
    owing = desk.stage.station.following.owing
    assert desk.stopped == [(("", owing.key_of(NUMBER)), "c", "不要再打来")]


def test_it_opens_at_once_and_what_is_typed_before_the_disk_answers_is_kept(desk: Desk) -> None:
    reading: list[Coroutine[Any, Any, None]] = []
    desk.stage.station.spawn = reading.append
    desk.stage.parts.window.show()
    desk.open()
    assert desk.panel.isVisible()
    assert (desk.panel.template, desk.panel._view.number) == ("bj", "")
    times = desk.panel.focusProxy()
    assert isinstance(times, QLineEdit)
    assert desk.stage.parts.window.focusWidget() is times
    QTest.keyClicks(times, "7-8")
    desk.stage.station.spawn = asyncio.run
    for one in reading:
        asyncio.run(one)
    assert (desk.panel._view.number, desk.panel.arrangement().times) == ("138****0001", "7-8")


def test_what_is_read_of_a_call_fills_no_sheet_of_another_note(desk: Desk) -> None:
    reading: list[Coroutine[Any, Any, None]] = []
    desk.stage.station.spawn = reading.append
    desk.open()
    desk.stage.station.notes.open_for("another")
    for one in reading:
        asyncio.run(one)
    assert desk.panel._view.number == ""


def test_of_a_call_on_the_desk_all_is_at_hand(desk: Desk) -> None:
    calls = desk.stage.station.calls
    desk.stage.station.notes.open_for(calls.open_by_hand(SAFE).id)
    desk.stage.station.spawn = None
    desk.presenter.toggle()
    assert desk.panel._view.number == "136****0006"


def test_who_was_handed_over_by_110_is_known_by_no_number(desk: Desk) -> None:
    desk.call = replace(desk.call, number="110")
    desk.open()
    assert desk.panel._view.number == ""
    note = desk.stage.station.notes.desk.value.note
    assert note
    said = Arrangement(Consent.AGREED, number=SAFE)
    desk.panel.agreed.emit(note.id, "gz", said)
    ((about, agreed, _),) = desk.agreed
    assert (about.number, agreed.number) == ("", SAFE)


def test_without_a_note_nothing_can_be_agreed(desk: Desk) -> None:
    desk.presenter.toggle()
    assert desk.panel._view.note == ""
    desk.panel.agreed.emit("n", "bj", Arrangement(Consent.AGREED))
    assert desk.agreed == []
