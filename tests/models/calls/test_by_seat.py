"""Where a call is at all, it is found by its seat."""

from hypothesis import given
from hypothesis import strategies as st

from models.calls.call import Call
from models.calls.events import CallEvent, HandedOver, Invited, Joined
from models.calls.place import by_seat, state_at
from tests.models.calls.test_advance import _events, _ids, _moments, _parties, after

SEATS = ("1001", "1002", "1003", "1009")

_seats = st.sampled_from(SEATS)
_more: st.SearchStrategy[CallEvent] = st.one_of(
    _events,
    st.builds(Invited, _ids, st.just("c"), _moments, _parties, st.just(""), st.just(""), _seats),
    st.builds(Joined, _ids, st.just("c"), _moments, _parties),
    st.builds(HandedOver, _ids, st.just("c"), _moments, _seats, st.just("")),
)


@given(st.lists(_more, max_size=12))
def test_no_seat_misses_a_call(happened: list[CallEvent]) -> None:
    call = after(*happened)
    here = by_seat([call])
    assert all(call in here.get(seat, []) for seat in SEATS if state_at(call, seat) is not None)


def test_other_seats_look_at_no_call() -> None:
    assert by_seat([Call("c")]).keys() <= {""}
