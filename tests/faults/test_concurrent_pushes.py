"""Many push at once while others pull: no reader ever misses a number, in whichever order they commit."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotYet
from threading import Event

import pytest
from sqlalchemy import Connection, Engine, text

from models.people.operator import Role
from models.sync.feeds import alert_feed, shift_feed
from server.central.storage.engine import writing
from server.central.storage.feeds import lock_heads
from tests.faults.sound import check_database
from tests.server.central.hotline import Case, Hotline, Workstation
from tests.support.soak import runs

_WRITERS = 6
_READERS = 3
_ROUNDS = runs(6, 60)
_BLOCKED_SECONDS = 0.5
_PATIENCE_SECONDS = 120.0


@pytest.fixture
def threads() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(_WRITERS + _READERS) as threads:
        yield threads


def test_who_pulls_meanwhile_misses_nothing(
    hotline: Hotline, engine: Engine, threads: ThreadPoolExecutor
) -> None:
    over = Event()
    writers = [threads.submit(_write, hotline.seat()) for _ in range(_WRITERS)]
    readers = [threads.submit(_read, hotline.seat(Role.LEAD), over) for _ in range(_READERS)]
    written = sum(writer.result(_PATIENCE_SECONDS) for writer in writers)
    over.set()
    fresh = hotline.seat(Role.LEAD).pull_all()
    for reader in readers:
        lead = reader.result(_PATIENCE_SECONDS)
        assert {feed: held for feed, held in lead.drawer.items() if held} == fresh.drawer
    assert len(fresh.drawer[shift_feed(hotline.site)]) == written
    alarming = [kind for kind, _ in fresh.drawer[alert_feed(hotline.site)]]
    assert alarming.count("risk") == written
    check_database(engine)


@pytest.mark.parametrize("database", [pytest.param("postgresql", marks=pytest.mark.postgres)], indirect=True)
def test_a_push_waits_for_the_one_that_has_its_number(
    hotline: Hotline, engine: Engine, threads: ThreadPoolExecutor
) -> None:
    # A transaction that is open holds the next number of the feed; who commits first has the lower one.
    desk, lead = hotline.seat(), hotline.seat(Role.LEAD)
    case = Case(desk)
    with writing(engine) as open_still:
        lock_heads(open_still, [shift_feed(hotline.site)])
        later = threads.submit(desk.push, case.add(), case.open())
        with pytest.raises(NotYet):
            later.result(_BLOCKED_SECONDS)
        assert lead.pull_all().drawer == {}
    later.result(_PATIENCE_SECONDS)
    assert lead.pull_all().has(shift_feed(hotline.site), "note.card", case.note)


@pytest.mark.parametrize("database", [pytest.param("postgresql", marks=pytest.mark.postgres)], indirect=True)
def test_a_reader_of_a_plain_sequence_would_miss_a_row(engine: Engine, threads: ThreadPoolExecutor) -> None:
    # The wrong variant, to show that what is tested can fail: ids are given in one order, and committed in
    # the other, while somebody reads all that is above the last one.
    with writing(engine) as connection:
        connection.execute(text("CREATE TABLE plain (id bigserial PRIMARY KEY, word text)"))
    seen: list[str] = []
    with engine.connect() as slow, slow.begin():
        _add(slow, "first")
        threads.submit(_add_at_once, engine, "second").result(_PATIENCE_SECONDS)
        last = _read_after(engine, 0, seen)
    _read_after(engine, last, seen)
    assert seen == ["second"]
    with engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM plain")).scalar_one() == 2


def _write(desk: Workstation) -> int:
    for _ in range(_ROUNDS):
        case = Case(desk)
        desk.push(case.add(), case.open())
        desk.push(case.draft("说", 1), case.answer("acting"))
    return _ROUNDS


def _read(lead: Workstation, over: Event) -> Workstation:
    # Each page must begin where the last one ended: `pull` itself looks at that.
    while not over.is_set():
        lead.pull(7)
    return lead.pull_all(7)


def _add(connection: Connection, word: str) -> None:
    connection.execute(text("INSERT INTO plain (word) VALUES (:word)"), {"word": word})


def _add_at_once(engine: Engine, word: str) -> None:
    with writing(engine) as connection:
        _add(connection, word)


def _read_after(engine: Engine, last: int, seen: list[str]) -> int:
    with engine.connect() as connection:
        query = text("SELECT id, word FROM plain WHERE id > :last ORDER BY id")
        rows = connection.execute(query, {"last": last}).all()
    seen.extend(row.word for row in rows)
    return max([last, *(int(row.id) for row in rows)])
