from datetime import UTC, datetime, timedelta

from models.clock import ManualClock
from models.trusted_time import TrustedTime

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)


def test_a_clock_that_jumps_moves_nothing() -> None:
    clock = ManualClock(NOON)
    time = TrustedTime(clock, NOON - timedelta(hours=1))
    clock.current += timedelta(days=1)
    clock.elapsed += 60
    assert time.now() == NOON - timedelta(minutes=59)


def test_the_server_moves_it_forward_and_never_back() -> None:
    clock = ManualClock(NOON)
    time = TrustedTime(clock, NOON)
    time.told(NOON + timedelta(hours=2))
    assert time.now() == NOON + timedelta(hours=2)
    time.told(NOON)
    clock.forward(1)
    assert time.now() == NOON + timedelta(hours=2, seconds=1)


def test_before_the_first_word_of_a_server_the_wall_clock_is_all_there_is() -> None:
    clock = ManualClock(NOON)
    time = TrustedTime(clock)
    assert time.now() == NOON
    time.told(NOON - timedelta(days=1))
    assert time.now() == NOON - timedelta(days=1)
