"""Notes of 1 KB as acts, packed into pushes as a console packs them."""

from collections.abc import Iterator
from datetime import UTC, datetime

from models.ids import call_id, new_id
from models.operation import Operation
from models.wire.sync import Push, PushedOperation

TEXT = "失业三个月，网贷到期，今晚独自到桥边。愿意留在线上，已约定明早联系。"
A_PUSH = 500


def note_body(n: int) -> dict[str, object]:
    """What an operator wrote: with its field names 1 KB of JSON in UTF-8."""
    text = f"第 {n} 条：" + TEXT * 9
    values = {"problem_main": "P11", "outcome": ["O04"], "complaint": text}
    return {"category": "C3", "values": values, "log": []}


def note(operator: str, site: str, n: int) -> Operation:
    """A note of a call of its own, opened with its whole text in one act: one act is one record."""
    now = datetime.now(UTC)
    opened = {"site": site, "form": "full", "form_version": 1, "opened_at": now.isoformat()}
    body = {**opened, "call": call_id("bench", new_id()), "body": note_body(n)}
    return Operation(new_id(), "note.open", new_id(), operator, now, body)


def pushes(epoch: str, operator: str, site: str, count: int) -> Iterator[bytes]:
    """So many notes as pushes of 500, from the first number on."""
    for first in range(0, count, A_PUSH):
        ops = tuple(
            PushedOperation.of(n + 1, note(operator, site, n))
            for n in range(first, min(first + A_PUSH, count))
        )
        yield Push(app="bench", epoch=epoch, ops=ops).model_dump_json().encode()
