"""Wrong variants of the protocol, each of which one of the checks must catch."""

import gzip
import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from itertools import count
from typing import Any
from unittest.mock import patch

import httpx2
from sqlalchemy import Connection, delete, func, insert, select, update

from console.storage import performing, pulling, sending
from console.storage.documents import dump, dump_operation, load_operation
from console.storage.storage import Storage
from console.storage.tables import cursor, outbox, refused
from console.storage.tables import record as kept_record
from console.storage.tables.trace import trace_entry
from console.storage.values import Applied, FeedItem, Page
from console.sync import api
from console.sync import pulling as rounds
from models.notes import reduce as notes
from models.notes.note import Note
from models.operation import Operation, Outcome, Reduced
from models.people.proof import NONCE_HEADER
from models.wire.sync import Push
from server.central.storage.tables import feed_entry, feed_head, record
from tests.faults.simulation.center import Center
from tests.faults.simulation.killing import Killed
from tests.faults.simulation.story import USUAL, Kind

_PUSH = "/sync/v1/push"
_STEPS = 50


@contextmanager
def what_left_without_an_answer_counts_as_never_sent() -> Iterator[None]:
    real = Storage.next_push

    def forgetful(storage: Storage, limit: int) -> Any:
        batch = real(storage, limit)
        with storage._transaction() as connection:
            connection.execute(update(outbox).values(sent_at=None))
        return batch

    with patch.object(Storage, "next_push", forgetful):
        yield


@contextmanager
def rows_are_dropped_by_the_highest_number() -> Iterator[None]:
    real = Storage.acknowledge
    last = [0]

    def dropping(storage: Storage, *arguments: Any) -> Any:
        answer = real(storage, *arguments)
        with storage._transaction() as connection:
            connection.execute(delete(outbox).where(outbox.c.seq <= last[0]))
        return answer

    def listening(_request: Any, answer: dict[str, Any]) -> dict[str, Any]:
        last[0] = answer["last"]
        return answer

    with patch.object(Storage, "acknowledge", dropping), _answering(listening):
        yield


@contextmanager
def a_pull_overwrites_what_waits() -> Iterator[None]:
    real = Storage.apply_page

    def overwriting(storage: Storage, page: Page) -> Applied:
        applied = real(storage, page)
        with storage._transaction() as connection:
            for item in page.items if not applied.left_aside else ():
                if item.document is not None:
                    here = (kept_record.c.type == item.type, kept_record.c.id == item.id)
                    values = {"doc": dump(item.document), "ver": item.version}
                    connection.execute(update(kept_record).where(*here).values(**values))
        return applied

    with patch.object(Storage, "apply_page", overwriting):
        yield


@contextmanager
def what_no_feed_covers_goes_with_the_first_page() -> Iterator[None]:
    """A feed in doubt is pulled anew, in pages: what stands on a later one is gone until then."""
    real, rounds = Storage.apply_page, count()

    def hasty(storage: Storage, page: Page) -> Applied:
        applied = real(storage, page)
        with storage._transaction() as connection:
            if page.more and not applied.left_aside:
                pulling._purge(connection)
            elif next(rounds) % 2:
                pulling._doubt(connection, page.feeds)
        return applied

    with patch.object(Storage, "apply_page", hasty):
        yield


@contextmanager
def the_cursor_is_committed_before_the_rows() -> Iterator[None]:
    real = Storage.apply_page

    def hasty(storage: Storage, page: Page) -> Applied:
        try:
            return real(storage, page)
        except Killed:
            with storage._transaction() as connection:
                for feed, seq in page.cursor.items():
                    connection.execute(update(cursor).where(cursor.c.feed == feed).values(seq=seq))
            raise

    with patch.object(Storage, "apply_page", hasty):
        yield


@contextmanager
def sums_are_ignored_and_the_cursor_runs_ahead() -> Iterator[None]:
    with the_cursor_is_committed_before_the_rows(), patch.object(pulling, "_alike", lambda *_: True):
        yield


@contextmanager
def nothing_tells_of_a_restored_server() -> Iterator[None]:
    """Not its sums, nor a cursor beyond its head, a number that it lost, or an earlier version.

    Any of these alone may fail: the others heal what it missed.
    """
    real = pulling._rebase

    def believing(connection: Connection, item: FeedItem, _learning: bool) -> bool:
        return real(connection, item, True)

    with (
        patch.object(pulling, "_alike", lambda *_: True),
        patch.object(pulling, "_rebase", believing),
        patch.object(rounds, "_is_behind", lambda *_: False),
    ):
        yield


@contextmanager
def an_act_is_known_by_its_epoch() -> Iterator[None]:
    """An act that was taken under another epoch is a new one."""

    def marked(center: Center, request: dict[str, Any]) -> dict[str, Any]:
        taken: dict[str, str] = dict(center.stored("op_id", "epoch"))
        epoch = request["epoch"]
        known = {op for op, under in taken.items() if under != epoch}
        ops = [
            {**one, "op": f"{one['op']}@{epoch[-6:]}"} if one["op"] in known else one
            for one in request["ops"]
        ]
        return {**request, "ops": ops}

    def unmarked(_request: Any, answer: dict[str, Any]) -> dict[str, Any]:
        results = [{**one, "op": one["op"].partition("@")[0]} for one in answer.get("results", ())]
        return {**answer, "results": results} if results else answer

    with _answering(unmarked, marked):
        yield


@contextmanager
def a_fork_is_taken_for_a_repetition() -> Iterator[None]:
    def lenient(request: dict[str, Any], answer: dict[str, Any]) -> dict[str, Any]:
        if answer.get("why") != "fork":
            return answer
        results = [{"seq": one["seq"], "op": one["op"], "st": "applied", "ver": 1} for one in request["ops"]]
        return {"results": results, "last": answer["last"], "server_epoch": "", "now": "2026-01-01T00:00:00Z"}

    with _answering(lenient):
        yield


@contextmanager
def acts_are_committed_before_the_records() -> Iterator[None]:
    real = Center.restart

    def half_done(center: Center) -> None:
        real(center)
        asked, center.interrupted = center.interrupted, None
        if asked is None or asked.url.path != _PUSH:
            return
        desks, engine = center.hotline.desks, center.hotline.engine
        tables = (record, feed_entry, feed_head)
        with engine.connect() as connection:
            before = {table: connection.execute(select(table)).mappings().all() for table in tables}
        token = asked.headers["authorization"].partition(" ")[2]
        desks.push.push(desks.ticket_of(token), Push.model_validate(_read(asked)))
        with engine.execution_options(writes=True).begin() as connection:
            for table, rows in before.items():
                connection.execute(delete(table))
                if rows:
                    connection.execute(insert(table), [dict(row) for row in rows])

    with patch.object(Center, "restart", half_done):
        yield


@contextmanager
def a_restored_server_is_told_nothing_again() -> Iterator[None]:
    real = sending.start_epoch

    def silent(connection: Connection, offer_again: bool) -> None:
        if offer_again:
            sending._forget_feeds(connection)
        real(connection, False)

    with patch.object(sending, "start_epoch", silent):
        yield


@contextmanager
def acts_get_new_ids_with_a_new_epoch() -> Iterator[None]:
    real = sending.start_epoch

    def renaming(connection: Connection, offer_again: bool) -> None:
        real(connection, offer_again)
        for row in connection.execute(outbox.select()).all():
            act = load_operation(row.doc)
            renamed = Operation(f"{act.op}'", act.type, act.id, act.actor, act.at, act.body, act.base, act.v)
            values = {"op_id": renamed.op, "doc": dump_operation(renamed)}
            connection.execute(update(outbox).where(outbox.c.seq == row.seq).values(**values))

    with patch.object(sending, "start_epoch", renaming):
        yield


@contextmanager
def withdrawn_feeds_stay() -> Iterator[None]:
    with patch.object(pulling, "_withdraw", lambda *_: None):
        yield


@contextmanager
def what_was_refused_is_forgotten() -> Iterator[None]:
    real = Storage.acknowledge

    def forgetting(storage: Storage, *arguments: Any) -> Any:
        answer = real(storage, *arguments)
        with storage._transaction() as connection:
            connection.execute(delete(refused))
        return answer

    with patch.object(Storage, "acknowledge", forgetting):
        yield


@contextmanager
def what_was_refused_blocks_the_queue() -> Iterator[None]:
    def stubborn(_request: Any, answer: dict[str, Any]) -> dict[str, Any]:
        if "results" not in answer:
            return answer
        return {**answer, "results": [one for one in answer["results"] if one["st"] != "held"]}

    with _answering(stubborn):
        yield


@contextmanager
def the_wall_clock_decides() -> Iterator[None]:
    def later(note: Note, act: Operation, version: int) -> Reduced[Note]:
        if note.updated_at and act.at < note.updated_at:
            return Reduced(note, Outcome.SUPERSEDED, "late")
        body = {**act.body, "on": note.written}
        return real(note, replace(act, body=body), version)

    real: Callable[[Note, Operation, int], Reduced[Note]] = notes._put
    with patch.object(notes, "_put", later):
        yield


@contextmanager
def a_wanted_nonce_is_told_at_the_next_round() -> Iterator[None]:
    with patch.object(api, "_NONCE_WANTED", api.TurnedAway("never")):
        yield


@contextmanager
def acts_leave_no_trace() -> Iterator[None]:
    def silent(*_arguments: object) -> None:
        return

    with patch.object(performing, "note_change", silent), patch.object(sending, "note_change", silent):
        yield


@contextmanager
def an_entry_of_the_trace_is_altered() -> Iterator[None]:
    real = performing.note_change

    def altering(connection: Connection, operation: Operation) -> None:
        real(connection, operation)
        mine = trace_entry.c.op_id == operation.op
        other = func.replace(trace_entry.c.text, operation.op, "op-0")
        connection.execute(update(trace_entry).where(mine).values(text=other))

    with patch.object(performing, "note_change", altering):
        yield


@contextmanager
def _answering(
    change: Callable[[dict[str, Any], dict[str, Any]], dict[str, Any]],
    ask: Callable[[Center, dict[str, Any]], dict[str, Any]] = lambda _, request: request,
) -> Iterator[None]:
    """Let a wrong server stand before the right one: it changes pushes and what is said to them."""
    real = Center.take

    async def between(center: Center, request: httpx2.Request) -> httpx2.Response:
        if request.url.path != _PUSH:
            return await real(center, request)
        asked = _read(request)
        headers = {name: request.headers[name] for name in ("authorization", "content-type", "dpop")}
        content = json.dumps(ask(center, asked)).encode()
        answer = await real(center, httpx2.Request("POST", request.url, headers=headers, content=content))
        told = json.loads(await answer.aread())
        if "results" in told or answer.status_code == httpx2.codes.CONFLICT:
            told = change(asked, told)
        status = httpx2.codes.OK if "results" in told else answer.status_code
        nonce = {NONCE_HEADER: answer.headers[NONCE_HEADER]}
        return httpx2.Response(status, json=told, headers=nonce, request=request)

    with patch.object(Center, "take", between):
        yield


def _read(request: httpx2.Request) -> dict[str, Any]:
    packed = request.headers.get("content-encoding") == "gzip"
    read: dict[str, Any] = json.loads(gzip.decompress(request.content) if packed else request.content)
    return read


Variant = Callable[[], AbstractContextManager[None]]


@dataclass(frozen=True)
class Expected:
    """The checks of which one catches a variant, and the kind of story in which it soon shows."""

    checks: frozenset[str]
    kind: Kind = USUAL


def _by(
    *checks: str, deadliness: float = 1.0, roughness: float = 1.0, push_limit: int = 0, **emphasis: int
) -> Expected:
    named = {name.replace("_", " "): weight for name, weight in emphasis.items()}
    return Expected(frozenset(checks), Kind(named, deadliness, _STEPS, push_limit, roughness))


VARIANTS: Mapping[Variant, Expected] = {
    what_left_without_an_answer_counts_as_never_sent: _by(
        "sent is never altered", "kept until confirmed", act=100
    ),
    rows_are_dropped_by_the_highest_number: _by(
        "nothing is lost",
        "pending is in sight",
        deadliness=0,
        roughness=0,
        push_limit=1,
        image=20,
        image_back=20,
        restore=0,
        rights=0,
        late=0,
        watch=0,
    ),
    a_pull_overwrites_what_waits: _by("pending is in sight"),
    what_no_feed_covers_goes_with_the_first_page: _by("nothing flickers"),
    the_cursor_is_committed_before_the_rows: _by(
        "feeds are alike", deadliness=4, roughness=0, restore=0, image_back=0
    ),
    sums_are_ignored_and_the_cursor_runs_ahead: _by(
        "alike", "sums", deadliness=4, roughness=0, restore=0, image_back=0
    ),
    nothing_tells_of_a_restored_server: _by(
        "nothing is lost", "alike", "sums", deadliness=0, roughness=0, backup=8, restore=8
    ),
    an_act_is_known_by_its_epoch: _by("applied once", image=5, image_back=5),
    a_fork_is_taken_for_a_repetition: _by("nothing is lost", image=5, image_back=5),
    acts_are_committed_before_the_records: _by("applied is in its record", deadliness=4),
    a_restored_server_is_told_nothing_again: _by("nothing is lost", backup=5, restore=5),
    acts_get_new_ids_with_a_new_epoch: _by("applied once"),
    withdrawn_feeds_stay: _by("nothing beyond the grants", "feeds beyond the grants", rights=15),
    what_was_refused_is_forgotten: _by("what was refused is told"),
    what_was_refused_blocks_the_queue: _by("nothing waits"),
    the_wall_clock_decides: _by("words are kept", watch=10),
    a_wanted_nonce_is_told_at_the_next_round: _by("a wanted nonce is told at once"),
    acts_leave_no_trace: _by("each act is in the trace", image_back=0, restore=0),
    an_entry_of_the_trace_is_altered: _by("trace is whole", "trace raises no alarm"),
}
