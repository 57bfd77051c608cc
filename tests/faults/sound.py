"""What a server's database must be at any time, whatever died while it was written."""

from collections import Counter

from sqlalchemy import Engine, select

from server.central.storage.tables import feed_entry, feed_head, operation
from tests.faults.broken import hold


def check_database(engine: Engine) -> None:
    """Each act once; each feed numbered once, and counted as it is. Raises Broken."""
    written = [operation.c[name] for name in ("actor", "at", "type", "entity_id")]
    with engine.connect() as connection:
        acts = Counter(tuple(row) for row in connection.execute(select(*written)))
        heads = list(connection.execute(select(feed_head)))
        entries = list(connection.execute(select(feed_entry)))
    hold("applied once", [act for act, times in acts.items() if times > 1])
    for head in heads:
        here = [row for row in entries if row.feed == head.feed]
        numbers = [row.seq for row in here]
        hold("feed numbers", len(numbers) - len(set(numbers)) or max(numbers, default=0) > head.head)
        hold("feed counts", sum(not row.gone for row in here) - head.n)
