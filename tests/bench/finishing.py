"""From finishing a record to its row in PostgreSQL on loopback."""

import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import psycopg

from console.workstation import Workstation
from models.clock import SystemClock
from tests.bench.desk import console, until
from tests.bench.figures import percentile
from tests.bench.stand import stand
from tests.support.postgres import programs, running_cluster

ROUNDS = 20


def measure() -> Iterator[tuple[str, float, str]]:
    """The median of twenty records in milliseconds."""
    binaries = programs()
    if binaries is None:
        raise RuntimeError("PostgreSQL is not installed")
    with running_cluster(binaries, durable=True) as cluster, tempfile.TemporaryDirectory() as folder:
        name = cluster.create_database()
        with stand(Path(folder), cluster.address(name)) as here, console(here) as (app, station):
            rows = psycopg.connect(cluster.address(name, "postgresql"), autocommit=True)
            clock, taken = SystemClock(), []
            for n in range(ROUNDS):
                call = app.io.run(_open(station)).result()
                note = until(app, partial(_note, station, call))
                app.parts.note.edited.emit("complaint", f"第 {n} 条")
                before = clock.monotonic()
                app.parts.note.finish_wanted.emit("练习")
                until(app, partial(_finished, rows, note))
                taken.append((clock.monotonic() - before) * 1000)
                app.bridge.wish(station.calls.close_by_hand, call)
            rows.close()
    yield "finish_to_server_ms", percentile(taken, 50), "ms"


async def _open(station: Workstation) -> str:
    return station.calls.open_by_hand("13800000001").id


def _note(station: Workstation, call: str) -> str:
    note = station.notes.desk.value.note
    return note.id if note and note.call == call else ""


def _finished(rows: "psycopg.Connection", note: str) -> bool:
    # What is written is sealed; the act by which it was finished stands there by its name.
    asked = "select 1 from operation where type = 'note.finish' and entity_id = %s and outcome = 'applied'"
    return rows.execute(asked, (note,)).fetchone() is not None
