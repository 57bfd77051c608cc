from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from models.calls.advance import advance
from models.calls.call import Call, CallState, PartyPhase
from models.calls.events import (
    Answered,
    CallEnd,
    CallEvent,
    Direction,
    Ended,
    HandedOver,
    Held,
    Invited,
    Joined,
    Left,
    Muted,
    Offered,
    PartyRang,
    Released,
    Resumed,
    Taped,
    Taping,
    Watched,
    Watching,
    Withdrawn,
)
from models.calls.outgoing import Placed, Rang
from models.calls.place import state_at
from models.calls.pressing import Pressed
from models.calls.quality import Grade, Measured
from models.calls.queueing import Diversion, Diverted, Rank, Ranked, Wished
from models.codec import from_document, to_document

START = datetime(2026, 1, 1, 2, 33, tzinfo=UTC)


def at(seconds: float) -> datetime:
    return START + timedelta(seconds=seconds)


def ring(seconds: float = 0, seat: str = "1001") -> Offered:
    return Offered(f"o{seconds}{seat}", "c", at(seconds), seat, "13800000001", "12356", at(0))


def after(*events: CallEvent) -> Call:
    call = Call("c")
    for event in events:
        call = advance(call, event)
    return call


def test_a_call_rings_is_answered_held_resumed_and_ends() -> None:
    steps: list[tuple[CallEvent, CallState]] = [
        (ring(), CallState.RINGING),
        (Answered("a", "c", at(18), "1001"), CallState.TALKING),
        (Held("h", "c", at(20)), CallState.HELD),
        (Resumed("r", "c", at(30)), CallState.TALKING),
        (Ended("e", "c", at(60), CallEnd.CALLER_HUNG_UP), CallState.ENDED),
    ]
    call = Call("c")
    assert call.state is CallState.WAITING
    for event, state in steps:
        call = advance(call, event)
        assert call.state is state
    assert call.wait_seconds == 18
    assert call.end is CallEnd.CALLER_HUNG_UP


def test_a_ring_that_went_to_the_next_seat_rings_only_there() -> None:
    call = after(ring(0), Withdrawn("w", "c", at(20), "1001"), ring(21, "1002"))
    assert not call.offers["1001"].rings
    assert call.offers["1002"].rings
    assert call.state is CallState.RINGING


def test_a_seat_that_is_rung_again_rings() -> None:
    call = after(ring(0), Withdrawn("w", "c", at(20), "1001"), ring(25))
    assert call.offers["1001"].rings


def test_a_third_party_never_goes_back() -> None:
    call = after(
        Joined("j", "c", at(9), "p"),
        Invited("i", "c", at(1), "p", "110", "110"),
        PartyRang("g", "c", at(2), "p"),
    )
    assert call.parties["p"].phase is PartyPhase.JOINED
    assert call.parties["p"].dial == "110"
    assert after(Left("l", "c", at(3), "p", "busy")).parties["p"].phase is PartyPhase.LEFT


def test_a_conversation_goes_on_without_the_operator_and_takes_them_back() -> None:
    left = after(ring(), Answered("a", "c", at(5), "1001"), Released("l", "c", at(40), on=True))
    assert left.state is CallState.RELEASED
    assert advance(left, Released("b", "c", at(60), on=False)).state is CallState.TALKING
    assert advance(left, Ended("e", "c", at(90), CallEnd.TRANSFERRED)).state is CallState.ENDED


def test_a_conversation_belongs_to_the_seat_it_was_handed_to_last() -> None:
    answered = after(ring(), Answered("a", "c", at(5), "1001"))
    assert answered.holder == "1001"
    first = advance(answered, HandedOver("h", "c", at(40), "1002", "li"))
    assert (first.holder, first.seat) == ("1002", "1001")
    assert advance(first, HandedOver("g", "c", at(50), "1003", "zhao")).holder == "1003"


def test_who_listens_and_the_recording_are_as_last_told() -> None:
    call = after(
        Watched("w2", "c", at(9), "1003", "zhao", Watching.WHISPER),
        Watched("w1", "c", at(5), "1003", "zhao", Watching.LISTEN),
        Taped("t2", "c", at(8), Taping.PAUSED, "r"),
        Taped("t1", "c", at(2), Taping.ON, "r"),
    )
    assert call.watchers["1003"].how is Watching.WHISPER
    assert call.tape is not None
    assert call.tape.state is Taping.PAUSED


def test_a_wish_stays_with_the_call_and_the_last_place_counts() -> None:
    call = after(
        Ranked("r2", "c", at(3), Rank.RISK, "1002"),
        Ranked("r1", "c", at(1), Rank.PLAIN),
        Diverted("d", "c", at(2), Diversion.CLOSED),
        Wished("w", "c", at(9), "13800000001"),
        Ended("e", "c", at(12), CallEnd.CALLER_HUNG_UP),
    )
    assert call.ranking is not None
    assert (call.ranking.rank, call.ranking.seat) == (Rank.RISK, "1002")
    assert call.diverting is not None
    assert call.diverting.to is Diversion.CLOSED
    assert call.wish is not None
    assert (call.wish.number, call.wish.at) == ("13800000001", at(9))


def test_an_unanswered_call_ends_without_a_wait() -> None:
    call = after(ring(), Ended("e", "c", at(9), CallEnd.CALLER_HUNG_UP))
    assert call.state is CallState.ENDED
    assert call.wait_seconds is None


def test_a_call_from_here_rings_there_is_answered_or_ends_with_its_cause() -> None:
    placed = Placed("p", "c", at(0), "1001", "13800000001", "12356", "li", "回电", "b1")
    called = after(placed, Rang("r", "c", at(2)))
    assert (called.state, called.direction, called.rang_at) == (CallState.DIALLING, Direction.OUT, at(2))
    assert state_at(called, "1001") is CallState.DIALLING
    assert state_at(called, "1002") is None
    answered = advance(called, Answered("a", "c", at(5), "1001"))
    assert (answered.state, answered.wait_seconds) == (CallState.TALKING, 5)
    assert advance(answered, Ended("e", "c", at(9), CallEnd.CALLER_HUNG_UP)).cause == ""
    missed = advance(called, Ended("e", "c", at(60), CallEnd.NORMAL, "no_answer"))
    assert (missed.state, missed.cause, missed.about) == (CallState.ENDED, "no_answer", "b1")
    late = advance(missed, Ended("l", "c", at(61), CallEnd.LINE_LOST, "unreachable"))
    assert (late.cause, late.end) == ("no_answer", CallEnd.NORMAL)


_moments = st.integers(0, 6).map(at)
_ids = st.sampled_from("abcdefgh")
_seats = st.sampled_from(("1001", "1002"))
_parties = st.sampled_from(("p", "q"))
_events: st.SearchStrategy[CallEvent] = st.one_of(
    st.builds(
        Offered,
        _ids,
        st.just("c"),
        _moments,
        _seats,
        st.sampled_from(("", "13800000001", "\ud7ff乱码")),
        st.sampled_from(("12356", "")),
        _moments,
    ),
    st.builds(Withdrawn, _ids, st.just("c"), _moments, _seats),
    st.builds(Pressed, _ids, st.just("c"), _moments, st.sampled_from("019*#")),
    st.builds(
        Measured, _ids, st.just("c"), _moments, st.sampled_from(Grade), st.just(1), st.just(2), st.just(3)
    ),
    st.builds(Answered, _ids, st.just("c"), _moments, _seats),
    st.builds(Held, _ids, st.just("c"), _moments),
    st.builds(Resumed, _ids, st.just("c"), _moments),
    st.builds(Muted, _ids, st.just("c"), _moments, st.booleans()),
    st.builds(Invited, _ids, st.just("c"), _moments, _parties, st.just("110"), st.just("110")),
    st.builds(PartyRang, _ids, st.just("c"), _moments, _parties),
    st.builds(Joined, _ids, st.just("c"), _moments, _parties),
    st.builds(Left, _ids, st.just("c"), _moments, _parties, st.sampled_from(("busy", "left"))),
    st.builds(Released, _ids, st.just("c"), _moments, st.booleans()),
    st.builds(HandedOver, _ids, st.just("c"), _moments, _seats, st.sampled_from(("li", "wang"))),
    st.builds(Watched, _ids, st.just("c"), _moments, _seats, st.just("zhao"), st.sampled_from(Watching)),
    st.builds(Taped, _ids, st.just("c"), _moments, st.sampled_from(Taping), st.just("r")),
    st.builds(Ranked, _ids, st.just("c"), _moments, st.sampled_from(Rank), _seats),
    st.builds(Diverted, _ids, st.just("c"), _moments, st.sampled_from(Diversion), st.just("12355")),
    st.builds(Wished, _ids, st.just("c"), _moments, st.sampled_from(("", "13800000001"))),
    st.builds(Ended, _ids, st.just("c"), _moments, st.sampled_from(CallEnd), st.sampled_from(("", "busy"))),
    st.builds(Placed, _ids, st.just("c"), _moments, _seats, st.just("13800000001"), st.just("12356")),
    st.builds(Rang, _ids, st.just("c"), _moments),
)


def _one_each(events: list[CallEvent]) -> list[CallEvent]:
    """An id names one event: witnesses may repeat it, they do not contradict themselves."""
    return list({event.id: event for event in events}.values())


@given(st.lists(_events, max_size=8).map(_one_each), st.data())
def test_order_and_repetition_do_not_matter(events: list[CallEvent], data: st.DataObject) -> None:
    shuffled = data.draw(st.permutations(events))
    repeated = data.draw(st.lists(st.sampled_from(events), max_size=4)) if events else []
    assert after(*events) == after(*shuffled, *repeated)


@given(st.lists(_events, max_size=8).map(_one_each), _events)
def test_an_ended_call_never_comes_back(events: list[CallEvent], late: CallEvent) -> None:
    ended = after(*events, Ended("z", "c", at(3), CallEnd.NORMAL))
    assert advance(ended, late).state is CallState.ENDED


@given(st.lists(_events, max_size=8).map(_one_each))
def test_a_call_survives_its_document(events: list[CallEvent]) -> None:
    call = after(*events)
    assert from_document(Call, to_document(call)) == call
