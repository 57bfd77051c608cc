"""Whether a server slows down with its records: pushes beside 10,000 of them and beside 1,000,000."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from time import perf_counter

import psycopg

from tests.bench.figures import percentile
from tests.bench.sync.central import SITES, Central, central, cluster
from tests.bench.sync.device import Device, enrolled
from tests.bench.sync.notes import pushes

ROUNDS = 3
PROCESSES = 2
DEVICES = 4
FIRST = 1_250
MEASURED = 2_500
TIMES = 99

# Each note is a record, its card another: 10,000 records are the notes that were really pushed, the others
# are like them, with ids of earlier moments as those of older records are, and calls as a gateway names them.
_FILL = """
CREATE TEMPORARY TABLE filled AS
SELECT lpad(to_hex(1700000000000 + row_number() OVER ()), 12, '0') || '7'
  || substr(md5(random()::text), 1, 19) AS new_id, md5(random()::text) AS new_call, record.id AS old_id, n
FROM record CROSS JOIN generate_series(1, %(times)s) AS n WHERE record.type = 'note';
CREATE TEMPORARY TABLE headed AS
SELECT feed_entry.type, new_id, feed_entry.feed, feed_entry.ver, feed_head.head
  + row_number() OVER (PARTITION BY feed_entry.feed) AS seq
FROM filled JOIN feed_entry ON feed_entry.id = old_id JOIN feed_head ON feed_head.feed = feed_entry.feed;
INSERT INTO record (type, id, ver, seal, content, coded, site, author, call, note, level, caller, at, taken)
SELECT type, new_id, ver, seal, content, coded, site, author,
  CASE type WHEN 'note' THEN new_call ELSE call END, CASE type WHEN 'note' THEN new_id ELSE note END,
  level, caller, at, taken
FROM filled JOIN record ON record.id = old_id;
INSERT INTO operation (op_id, epoch, seq, h, type, entity, entity_id, actor, at, received_at, base, v, seal,
  content, outcome, why, ver)
SELECT substr(new_id, 1, 20) || substr(md5(new_id), 1, 12), 'filled-' || n || epoch, seq, h, type, entity,
  new_id, actor, at, received_at, base, v, seal, content, outcome, why, ver
FROM filled JOIN operation ON operation.entity = 'note' AND operation.entity_id = old_id;
INSERT INTO feed_entry (type, id, feed, seq, ver, gone)
SELECT type, new_id, feed, seq, ver, false FROM headed;
UPDATE feed_head SET head = most, n = most FROM
  (SELECT feed, max(seq) AS most FROM headed GROUP BY feed) AS filled_feed
WHERE filled_feed.feed = feed_head.feed;
"""


def measure() -> Iterator[tuple[str, float, str]]:
    """The median rate beside many records, as a share of that beside few, measured in turn."""
    few, many = [], []
    with cluster() as running, central(running, PROCESSES) as small, central(running, PROCESSES) as large:
        _push(small, FIRST)
        _push(large, FIRST)
        _fill(large)
        for _ in range(ROUNDS):
            few.append(_push(small, MEASURED))
            many.append(_push(large, MEASURED))
    yield "push_rate_at_1m_ratio", percentile(many, 50) / percentile(few, 50), "times"


def _push(server: Central, notes: int) -> float:
    """Notes a second, by devices of two sites at two processes."""
    devices = [
        enrolled(server.folder, server.addresses[n % PROCESSES], f"u{n}", SITES[n // 2 % 2])
        for n in range(DEVICES)
    ]
    packed = [
        list(pushes(one.epoch, one.who.operator, SITES[n // 2 % 2], notes)) for n, one in enumerate(devices)
    ]
    with ThreadPoolExecutor(DEVICES) as threads:
        before = perf_counter()
        list(threads.map(_push_all, devices, packed))
        taken = perf_counter() - before
    for one in devices:
        one.close()
    return DEVICES * notes / taken


def _push_all(device: Device, packed: list[bytes]) -> None:
    for body in packed:
        device.push(body)


def _fill(server: Central) -> None:
    with psycopg.connect(server.database, autocommit=True) as connection:
        for statement in (_FILL % {"times": TIMES}).split(";\n"):
            if statement.strip():
                connection.execute(statement.encode())
        found = connection.execute("SELECT count(*) FROM record").fetchone()
        if found != (2 * DEVICES * FIRST * (TIMES + 1),):
            raise RuntimeError(f"{found} records instead of a million")
        connection.execute("VACUUM ANALYZE")
        connection.execute("CHECKPOINT")
