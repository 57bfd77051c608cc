import asyncio
from datetime import UTC, datetime, timedelta

from console.calls.service import CallsService
from models.calls.advance import advance
from models.calls.call import Call, CallState
from models.calls.events import (
    Answered,
    CallEnd,
    Ended,
    HandedOver,
    Held,
    Invited,
    Joined,
    Left,
    Offered,
    Origin,
    Released,
    Withdrawn,
)
from models.calls.picture import Queue
from models.clock import ManualClock
from models.people.caller import CallerCard
from tests.console.desk import IDENTITY, MemoryJournal

START = datetime(2026, 1, 1, tzinfo=UTC)
SEAT = IDENTITY.seat


def at(seconds: float) -> datetime:
    return START + timedelta(seconds=seconds)


def ring(call: str = "c", seat: str = SEAT, seconds: float = 0) -> Offered:
    return Offered(f"o{call}{seconds}", call, at(seconds), seat, "13800000001", "12356", at(0))


async def no_card(_number: str) -> CallerCard | None:
    return None


def service(journal: MemoryJournal) -> CallsService:
    return CallsService(journal, ManualClock(), IDENTITY, no_card)


def test_a_ring_is_shown_and_nothing_is_written_before_the_answer() -> None:
    journal = MemoryJournal()
    calls = service(journal)
    calls.hear(ring())
    assert calls.view.value.current
    assert calls.view.value.current.state is CallState.RINGING
    assert not journal.operations
    calls.hear(Answered("a", "c", at(4), SEAT))
    calls.hear(Held("h", "c", at(5)))
    calls.hear(Ended("e", "c", at(60), CallEnd.CALLER_HUNG_UP))
    assert [one.type for one in journal.operations] == ["call.add", "call.event", "call.event"]
    document = journal.records()["c"]
    assert document["end"] == "E2"
    assert document["number"] == "13800000001"
    assert document["origin"] == "practice"


def test_a_call_of_another_seat_is_never_shown() -> None:
    journal = MemoryJournal()
    calls = service(journal)
    calls.hear(ring(seat="1002"))
    calls.hear(Answered("a", "c", at(4), "1002"))
    assert not calls.view.value.calls
    assert not journal.operations


def test_a_ring_that_went_away_leaves_the_panel() -> None:
    calls = service(MemoryJournal())
    calls.hear(ring())
    calls.hear(Withdrawn("w", "c", at(20), SEAT))
    assert not calls.view.value.calls


def test_the_answer_is_told_once() -> None:
    calls, told = service(MemoryJournal()), []
    calls.answered.append(lambda call: told.append(call.id))
    calls.hear(ring())
    for _ in range(3):
        calls.hear(Answered("a", "c", at(4), SEAT))
    assert told == ["c"]


def test_an_ended_call_stays_until_it_is_left() -> None:
    calls = service(MemoryJournal())
    calls.hear(ring())
    calls.hear(Answered("a", "c", at(4), SEAT))
    calls.leave("c")
    assert calls.view.value.current, "a call that runs cannot be left"
    calls.hear(Ended("e", "c", at(9), CallEnd.CALLER_HUNG_UP))
    assert calls.view.value.current
    calls.leave("c")
    assert calls.view.value.current is None


def test_of_calls_that_are_over_the_last_is_at_hand_or_the_one_written_about() -> None:
    calls = service(MemoryJournal())
    for nth, call in enumerate(("first", "second")):
        calls.hear(ring(call, seconds=nth * 60))
        calls.hear(Answered(f"a{call}", call, at(nth * 60 + 4), SEAT))
        calls.hear(Ended(f"e{call}", call, at(nth * 60 + 30), CallEnd.CALLER_HUNG_UP))
    view = calls.view.value
    for written, meant in (("", "second"), ("first", "first"), ("gone", "second")):
        at_hand = view.at_hand(written)
        assert at_hand is not None
        assert at_hand.id == meant
    calls.hear(ring("third", seconds=180))
    calls.hear(Answered("athird", "third", at(184), SEAT))
    talking = calls.view.value.at_hand("first")
    assert talking is not None
    assert talking.id == "third", "who is on the line comes before what is written"


def test_a_call_that_the_line_no_longer_knows_ended_with_the_line() -> None:
    calls = service(MemoryJournal())
    calls.hear(ring())
    calls.hear(Answered("a", "c", at(4), SEAT))
    calls.line_lost()
    assert calls.view.value.current, "the voices may go on without us"
    calls.see((), Queue(2, at(1)))
    call = calls.view.value.current
    assert call
    assert call.end is CallEnd.LINE_LOST
    assert calls.view.value.queue.waiting == 2


def test_after_a_restart_the_call_that_runs_is_back_and_recorded() -> None:
    journal = MemoryJournal()
    calls, told = service(journal), []
    calls.answered.append(lambda call: told.append(call.id))
    calls.see((Call("c", number="13800000001", seat=SEAT, answered_at=at(1), entered_at=at(0)),), Queue())
    assert told == ["c"]
    assert journal.records()["c"]["number"] == "13800000001"


def test_a_call_opened_by_hand_needs_no_line() -> None:
    journal = MemoryJournal()
    calls = service(journal)
    call = calls.open_by_hand("010")
    calls.see((), Queue())
    assert calls.view.value.current
    assert calls.view.value.current.origin is Origin.MANUAL
    calls.close_by_hand(call.id)
    assert journal.records()[call.id]["end"] == "E4"


def test_what_is_known_of_the_caller_comes_after_the_ring() -> None:
    card = CallerCard("k", "beijing", 3, "R3")

    async def look_up(_number: str) -> CallerCard | None:
        return card

    calls = CallsService(MemoryJournal(), ManualClock(), IDENTITY, look_up)
    calls.hear(ring())
    assert not calls.view.value.callers
    assert calls.view.value.current
    asyncio.run(calls.recognise(calls.view.value.current))
    assert calls.view.value.callers["c"] == card


def test_a_call_opened_by_hand_is_joined_to_the_one_that_the_line_shows() -> None:
    journal = MemoryJournal()
    calls = service(journal)
    mine = calls.open_by_hand("13800000001")
    assert calls.view.value.line_of(mine.id) is None
    line = Call("c", IDENTITY.operator.site, "13800000001", seat=SEAT, answered_at=mine.answered_at)
    calls.see((line,), Queue())
    found = calls.view.value.line_of(mine.id)
    assert found
    assert found.id == "c"
    calls.join_by_hand(mine.id)
    records = journal.records()
    assert (records[mine.id]["same_as"], records[mine.id]["end"]) == ("c", "E4")
    assert records["c"]["ended_at"] is None
    assert calls.view.value.line_of(mine.id) is None


def test_a_call_of_another_time_is_not_offered() -> None:
    journal = MemoryJournal()
    calls = service(journal)
    over = Call("c", seat=SEAT, answered_at=at(-60), ended_at=at(-30), end=CallEnd.NORMAL)
    calls.see((over,), Queue())
    mine = calls.open_by_hand()
    calls.join_by_hand(mine.id)
    assert [one.type for one in journal.operations if one.id == mine.id] == ["call.add"]


def talking() -> tuple[CallsService, MemoryJournal]:
    journal = MemoryJournal()
    calls = service(journal)
    calls.hear(ring())
    calls.hear(Answered("a", "c", at(4), SEAT))
    return calls, journal


def test_a_call_that_was_left_stays_until_it_is_over() -> None:
    calls, journal = talking()
    calls.hear(Released("r", "c", at(30), True))
    assert calls.view.value.current
    assert calls.view.value.current.state is CallState.RELEASED
    calls.leave("c")
    assert calls.view.value.calls
    calls.hear(Ended("e", "c", at(60), CallEnd.TRANSFERRED))
    assert journal.records()["c"]["end"] == "E5"


def test_a_call_that_was_handed_over_is_over_here_and_nowhere_else() -> None:
    calls, journal = talking()
    calls.hear(HandedOver("h", "c", at(30), "1002", "op-2"))
    (seen,) = calls.view.value.calls
    assert (seen.state, seen.end, seen.ended_at) == (CallState.ENDED, CallEnd.TRANSFERRED, at(30))
    calls.see((), Queue())
    assert "end" not in journal.records()["c"] or journal.records()["c"]["end"] is None
    calls.leave("c")
    assert not calls.view.value.calls


def test_a_call_one_is_asked_into_rings_and_is_recorded_when_one_takes_part() -> None:
    journal = MemoryJournal()
    calls = service(journal)
    answered: list[Call] = []
    calls.answered.append(answered.append)
    whole = Call("c", number="13800000001", seat="1002", answered_at=at(0), entered_at=at(0))
    asked = advance(whole, Invited("i", "c", at(10), "p", "", "练习员", SEAT))
    calls.see((asked,), Queue())
    assert [call.state for call in calls.view.value.calls] == [CallState.RINGING]
    assert not journal.operations
    calls.hear(Joined("j", "c", at(12), "p"))
    assert [call.state for call in calls.view.value.calls] == [CallState.TALKING]
    assert journal.operations[0].type == "call.add"
    assert [call.id for call in answered] == ["c"]
    calls.hear(Left("l", "c", at(50), "p", "left"))
    (seen,) = calls.view.value.calls
    assert (seen.state, seen.ended_at) == (CallState.ENDED, at(50))


def test_a_ring_for_a_colleague_that_stops_leaves_nothing() -> None:
    journal = MemoryJournal()
    calls = service(journal)
    whole = Call("c", seat="1002", answered_at=at(0), entered_at=at(0))
    calls.see((advance(whole, Invited("i", "c", at(10), "p", "", "练习员", SEAT)),), Queue())
    calls.hear(Left("l", "c", at(20), "p", "no_answer"))
    assert not calls.view.value.calls
    assert not journal.operations
