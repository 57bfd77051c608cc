"""Transactions that commit in another order than they took their numbers: a reader misses nothing."""

from collections.abc import Callable, Collection, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotYet
from contextlib import AbstractContextManager, contextmanager
from threading import Event
from typing import Any
from unittest.mock import patch

import pytest
from sqlalchemy import Connection, Engine, Table, func, select, text

from models.people.operator import Role
from models.sync.feeds import shift_feed
from server.central.storage import bulk, feeds
from server.central.storage.engine import writing
from server.central.storage.feeds import Head, lock_heads
from server.central.storage.tables import feed_entry, feed_head
from server.central.sync import pull
from tests.server.central.hotline import Case, Hotline

_BLOCKED_SECONDS = 0.5
_PATIENCE_SECONDS = 120.0
_Lock = Callable[[Connection, Iterable[str]], dict[str, Head]]


@contextmanager
def _gated(_engine: Engine) -> Iterator[_Lock]:
    yield lock_heads


@contextmanager
def _plain(engine: Engine) -> Iterator[_Lock]:
    """The wrong variant, `id > last`: numbers of a sequence over the same tables, and nobody waits."""
    with writing(engine) as connection:
        connection.execute(text("CREATE SEQUENCE plain"))
    real = bulk.put_rows

    def headless(connection: Connection, table: Table, *rows: Any) -> None:
        if table is not feed_head:
            real(connection, table, *rows)

    with (
        patch.object(feeds, "_locking_query", feeds._heads_query),
        patch.object(feeds, "put_rows", headless),
        patch.object(pull, "heads_of", _plain_heads),
    ):
        yield _plain_lock


def _plain_lock(connection: Connection, names: Iterable[str]) -> dict[str, Head]:
    number = connection.execute(text("SELECT nextval('plain')")).scalar_one()
    return {feed: Head(1000 * int(number), 0, f"{0:016x}") for feed in names}


def _plain_heads(connection: Connection, names: Collection[str]) -> dict[str, Head]:
    last = select(feed_entry.c.feed, func.max(feed_entry.c.seq)).group_by(feed_entry.c.feed)
    known = {feed: int(seq) for feed, seq in connection.execute(last)}
    return {feed: Head(known.get(feed, 0), 0, f"{0:016x}") for feed in names}


@pytest.mark.parametrize("database", [pytest.param("postgresql", marks=pytest.mark.postgres)], indirect=True)
@pytest.mark.parametrize(("numbering", "missed"), [(_gated, 0), (_plain, 1)], ids=["gated", "plain"])
def test_who_took_a_number_first_and_commits_last_is_not_missed(
    hotline: Hotline,
    engine: Engine,
    numbering: Callable[[Engine], AbstractContextManager[_Lock]],
    missed: int,
) -> None:
    took, go = Event(), Event()
    lead, shift = hotline.seat(Role.LEAD), shift_feed(hotline.site)

    def push() -> None:
        case = Case(hotline.seat())
        case.at.push(case.open())

    push()
    with ThreadPoolExecutor(2) as threads, numbering(engine) as lock:

        def pausing(connection: Connection, names: Iterable[str]) -> dict[str, Head]:
            heads = lock(connection, names)
            if not took.is_set():
                took.set()
                assert go.wait(_PATIENCE_SECONDS)
            return heads

        with patch.object(feeds, "lock_heads", pausing):
            first = threads.submit(push)
            assert took.wait(_PATIENCE_SECONDS)
            second = threads.submit(push)
            if missed:
                second.result(_PATIENCE_SECONDS)
            else:
                with pytest.raises(NotYet):
                    second.result(_BLOCKED_SECONDS)
            lead.pull()
            go.set()
            for one in (first, second):
                one.result(_PATIENCE_SECONDS)
        lead.pull()
        fresh = hotline.seat(Role.LEAD)
        fresh.pull()
    assert len(fresh.drawer[shift]) == len(["earlier", "first", "second"])
    assert len(set(fresh.drawer[shift]) - set(lead.drawer[shift])) == missed
