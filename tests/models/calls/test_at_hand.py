"""Which call is meant where there are several."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import permutations

import pytest

from models.calls.at_hand import at_hand, in_front
from models.calls.call import CallState

NOW = datetime(2026, 11, 1, 14, 0, tzinfo=UTC)
BY_ACTS = ("talking", "held", "dialling", "released", "ended", "ringing")
BY_CARD = ("talking", "held", "dialling", "ringing", "released", "ended")


@dataclass(frozen=True)
class One:
    id: str
    state: CallState
    ended_at: datetime | None = None


def named(call: One | None) -> str:
    return call.id if call else ""


@pytest.mark.parametrize("first", range(len(BY_ACTS)))
def test_what_is_done_is_about_a_ring_last_and_the_card_shows_it_before_what_is_over(first: int) -> None:
    acts = [One(name, CallState(name), NOW) for name in BY_ACTS[first:]]
    cards = [One(name, CallState(name), NOW) for name in BY_CARD[first:]]
    for calls in permutations(acts[:3]):
        assert named(at_hand([*calls, *acts[3:]])) == BY_ACTS[first]
    for calls in permutations(cards[:3]):
        assert named(in_front([*calls, *cards[3:]])) == BY_CARD[first]


@pytest.mark.parametrize("choose", [at_hand, in_front])
def test_of_several_that_are_over_the_one_that_is_written_about_else_the_last(
    choose: Callable[..., One | None],
) -> None:
    over = [One(str(n), CallState.ENDED, NOW + timedelta(minutes=n)) for n in (1, 3, 2)]
    assert named(choose(over)) == "3"
    assert named(choose(over, "2")) == "2"
    assert named(choose([*over, One("unknown", CallState.ENDED)], "another")) == "3"
    held = [One("a", CallState.HELD), One("b", CallState.HELD)]
    assert [named(choose(held, written)) for written in ("", "b", "3")] == ["a", "b", "a"]
    assert choose([]) is None
    assert named(choose([One("w", CallState.WAITING)], "w")) == ""
