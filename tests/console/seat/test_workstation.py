"""One operator's work from ring to record: what happens by itself, and what is there again after an end."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest

from console.line import port
from console.line.fake import Exchange, ScriptedLine
from console.notes.service import Desk
from console.runtime.journal import DiskTrouble
from console.seat import Seat
from console.storage.storage import Storage
from console.workstation import Workstation
from models.calls.call import CallState
from models.clock import ManualClock
from models.ids import new_id
from models.notes.note import NoteState
from models.operation import Operation
from models.referrals.referral import LegalBasis, PlaceBasis, Referral, Step
from models.risk.level import Level
from models.risk.quick_screen import AskState, Item
from models.shifts.duty import DutyState
from tests.console.stand import NOWHERE, PATIENCE, Place, all_sent, at_work, problem, until
from tests.support.gateway import GatewayInThread
from tests.support.hotline import Hotline

Hire = Callable[..., str]
NUMBER = "13834400000"
WORDS = "练习用的话"


@asynccontextmanager
async def on_duty(place: Place, operator: str) -> AsyncIterator[tuple[Seat, Workstation]]:
    """An operator who takes calls."""
    async with at_work(place, operator) as (seat, station):
        await until(station.reach, lambda reach: reach.up)
        await station.set_duty(DutyState.READY, None)
        yield seat, station


async def rings(station: Workstation, line: GatewayInThread, number: str = NUMBER) -> str:
    call = line.scene(lambda scene: scene.ring(number, "12356"))
    await state(station, call, CallState.RINGING)
    return call


async def answered(station: Workstation, line: GatewayInThread, number: str = NUMBER) -> str:
    call = await rings(station, line, number)
    assert await station.command(station.line.answer(call)) == ""
    await on_desk(station, call)
    return call


async def state(station: Workstation, call: str, wanted: CallState | None) -> None:
    """Wait until a call is in a state; None: until it is off the panel."""
    await until(
        station.calls.view,
        lambda view: next((one.state for one in view.calls if one.id == call), None) is wanted,
    )


async def on_desk(station: Workstation, call: str) -> Desk:
    return await until(station.notes.desk, lambda desk: desk.note is not None and desk.note.call == call)


def referral(station: Workstation, call: str) -> Referral:
    note = station.notes.desk.value.note
    assert note
    return Referral(
        id=new_id(),
        note=note.id,
        call=call,
        author=note.author,
        site=note.site,
        target="f110",
        target_kind="police",
        target_name="110",
        dial="0354110",
        verified=False,
        place="晋中市",
        place_basis=PlaceBasis.STATED,
        text=WORDS,
        legal_basis=LegalBasis.EMERGENCY,
        opened_at=note.opened_at,
    )


def test_a_call_from_ring_to_record(
    place: Place, hire: Hire, line: GatewayInThread, hotline: Hotline
) -> None:
    async def story() -> None:
        async with on_duty(place, hire()) as (seat, station):
            call = await rings(station, line)
            assert station.notes.desk.value.note is None, "nothing is recorded of a call nobody took"
            await station.command(station.line.answer(call))
            await on_desk(station, call)
            station.notes.edit("complaint", WORDS)
            line.scene(lambda scene: scene.caller_hangs_up(call))
            await state(station, call, CallState.ENDED)
            await until(station.notes.desk, lambda desk: desk.saved_at)
            station.finish_note("caller_gone")
            await state(station, call, None)
            assert station.notes.desk.value == Desk()
            listed = await until(
                station.records.records,
                lambda known: [one for one in known if one.note.state is NoteState.FINISHED],
            )
            assert [one.note.call for one in listed] == [call]
            await all_sent(seat)
        (note,) = [one for one in hotline.records("note") if one["call"] == call]
        assert note["body"]["values"]["complaint"] == WORDS

    asyncio.run(story())


def test_a_note_finished_before_the_call_ends_lets_it_go_when_it_does(
    place: Place, hire: Hire, line: GatewayInThread
) -> None:
    async def story() -> None:
        async with on_duty(place, hire()) as (_, station):
            call = await answered(station, line)
            station.finish_note("caller_gone")
            await state(station, call, CallState.TALKING)
            line.scene(lambda scene: scene.caller_hangs_up(call))
            await state(station, call, None)

    asyncio.run(story())


def test_two_calls_have_two_notes_and_the_first_comes_back(
    place: Place, hire: Hire, line: GatewayInThread
) -> None:
    async def story() -> None:
        async with on_duty(place, hire()) as (_, station):
            first = await answered(station, line)
            station.notes.edit("complaint", WORDS)
            second = station.calls.open_by_hand("13834400001").id
            await on_desk(station, second)
            station.notes.edit("complaint", "练习用的别的话")
            station.take_up(first)
            desk = await on_desk(station, first)
            assert desk.note
            assert desk.note.body.values == {"complaint": WORDS}
            station.take_up(second)
            await on_desk(station, second)
            station.calls.close_by_hand(second)
            station.finish_note("caller_gone")
            desk = await on_desk(station, first)
            assert desk.note
            assert desk.note.body.values == {"complaint": WORDS}

    asyncio.run(story())


def test_an_unfinished_note_is_offered_again_with_its_risk(
    place: Place, hire: Hire, line: GatewayInThread
) -> None:
    operator = hire()

    async def story() -> None:
        async with on_duty(place, operator) as (_, station):
            call = await answered(station, line)
            station.notes.edit("complaint", WORDS)
            station.risk.answer(Item.PLAN_72H, AskState.YES)
            await station.referrals.start(referral(station, call))
        async with at_work(replace(place, server=NOWHERE), operator) as (_, station):
            desk = await on_desk(station, call)
            assert desk.note
            assert desk.note.body.values == {"complaint": WORDS}
            assert station.risk.assessment.value
            assert station.risk.assessment.value.level is Level.R4
            assert [one.target for one in station.referrals.referrals.value] == ["f110"]

    asyncio.run(story())


def test_a_known_number_is_recognised(place: Place, hire: Hire, line: GatewayInThread) -> None:
    async def story() -> None:
        operator = hire()
        async with on_duty(place, operator) as (seat, station):
            call = await answered(station, line, "13834409999")
            line.scene(lambda scene: scene.caller_hangs_up(call))
            await state(station, call, CallState.ENDED)
            station.finish_note("caller_gone")
            await station.journal.flush()
            await all_sent(seat)
        async with on_duty(place, operator) as (seat, station):
            await until(seat.sync, lambda reach: reach.up)
            again = await rings(station, line, "13834409999")
            view = await until(station.calls.view, lambda view: again in view.callers)
            assert view.callers[again].calls == 1

    asyncio.run(story())


def test_what_a_third_party_does_is_noted_by_itself(place: Place, hire: Hire, line: GatewayInThread) -> None:
    async def story() -> None:
        async with on_duty(place, hire()) as (_, station):
            call = await answered(station, line)
            wanted = referral(station, call)
            assert await station.referrals.start(wanted) == ""
            view = await until(station.calls.view, lambda view: view.current and view.current.parties)
            assert view.current
            (party,) = view.current.parties
            line.scene(lambda scene: scene.party_rings(call, party))
            line.scene(lambda scene: scene.party_answers(call, party))
            (known,) = await until(
                station.referrals.referrals, lambda known: known and known[0].state is Step.JOINED
            )
            assert [entry.step for entry in known.timeline] == [Step.PROPOSED, Step.CALLED, Step.JOINED]

    asyncio.run(story())


def test_a_referral_without_a_line_is_kept_and_the_refusal_told(place: Place, hire: Hire) -> None:
    async def story() -> None:
        async with at_work(replace(place, gateway="ws://127.0.0.1:1/line/v1"), hire()) as (seat, station):
            call = station.calls.open_by_hand().id
            await on_desk(station, call)
            assert await station.referrals.start(referral(station, call)) == "gateway_lost"
            refused = {one.code: one.params for one in seat.problems.store.value}["command_refused"]
            assert refused == {"cause": "gateway_lost"}
            assert len(station.referrals.referrals.value) == 1

    asyncio.run(story())


def test_an_r4_is_pushed_at_once(place: Place, hire: Hire, monkeypatch: pytest.MonkeyPatch) -> None:
    async def story() -> None:
        async with at_work(place, hire()) as (seat, station):
            call = station.calls.open_by_hand().id
            await on_desk(station, call)
            await all_sent(seat)
            nudged: list[str] = []
            monkeypatch.setattr(seat._pump, "nudge", lambda: nudged.append("nudged"))
            station.risk.answer(Item.ACTING, AskState.NO)
            await station.journal.flush()
            assert nudged == []
            station.risk.answer(Item.PLAN_72H, AskState.YES)
            await station.journal.flush()
            # The answer itself, and the alert that goes with it.
            assert nudged == ["nudged", "nudged"]

    asyncio.run(story())


def test_a_full_disk_keeps_nobody_from_writing(
    place: Place, hire: Hire, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_storage: Storage, _operations: Sequence[Operation]) -> None:
        raise DiskTrouble("disk_full")

    async def story() -> None:
        async with at_work(place, hire()) as (seat, station):
            monkeypatch.setattr(Storage, "perform", full)
            call = station.calls.open_by_hand(NUMBER)
            note = station.notes.desk.value.note
            assert note is not None
            assert note.call == call.id, "at once, whatever the disk does"
            station.notes.edit("complaint", WORDS)
            await until(seat.problems.store, lambda known: any(one.code == "not_saved" for one in known))
            monkeypatch.undo()
            station.notes.leave()
            await until(station.notes.desk, lambda desk: desk.saved_at is not None)
            assert not any(one.code == "not_saved" for one in seat.problems.store.value)

    asyncio.run(story())


class _Picky(ScriptedLine):
    """A line that wants no more of a ticket once it is told so."""

    def __init__(self) -> None:
        super().__init__(Exchange(ManualClock()))
        self.used: list[str] = []
        self.ended = 0
        self.over = asyncio.Event()
        self._moved = asyncio.Condition()

    async def run(self, ticket: str, seat: str, hear: Callable[[port.News], None]) -> None:
        await self._move(began=ticket)
        await self.over.wait()
        self.over.clear()
        hear(port.Refused("ticket"))
        await self._move()

    async def began_with(self, times: int) -> None:
        async with asyncio.timeout(PATIENCE), self._moved:
            await self._moved.wait_for(lambda: len(self.used) == times)

    async def ended_with(self, times: int) -> None:
        async with asyncio.timeout(PATIENCE), self._moved:
            await self._moved.wait_for(lambda: self.ended == times)

    async def _move(self, began: str = "") -> None:
        async with self._moved:
            if began:
                self.used.append(began)
            else:
                self.ended += 1
            self._moved.notify_all()


def test_a_ticket_that_was_renewed_serves_when_the_gateway_wants_no_more_of_the_old(
    place: Place, hire: Hire, monkeypatch: pytest.MonkeyPatch
) -> None:
    picky = _Picky()
    monkeypatch.setattr("console.seat.GatewayLine", lambda *_, **__: picky)

    async def story() -> None:
        async with at_work(place, hire()) as (seat, station):
            await picky.began_with(1)
            station.go_on_line("second")
            picky.over.set()
            await picky.began_with(2)
            picky.over.set()
            await picky.ended_with(2)
            await problem(seat, "ticket")
            station.go_on_line("third")
            await picky.began_with(3)
            assert picky.used[1:] == ["second", "third"]

    asyncio.run(story())
