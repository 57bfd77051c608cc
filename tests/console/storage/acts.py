"""Acts of one operator and a storage to do them in."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from console.storage.opening import open_storage
from console.storage.storage import Storage
from console.storage.values import Answer, Batch
from models.clock import Clock, ManualClock
from models.ids import new_id
from models.operation import Operation, Outcome

KEY = bytes(range(32))
OPERATOR = "zhang"
SERVER = "first-epoch"
# A `Clock` alone: what every test of a process shares, none may move.
CLOCK: Clock = ManualClock()


def opened(path: Path, key: bytes = KEY, operator: str = OPERATOR, clock: Clock = CLOCK) -> Storage:
    return open_storage(path, key, operator, clock)


def act(kind: str, entity: str, **body: Any) -> Operation:
    return Operation(new_id(), kind, entity, OPERATOR, CLOCK.now(), body)


def call_added(call: str, number: str = "13800008000") -> Operation:
    return act("call.add", call, site="beijing", number=number, entered_at=CLOCK.now().isoformat())


def note_opened(note: str, call: str = "call-1") -> Operation:
    at = CLOCK.now().isoformat()
    return act("note.open", note, call=call, site="beijing", form="call", form_version=1, opened_at=at)


def draft(note: str, text: str, on: str | None = None) -> Operation:
    """A draft; with `on`, the first on a text that was fetched, which that act wrote."""
    written = act("note.draft.put", note, category="C3", values={"complaint": text}, log=[])
    return written if on is None else replace(written, body={**written.body, "on": on})


def finished(note: str) -> Operation:
    return act("note.finish", note)


def answered(note: str, item: str = "acting", n: int = 1) -> Operation:
    return act("risk.answer", note, note=note, call="call-1", site="beijing", item=item, state="yes", n=n)


def text_of(storage: Storage, note: str) -> str:
    found = storage.record("note", note)
    assert found is not None
    return str(found.entity.body.values.get("complaint", ""))


def confirm(storage: Storage, batch: Batch, outcome: Outcome = Outcome.APPLIED, why: str = "") -> None:
    answers = [Answer(seq, one.op, outcome, 1, why) for seq, one in batch.rows]
    storage.acknowledge(batch, answers, SERVER)


def pushed(storage: Storage, limit: int = 100) -> Batch:
    batch = storage.next_push(limit)
    assert batch is not None
    return batch
