"""A record opened from a person's history is read beneath it; an operator's own goes to the desk."""

import asyncio
from collections.abc import Callable, Coroutine, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtWidgets import QLabel

from console.cases.record_here import RecordHere
from console.presenters.case_record import CaseRecordPresenter
from console.runtime.store import Store
from models.access.judging import Verdict
from models.access.matrix import Action, Cell, Entity, Part, Standing
from models.people.operator import Operator, Role
from models.people.person import Part as Of
from models.people.staff import Member
from resources import hotline
from resources.texts import t
from tests.console.people.desk import NUMBER, PeopleDesk
from tests.console.presenters.conftest import Stage
from widgets.cases.page import PersonPage
from widgets.cases.record_here import RecordPlace
from widgets.lead.reading import Reading
from widgets.main_window import Page

GRANTED = Cell(Role.LEAD, Entity.NOTE, Part.WORDS, Action.READ, Standing.GRANT)


Reads = Callable[[Role], "Desk"]

FULL = {"site": "jinzhong", "form": "full", "form_version": 1}


class Desk:
    """The history of one person with one call of Zhang's, which somebody reads."""

    def __init__(self, stage: Stage, disk: PeopleDesk, folder: Path, role: Role) -> None:
        self.disk, self.stage = disk, stage
        self.written, self.left = list[str](), list[bool]()
        self.unmasked: list[tuple[Any, ...]] = []
        self._kept: list[Coroutine[Any, Any, object]] = []
        self._waiting: list[Coroutine[Any, Any, object]] = []
        self.allowed = True
        name = "zhang" if role is Role.OPERATOR else "chief"
        me = Operator(name, name, "", "jinzhong", (role,))
        access: Any = SimpleNamespace(
            unmasked=Store[frozenset[str]](frozenset()),
            unmask=lambda *given: self.unmasked.append(given),
            readable=lambda *_: Verdict(cell=GRANTED) if self.allowed else Verdict("not_yours"),
            saw=lambda *_: None,
        )
        self.access = access
        self.here = RecordHere(me, self._of_call, access, self._kept.append)
        station = stage.station
        station.access, station.spawn, station.open_record = access, self._run, self._write
        members = Store((Member("zhang", "张老师"),))
        station.knowing = SimpleNamespace(
            cases=disk.cases, record_here=self.here, staff=SimpleNamespace(members=members)
        )
        stage.parts.window.show_page(Page.LEAD)
        self.page = PersonPage()
        self.page.leave_wanted.connect(lambda: self.left.append(True))
        self.sheet = stage.parts.window.add_sheet("", self.page, 1040)
        data = hotline.load("jinzhong", None, folder)
        self.presenter = CaseRecordPresenter(stage.bridge, station, stage.parts, self.page, data)
        stage.bridge.show(station.knowing.cases.opened, self.presenter.show_opened)
        call = disk.call()
        person = asyncio.run(disk.people.note_down(call, "小树", "", Of.SELF))
        disk.act("note.open", "n", call=call.id, opened_at=stage.clock.now().isoformat(), **FULL)
        asyncio.run(disk.cases.open(person))
        self.sheet.open_sheet()
        (self.reading,) = self.page.findChildren(Reading)
        (self.place,) = self.page.findChildren(RecordPlace)

    def _run(self, work: Coroutine[Any, Any, object]) -> None:
        """Do it now, or behind what is being done: what is shown may wish for more."""
        self._waiting.append(work)
        if len(self._waiting) == 1:
            while self._waiting:
                asyncio.run(self._waiting[0])
                del self._waiting[0]

    async def _of_call(self, call: str) -> tuple[object, ...]:
        return tuple(one.entity for one in self.disk.storage.of_call(call))

    async def _write(self, note: str) -> None:
        self.written.append(note)

    def end(self) -> None:
        for one in self._kept:
            one.close()

    def words(self) -> str:
        return " ".join(one.text() for one in self.page.findChildren(QLabel) if not one.isHidden())


@pytest.fixture
def reads(stage: Stage, disk: PeopleDesk, tmp_path: Path) -> Iterator[Reads]:
    """Somebody with this role reads; nobody looks again by the clock."""
    made: list[Desk] = []

    def reads(role: Role) -> Desk:
        made.append(Desk(stage, disk, tmp_path, role))
        return made[-1]

    yield reads
    for desk in made:
        desk.end()


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[PeopleDesk]:
    disk = PeopleDesk(tmp_path)
    yield disk
    disk.close()


def test_it_is_read_where_the_person_was_with_the_number_masked(
    stage: Stage, disk: PeopleDesk, reads: Reads
) -> None:
    desk = reads(Role.LEAD)
    assert desk.place.isHidden()
    desk.page.open_wanted.emit("n")
    assert not desk.place.isHidden()
    assert stage.parts.window.page is Page.LEAD
    said = desk.words()
    assert "张老师" in said
    assert t("cases.read_only") in said
    assert NUMBER not in said
    desk.reading.unmask_wanted.emit("call_back")
    ((call, note, _, reason),) = desk.unmasked
    assert (call.number, note.id, reason) == (NUMBER, "n", "call_back")
    desk.access.unmasked.publish(frozenset({call.id}))
    assert NUMBER in desk.words()
    desk.access.unmasked.publish(frozenset())
    assert NUMBER not in desk.words()


def test_it_is_put_away_by_its_button_with_the_history_and_when_the_right_ends(
    stage: Stage, disk: PeopleDesk, reads: Reads
) -> None:
    desk = reads(Role.LEAD)
    place = desk.place
    desk.page.open_wanted.emit("n")
    desk.page.record_away_wanted.emit()
    assert place.isHidden()
    desk.page.open_wanted.emit("n")
    desk.allowed = False
    asyncio.run(desk.here.look())
    assert place.isHidden()
    assert t("cases.read_over") in desk.words()
    desk.allowed = True
    desk.page.open_wanted.emit("n")
    assert not place.isHidden()
    disk.cases.put_away()
    assert place.isHidden()


def test_an_operators_own_record_goes_to_the_desk(stage: Stage, reads: Reads) -> None:
    desk = reads(Role.OPERATOR)
    desk.page.open_wanted.emit("n")
    assert desk.place.isHidden()
    assert (desk.written, desk.left, stage.parts.window.page) == (["n"], [True], Page.DESK)
