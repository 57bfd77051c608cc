"""Failures are counted and forgotten by many at once, and nobody gets in each other's way."""

from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import Engine, select

from server.central.people.waiting import FREE_FAILURES, wait_after
from server.central.storage.attempts import Attempt, count_attempt, forget_attempts
from server.central.storage.engine import reading
from server.central.storage.tables import sign_in_failure
from tests.server.central.hotline import Hotline

_AT_ONCE = 8
_DAY = 24 * 3600.0


def test_counting_and_forgetting_at_once_never_fails(hotline: Hotline) -> None:
    def one(turn: int) -> None:
        counted = count_attempt(hotline.engine, "li", "one", _DAY, lambda _failures: 0)
        assert counted.allowed
        if turn % 2:
            forget_attempts(hotline.engine, "li", "one")

    with ThreadPoolExecutor(_AT_ONCE) as many:
        list(many.map(one, range(200)))


def test_nobody_shares_a_count_with_an_attempt_at_the_same_time(hotline: Hotline) -> None:
    def one(_turn: int) -> Attempt:
        return count_attempt(hotline.engine, "li", "one", _DAY, wait_after)

    with ThreadPoolExecutor(_AT_ONCE) as many:
        attempts = list(many.map(one, range(40)))
    assert sum(attempt.allowed for attempt in attempts) == FREE_FAILURES


def test_what_is_a_day_old_is_forgotten_by_whoever_comes_next(hotline: Hotline, engine: Engine) -> None:
    for name in ("li", "wang"):
        count_attempt(hotline.engine, name, "one", 0.0, wait_after)
    again = count_attempt(hotline.engine, "li", "one", _DAY + 1, wait_after)
    assert again == Attempt(True, 0, 1)
    with reading(engine) as connection:
        assert connection.scalars(select(sign_in_failure.c.name)).all() == ["li"]
