"""Searching in 100,000 notes, and for who calls, beside LIKE; the start over them; how large the file is."""

import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path
from time import perf_counter

from console.session.keys import open_vault
from console.session.profile import Profile, save
from console.session.secret_store import NoSecretStore
from console.storage.connecting import connect_reading
from console.storage.finding import Finder
from console.storage.opening import open_engine
from models.clock import SystemClock
from models.people.operator import Operator, Role
from models.search.wish import PAGE, Filters, Wish
from tests.bench.figures import percentile
from tests.bench.known import fill_known
from tests.bench.notes import NOTES, OLDEST, RARE, fill
from tests.bench.stand import OPERATOR, PASSWORD
from tests.bench.starting import starts

ROUNDS = 60
LIKE_ROUNDS = 3
STARTS = 5
WISHES = {
    "one sign, in every note": Wish("的"),
    "one sign, rare": Wish(RARE),
    "one sign, nowhere": Wish("鑫"),
    "two, in most notes": Wish("来电"),
    "two, rare": Wish("手段"),
    "two, nowhere": Wish("鑫鑫"),
    "three, in most": Wish("来电者"),
    "three, common pairs, nowhere": Wish("练习的失眠了"),
    "a long phrase of the oldest note": Wish(OLDEST),
    "two terms": Wish("失业 桥边"),
    "the last digits of a number": Wish("8000"),
    "one digit": Wish("1"),
    "one letter": Wish("p"),
    "a common word of one category": Wish("来电", Filters(category="C3", city="晋中市")),
    "a common word of a level that none has": Wish("来电", Filters(level="R4")),
    "a common word in the older half": Wish("来电", Filters(until=SystemClock().now() - timedelta(days=900))),
    "a common word among calls, which have no words": Wish("来电", Filters(kind="call")),
    "a sign right before a letter, nowhere": Wish("的p"),
    "a common word among persons": Wish("来电", Filters(kind="person")),
    "a common word among cases": Wish("来电", Filters(kind="case")),
    "all persons, those who called most first": Wish("", Filters(kind="person")),
    "twelve terms": Wish("来 电 者 的 了 我 失 业 桥 边 不 练"),
}


def measure() -> Iterator[tuple[str, float, str]]:
    """The slowest kind of query at its 95th percentile; LIKE at its median by ours; seconds; bytes."""
    with tempfile.TemporaryDirectory() as folder:
        path, key, size = _filled(Path(folder))
        finder = Finder(path, key, OPERATOR)
        slowest = max(_p95(name, partial(finder.find, wish)) for name, wish in WISHES.items())
        yield "search_ms_p95", slowest, "ms"
        yield "search_vs_like", _like(path, key) / _median(finder), "times"
        finder.close()
        yield "bytes_per_record", size / (2 * NOTES), "bytes"
        yield "start_100k_s", percentile([seconds for seconds, _ in starts(folder, STARTS)], 50), "s"


def _p95(name: str, search: Callable[[], object]) -> float:
    taken = []
    for _ in range(ROUNDS):
        before = perf_counter()
        search()
        taken.append((perf_counter() - before) * 1000)
    sys.stderr.write(f"{percentile(taken, 50):8.2f} {percentile(taken, 95):8.2f} ms  {name}\n")
    return percentile(taken, 95)


def _median(finder: Finder) -> float:
    """Of a word of two signs that few notes hold, in ms."""
    taken = []
    for _ in range(ROUNDS):
        before = perf_counter()
        finder.find(Wish(OLDEST[:2]))
        taken.append((perf_counter() - before) * 1000)
    return percentile(taken, 50)


def _like(path: Path, key: bytes) -> float:
    connection = connect_reading(path, key)
    taken = []
    for _ in range(LIKE_ROUNDS):
        before = perf_counter()
        connection.execute(
            "SELECT doc FROM record WHERE type = 'note' AND doc LIKE ? ORDER BY at DESC LIMIT ?",
            (f"%{OLDEST[:2]}%", PAGE),
        ).fetchall()
        taken.append((perf_counter() - before) * 1000)
    connection.close()
    return percentile(taken, 50)


def _filled(folder: Path) -> tuple[Path, bytes, int]:
    """The file, its key, and how large it was with notes and calls alone."""
    clock, me = SystemClock(), Operator(OPERATOR, "张医生", "psychiatrist", "beijing", (Role.OPERATOR,))
    vault = open_vault(folder, OPERATOR, PASSWORD, NoSecretStore())
    save(folder / f"{OPERATOR}.profile", vault.key, Profile(me, "", clock.now(), "c2VjcmV0", "refresh"))
    engine = open_engine(vault.database, vault.key, OPERATOR, practice=False)
    with engine.begin() as connection:
        fill(connection, OPERATOR)
    engine.dispose()
    size = vault.database.stat().st_size
    engine = open_engine(vault.database, vault.key, OPERATOR, practice=False)
    with engine.begin() as connection:
        fill_known(connection, clock.now(), OPERATOR)
    engine.dispose()
    return vault.database, vault.key, size
