"""Who calls a workstation with many notes: invented persons, cases and caller plans beside the notes."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random
from typing import Any

from sqlalchemy import Connection, insert, text

from console.storage.indexing import index_some
from console.storage.linking import link_all
from console.storage.records import Stored, row_of
from console.storage.tables import record, record_feed
from models.cases.caller_plan import CallerPlan, PlanText, PlanVersion, plan_id
from models.cases.case import Case, Line, Task
from models.codec import Document, to_document
from models.people.person import Meeting, Naming, Part, Person, Told
from models.sync.record import Versioned
from tests.bench.notes import sentence

PERSONS, CASES, PLANS = 5_000, 1_000, 200
OFTEN, CALLS_OFTEN = 20, 500
"""So many of them called so often, the last of all; the others up to ten times."""

_BATCH = 1_000
_FEED = "line:beijing"


def fill_known(connection: Connection, now: datetime, author: str) -> None:
    """Put them beside the notes, in the index too."""
    chance = Random(12356)
    records = [one for n in range(PERSONS) for one in _of_person(n, now, author, chance)]
    rows: list[dict[str, Any]] = []
    for kind, entity, document in records:
        state = Versioned(document, 1)
        rows.append(row_of(Stored((kind, entity), state, state, covered=True)))
    connection.execute(insert(record), rows)
    feeds = [{"feed": _FEED, "type": row["type"], "id": row["id"], "ver": 1} for row in rows]
    connection.execute(insert(record_feed), feeds)
    link_all(connection)
    waiting = [{"type": row["type"], "id": row["id"]} for row in rows]
    connection.execute(text("INSERT INTO search_pending (type, id) VALUES (:type, :id)"), waiting)
    while connection.exec_driver_sql("SELECT 1 FROM search_pending LIMIT 1").scalar():
        index_some(connection, _BATCH)


def _of_person(n: int, now: datetime, author: str, chance: Random) -> Iterator[tuple[str, str, Document]]:
    last = now - timedelta(hours=8 * n)
    calls = CALLS_OFTEN if n < OFTEN else chance.randrange(1, 11)
    times = [last - timedelta(days=place) for place in range(calls)][::-1]
    person = Person(
        f"person-{n}",
        "beijing",
        author,
        times[0],
        (Naming(f"{n}-a", times[0], author, sentence(chance, 1), sentence(chance, 1)),),
        meetings=tuple(
            Meeting(f"{n}-m{place}", at, author, f"{n}-{place}", Part.SELF, at)
            for place, at in enumerate(times)
        ),
        told=tuple(
            Told(f"{n}-t{place}", at, author, f"{n}-{place}", f"{n}-r{place}", 900, "R2", "R3")
            for place, at in enumerate(times)
        ),
    )
    yield "person", person.id, to_document(person)
    if n < CASES:
        story = tuple(Line(f"{n}-l{line}", last, author, sentence(chance, 20)) for line in range(10))
        tasks = (Task(f"{n}-k", last, author, sentence(chance, 8)),)
        case = Case(f"case-{n}", "beijing", author, person.id, times[0], story=story, tasks=tasks)
        yield "case", case.id, to_document(case)
    if n < PLANS:
        words = PlanText(sentence(chance, 20), sentence(chance, 10))
        version = PlanVersion(f"{n}-v", last, author, "", words, last, author)
        plan = CallerPlan(plan_id(person.id), "beijing", author, person.id, versions=(version,))
        yield "caller_plan", plan.id, to_document(plan)
