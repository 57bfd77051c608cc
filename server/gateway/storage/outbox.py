"""The acts of a gateway that the server has not confirmed, and the calls that go on; encrypted."""

import hashlib
import hmac
import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import sqlcipher3

from models.alerts.alert import Alert, Sight
from models.calls.brief import Brief
from models.calls.call import Call, CallState
from models.calls.witnessing import Seen, acts_of
from models.codec import from_document, to_document
from models.ids import new_id
from models.operation import Operation, Outcome
from models.trace.joining import Stretch
from models.trace.receipt import Receipt
from models.trace.tracing import Traced
from server.gateway.storage import alerts, briefs
from server.gateway.storage.connecting import connect, trouble_of
from server.gateway.storage.tracing import Tracing

KEPT_FOR = timedelta(days=30)
_MOST_CHARACTERS = 300_000
_NAMING = b"xinqiao names of acts"


@dataclass(frozen=True, slots=True)
class Batch:
    """What is pushed together: acts with their numbers in this epoch, a stretch of the trace, or both."""

    epoch: str
    rows: tuple[tuple[int, Operation], ...]
    stretch: Stretch | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What the server says of one act."""

    seq: int
    op: str
    outcome: Outcome
    why: str = ""


class Outbox:
    """One file, used by one thread at a time. Every method raises OutboxTrouble and then changed nothing."""

    def __init__(self, path: Path, key: bytes, actor: str) -> None:
        self._actor = actor
        self._secret = hmac.new(key, _NAMING, hashlib.sha256).digest()
        self._connection = connect(path, key)
        self._trace = Tracing(self._connection, self._meta, self._put)
        with self._transaction():
            if not self._meta("epoch"):
                self._put(epoch=new_id(), next_seq="1")

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def living(self) -> tuple[Call, ...]:
        """The calls that were not over when they were last written."""
        with self._transaction():
            rows = self._connection.execute("SELECT doc FROM living").fetchall()
        return tuple(from_document(Call, json.loads(doc)) for (doc,) in rows)

    def alerts(self) -> tuple[Alert | Sight, ...]:
        """What was told of alerts in the last days."""
        with self._transaction():
            return alerts.kept(self._connection)

    def briefs(self) -> tuple[Brief, ...]:
        """What colleagues were told of the calls that go on."""
        with self._transaction():
            return briefs.kept(self._connection)

    def waiting(self) -> int:
        """How many acts the server has not confirmed."""
        with self._transaction():
            return int(self._connection.execute("SELECT count(*) FROM outbox").fetchone()[0])

    def write(self, heard: Iterable[Seen | Alert | Sight | Brief | Traced]) -> int:
        """Write what is new in what was heard, in one transaction; how much of it is for the server."""
        count = 0
        with self._transaction():
            for one in heard:
                if isinstance(one, Traced):
                    self._trace.append(one)
                    count += 1
                    continue
                if isinstance(one, Alert | Sight):
                    alerts.keep(self._connection, one)
                    continue
                if isinstance(one, Brief):
                    briefs.keep(self._connection, one)
                    continue
                written = self._written(one.call.id)
                acts, whole = acts_of(written, one, self._actor, self._secret)
                self._keep(whole)
                count += sum(self._append(act) for act in acts)
        return count

    def keep(self, name: str, text: str) -> None:
        """Keep a text under a name, instead of the one before."""
        with self._transaction():
            self._put(**{f"kept_{name}": text})

    def kept(self, name: str) -> str:
        """What was kept under a name, "" for nothing."""
        with self._transaction():
            return self._meta(f"kept_{name}")

    def next_batch(self, limit: int, now: datetime) -> Batch | None:
        """The first waiting acts, marked as sent before they leave; None when nothing waits."""
        with self._transaction():
            rows: list[tuple[int, Operation]] = []
            characters = 0
            found = self._connection.execute("SELECT seq, doc FROM outbox ORDER BY seq LIMIT ?", (limit,))
            for seq, doc in found.fetchall():
                characters += len(doc)
                if rows and characters > _MOST_CHARACTERS:
                    break
                rows.append((seq, _operation(doc)))
            stretch = self._trace.pending()
            if not rows:
                return Batch(self._meta("epoch"), (), stretch) if stretch else None
            self._connection.execute(
                "UPDATE outbox SET sent_at = ?, tries = tries + 1 WHERE seq <= ?", (_moment(now), rows[-1][0])
            )
            return Batch(self._meta("epoch"), tuple(rows), stretch)

    def acknowledge(self, batch: Batch, answers: Sequence[Answer], now: datetime) -> None:
        """Take out exactly the acts of this push that an answer names by number and id; keep them 30 days."""
        asked = {(seq, act.op) for seq, act in batch.rows}
        with self._transaction():
            if batch.epoch != self._meta("epoch"):
                return
            for answer in sorted(answers, key=lambda one: one.seq):
                if (answer.seq, answer.op) in asked:
                    self._take_out(answer, now)
            before = (_moment(now - KEPT_FOR),)
            self._connection.execute("DELETE FROM acked WHERE acked_at < ?", before)

    def receipted(self, receipt: Receipt) -> bool:
        """The server vouches for the trace up to there; False where it holds another one."""
        with self._transaction():
            return self._trace.receipted(receipt)

    def meets(self, server_epoch: str) -> bool:
        """True where the server was restored since: then what it confirmed is offered again."""
        with self._transaction():
            known = self._meta("server_epoch")
            if not server_epoch or server_epoch == known:
                return False
            self._put(server_epoch=server_epoch)
            if known:
                self._renumber(offer_again=True)
                self._trace.tell_again()
            return bool(known)

    def start_epoch(self, offer_again: bool) -> None:
        """Number what waits anew in a fresh epoch; ids stay, so that nothing is applied twice."""
        with self._transaction():
            self._renumber(offer_again)

    def _renumber(self, offer_again: bool) -> None:
        docs = [doc for (doc,) in self._connection.execute("SELECT doc FROM outbox ORDER BY seq").fetchall()]
        if offer_again:
            kept = self._connection.execute("SELECT doc FROM acked WHERE why = '' ORDER BY n").fetchall()
            docs = [doc for (doc,) in kept] + docs
            self._connection.execute("DELETE FROM acked WHERE why = ''")
        self._connection.execute("DELETE FROM outbox")
        rows = [(seq, _operation(doc).op, doc) for seq, doc in enumerate(docs, start=1)]
        self._connection.executemany("INSERT INTO outbox VALUES (?, ?, ?, NULL, 0)", rows)
        self._put(epoch=new_id(), next_seq=str(len(rows) + 1))

    def _append(self, act: Operation) -> bool:
        known = "SELECT 1 FROM outbox WHERE op_id = :op UNION ALL SELECT 1 FROM acked WHERE op_id = :op"
        if self._connection.execute(known, {"op": act.op}).fetchone():
            return False
        seq = int(self._meta("next_seq"))
        doc = json.dumps(to_document(act), ensure_ascii=False, separators=(",", ":"))
        self._connection.execute("INSERT INTO outbox VALUES (?, ?, ?, NULL, 0)", (seq, act.op, doc))
        self._put(next_seq=str(seq + 1))
        return True

    def _take_out(self, answer: Answer, now: datetime) -> None:
        here = (answer.seq, answer.op)
        row = self._connection.execute("SELECT doc FROM outbox WHERE seq = ? AND op_id = ?", here).fetchone()
        if row is None:
            return
        self._connection.execute("DELETE FROM outbox WHERE seq = ? AND op_id = ?", here)
        refused = answer.outcome in (Outcome.REJECTED, Outcome.HELD)
        why = f"{answer.outcome}: {answer.why}" if refused else ""
        self._connection.execute(
            "INSERT OR REPLACE INTO acked (op_id, doc, acked_at, why) VALUES (?, ?, ?, ?)",
            (answer.op, row[0], _moment(now), why),
        )

    def _written(self, call: str) -> Call | None:
        row = self._connection.execute("SELECT doc FROM living WHERE call = ?", (call,)).fetchone()
        return from_document(Call, json.loads(row[0])) if row else None

    def _keep(self, call: Call) -> None:
        if call.state is CallState.ENDED:
            self._connection.execute("DELETE FROM living WHERE call = ?", (call.id,))
            briefs.forget(self._connection, call.id)
            return
        doc = json.dumps(to_document(call), ensure_ascii=False, separators=(",", ":"))
        self._connection.execute("INSERT OR REPLACE INTO living VALUES (?, ?)", (call.id, doc))

    def _meta(self, name: str) -> str:
        row = self._connection.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
        return str(row[0]) if row else ""

    def _put(self, **values: str) -> None:
        self._connection.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", list(values.items()))

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise
        except sqlcipher3.Error as error:
            raise trouble_of(error) from error


def _operation(doc: str) -> Operation:
    return from_document(Operation, json.loads(doc))


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat()
