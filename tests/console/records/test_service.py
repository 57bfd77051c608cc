"""My records of today: since midnight here, at least the last eight hours; what is still to be done."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from console.records.service import RecordsService
from console.session.identity import Identity
from console.storage.values import ListedNote
from models.cases.closing import Closing, Way
from models.cases.open_tasks import OpenTasks, Unclosed
from models.clock import Clock, ManualClock
from models.notes.note import Note, NoteState
from models.operation import Operation
from models.people.operator import Operator, Role
from models.referrals.reduce import reduce
from models.referrals.referral import Referral, Step
from models.risk.level import Level
from tests.models.referrals.rescues import opened

CLOCK: Clock = ManualClock()
NOTHING = OpenTasks()
NOTE = Note("n", "c", "zhang", "beijing", "full", 1, CLOCK.now())
LATE = replace(NOTE, id="late")


class Written:
    """The journal: keeps what it is given."""

    def __init__(self) -> None:
        self.acts: list[Operation] = []

    def write(self, *operations: Operation, urgent: bool = False) -> "asyncio.Future[None]":
        assert urgent
        self.acts += operations
        return asyncio.get_running_loop().create_future()


class Stored:
    """What the database has."""

    def __init__(self, tasks: OpenTasks = NOTHING) -> None:
        self.asked: list[tuple[datetime, datetime]] = []
        self.everyone: list[bool] = []
        self.tasks = tasks

    async def my_notes(self, since: datetime, until: datetime) -> tuple[ListedNote, ...]:
        self.asked.append((since, until))
        return (ListedNote(NOTE, None, None),)

    async def open_tasks(self, everyone: bool) -> OpenTasks:
        self.everyone.append(everyone)
        return self.tasks

    async def listed(self, notes: Sequence[str]) -> tuple[ListedNote, ...]:
        return tuple(ListedNote(replace(NOTE, id=one), None, None) for one in notes)


def identity(*roles: Role, name: str = "zhang") -> Identity:
    operator = Operator(name, "张", "", "beijing", roles or (Role.OPERATOR,))
    return Identity(operator, "1001", "", b"", False)


def service(stored: Stored, clock: ManualClock, who: Identity) -> tuple[RecordsService, Written]:
    written = Written()
    return RecordsService(stored, written, clock, who), written


def test_the_span_covers_today_and_a_night_shift() -> None:
    clock, stored = ManualClock(), Stored()

    async def story() -> None:
        records, _ = service(stored, clock, identity())
        for _ in range(24):
            await records.refresh()
            clock.forward(3600)
        assert [one.note.id for one in records.records.value] == ["n"]

    asyncio.run(story())
    start = ManualClock().now()
    for hour, (since, until) in enumerate(stored.asked):
        now = start + timedelta(hours=hour)
        local = now.astimezone()
        assert since <= local.replace(hour=0, minute=0, second=0, microsecond=0)
        assert now - timedelta(hours=24) <= since <= now - timedelta(hours=8)
        assert until > now


def test_a_record_that_is_not_closed_stays_on_the_list_however_old_it_is() -> None:
    closing = Closing(True, tuple(Way))
    foreign = replace(LATE, id="foreign", author="li")
    tasks = OpenTasks(unclosed=tuple(Unclosed(one, "", Level.R3, closing) for one in (NOTE, LATE, foreign)))

    async def story() -> None:
        records, _ = service(Stored(tasks), ManualClock(), identity())
        await records.refresh()
        assert [one.note.id for one in records.records.value] == ["n", "late"]
        assert records.open.value == tasks

    asyncio.run(story())


@pytest.mark.parametrize(("roles", "everyone"), [((Role.OPERATOR,), False), ((Role.LEAD,), True)])
def test_a_lead_has_the_list_of_everyone(roles: tuple[Role, ...], everyone: bool) -> None:
    stored = Stored()

    async def story() -> None:
        records, _ = service(stored, ManualClock(), identity(*roles))
        await records.refresh()

    asyncio.run(story())
    assert stored.everyone == [everyone]


@pytest.mark.parametrize(
    ("who", "note", "reason", "signed"),
    [
        (identity(Role.LEAD, name="wang"), replace(NOTE, state=NoteState.FINISHED), "家属在场", True),
        (identity(Role.LEAD, name="wang"), replace(NOTE, state=NoteState.FINISHED), " ", False),
        (identity(Role.LEAD, name="wang"), NOTE, "家属在场", False),
        (identity(Role.LEAD), replace(NOTE, state=NoteState.FINISHED), "家属在场", False),
        (identity(name="li"), replace(NOTE, state=NoteState.FINISHED), "家属在场", False),
    ],
)
def test_a_lead_signs_for_a_colleagues_finished_record_with_a_reason(
    who: Identity, note: Note, reason: str, signed: bool
) -> None:
    async def story() -> None:
        records, written = service(Stored(), ManualClock(), who)
        assert records.sign(note, reason) is signed
        assert [act.type for act in written.acts] == (["note.sign"] if signed else [])

    asyncio.run(story())


def test_the_end_of_a_rescue_is_wished_for_by_one_and_agreed_to_by_another() -> None:
    def after(referral: Referral, act: Operation) -> Referral:
        reduced = reduce(referral, act, 0)
        assert reduced.entity
        return reduced.entity

    async def story() -> None:
        author, mine = service(Stored(), ManualClock(), identity())
        lead, theirs = service(Stored(), ManualClock(), identity(Role.LEAD, name="wang"))
        rescue = opened()
        lead.second(rescue, agrees=True)
        assert not theirs.acts
        author.advance(rescue, Step.CLOSED, "地址有误")
        waiting = after(rescue, mine.acts[0])
        author.second(waiting, agrees=True)
        assert len(mine.acts) == 1
        lead.second(waiting, agrees=True)
        assert not after(waiting, theirs.acts[0]).is_open

    asyncio.run(story())
