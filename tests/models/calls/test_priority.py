from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.calls.priority import MANY_RINGS, Arrival, Standing, first_seat, rank_of, weight_of
from models.calls.queueing import Rank

NOW = datetime(2026, 3, 1, 22, 0, tzinfo=UTC)
LATER, BEFORE = NOW + timedelta(days=1), NOW - timedelta(seconds=1)
CROWD = MANY_RINGS + 1


@pytest.mark.parametrize(
    ("emergency", "rings", "known", "rank"),
    [
        (False, 0, Standing(), Rank.PLAIN),
        (False, 1, Standing(), Rank.PLAIN),
        (False, MANY_RINGS, Standing(), Rank.PLAIN),
        (False, CROWD, Standing(), Rank.CROWD),
        (True, 1, Standing(), Rank.EMERGENCY),
        (True, CROWD, Standing(), Rank.EMERGENCY),
        (True, 1, Standing(lowered_until=LATER), Rank.EMERGENCY),
        (False, 1, Standing("R3", "li"), Rank.RISK),
        (False, 1, Standing("R4"), Rank.RISK),
        (False, CROWD, Standing("R4", "li"), Rank.CROWD),
        (False, 1, Standing(lowered_until=LATER), Rank.LOWERED),
        (False, 1, Standing(lowered_until=NOW), Rank.PLAIN),
        (False, 1, Standing(lowered_until=BEFORE), Rank.PLAIN),
        (False, CROWD, Standing(lowered_until=LATER), Rank.LOWERED),
        (False, 1, Standing("R3", lowered_until=LATER), Rank.RISK),
        (False, CROWD, Standing("R3", lowered_until=LATER), Rank.CROWD),
    ],
)
def test_the_rank_of_a_caller(emergency: bool, rings: int, known: Standing, rank: Rank) -> None:
    assert rank_of(Arrival(NOW, emergency, rings), known) is rank


def test_the_order_of_the_ranks() -> None:
    ranks = sorted(Rank, key=weight_of, reverse=True)
    assert ranks == [Rank.EMERGENCY, Rank.RISK, Rank.PLAIN, Rank.CROWD, Rank.LOWERED]
    assert [weight_of(rank) for rank in ranks] == [50, 40, 30, 20, 10]


@pytest.mark.parametrize(
    ("known", "rank", "free", "seat"),
    [
        (Standing("R4", "li"), Rank.RISK, {"li": "1002", "wang": "1001"}, "1002"),
        (Standing("R4", "li"), Rank.RISK, {"wang": "1001"}, ""),
        (Standing("R4", ""), Rank.RISK, {"": "1003"}, ""),
        (Standing("R4", "li"), Rank.CROWD, {"li": "1002"}, ""),
        (Standing("R4", "li"), Rank.EMERGENCY, {"li": "1002"}, ""),
        (Standing("", "li"), Rank.PLAIN, {"li": "1002"}, "1002"),
        (Standing("", ""), Rank.PLAIN, {"": "1003"}, ""),
        (Standing("", "li"), Rank.LOWERED, {"li": "1002"}, ""),
    ],
)
def test_the_own_counsellor_is_rung_first(
    known: Standing, rank: Rank, free: dict[str, str], seat: str
) -> None:
    assert first_seat(known, rank, free) == seat


_moments = st.integers(-5, 5).map(lambda n: NOW + timedelta(minutes=n))
_known = st.builds(
    Standing, st.sampled_from(("", "R3", "R4")), st.sampled_from(("", "li")), st.none() | _moments
)


@given(_moments, st.integers(0, 2000), _known, _moments, st.integers(0, 2000), _known)
def test_nobody_passes_the_police(
    at: datetime, rings: int, known: Standing, then: datetime, again: int, other: Standing
) -> None:
    first = weight_of(rank_of(Arrival(at, emergency=True, rings=rings), known))
    assert first > weight_of(rank_of(Arrival(then, rings=again), other))


@given(_moments, _known, st.integers(0, 2000), st.integers(0, 2000))
def test_ringing_more_often_never_helps(at: datetime, known: Standing, rings: int, more: int) -> None:
    once = weight_of(rank_of(Arrival(at, rings=rings), known))
    assert weight_of(rank_of(Arrival(at, rings=rings + more), known)) <= once


@given(_moments, st.integers(MANY_RINGS + 1, 2000), _known, _moments)
def test_a_flood_is_never_before_an_unknown_caller(
    at: datetime, rings: int, known: Standing, then: datetime
) -> None:
    flood = weight_of(rank_of(Arrival(at, rings=rings), known))
    assert flood < weight_of(rank_of(Arrival(then, rings=1)))


@given(_moments, st.integers(0, MANY_RINGS), _known)
def test_no_mark_hides_an_open_case(at: datetime, rings: int, known: Standing) -> None:
    marked = Standing("R3", known.counsellor, at + timedelta(days=1))
    assert rank_of(Arrival(at, rings=rings), marked) is Rank.RISK
