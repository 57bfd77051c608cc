"""What a gateway writes: the whole call first, then each event once, then what events do not tell."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from models.calls.advance import advance
from models.calls.call import Call
from models.calls.events import Answered, CallEnd, CallEvent, Ended, Held, Offered, Resumed
from models.calls.reduce import reduce
from models.calls.witnessing import Seen, acts_of

SECRET = b"secret of a gateway"
START = datetime(2026, 1, 1, tzinfo=UTC)
CALL = Call("c", "jinzhong", "13800000001", "12356", entered_at=START)
EVENTS: tuple[CallEvent, ...] = (
    Offered("o", "c", START + timedelta(seconds=1), "1001", CALL.number, CALL.dialled, START),
    Answered("a", "c", START + timedelta(seconds=5), "1001"),
    Held("h", "c", START + timedelta(seconds=9)),
    Resumed("r", "c", START + timedelta(seconds=12)),
    Ended("e", "c", START + timedelta(seconds=60), CallEnd.CALLER_HUNG_UP),
)


def test_the_whole_call_comes_first_and_each_event_under_its_own_id() -> None:
    acts, written = acts_of(None, Seen(CALL, START), "gateway", SECRET)
    assert [(act.type, act.id, act.actor) for act in acts] == [("call.add", "c", "gateway")]
    for event in EVENTS:
        acts, written = acts_of(written, Seen(advance(written, event), event.at, event), "gateway", SECRET)
        assert [(act.op, act.type) for act in acts] == [(event.id, "call.event")]


def test_what_was_written_already_is_not_written_again() -> None:
    _, written = acts_of(None, Seen(CALL, START), "gateway", SECRET)
    assert acts_of(written, Seen(CALL, START + timedelta(hours=1)), "gateway", SECRET) == ([], written)


def test_what_no_event_tells_is_told_by_the_whole_call() -> None:
    answered = EVENTS[1]
    after = replace(advance(CALL, answered), operator="li")
    acts, written = acts_of(CALL, Seen(after, answered.at, answered), "gateway", SECRET)
    assert [act.type for act in acts] == ["call.event", "call.add"]
    assert written.operator == "li"


def test_the_acts_make_the_call_that_was_seen_in_any_order_and_however_often() -> None:
    written, seen, told = None, CALL, []
    for event in EVENTS:
        seen = advance(seen, event)
        acts, written = acts_of(written, Seen(seen, event.at, event), "gateway", SECRET)
        told += acts
    for order in (told, told[::-1], told + told):
        known: Call | None = None
        for act in order:
            known = reduce(known, act, 0).entity
        assert known == seen == written


def test_no_number_can_be_guessed_from_the_id_of_an_act() -> None:
    (told,), _ = acts_of(None, Seen(CALL, START), "gateway", SECRET)
    (again,), _ = acts_of(None, Seen(CALL, START), "gateway", SECRET)
    (guessed,), _ = acts_of(None, Seen(CALL, START), "gateway", b"guess")
    assert told.op == again.op != guessed.op
