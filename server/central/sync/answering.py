"""The answer to a push: what became of each operation, ready to be sent."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypedDict

import orjson

from models.operation import Outcome
from models.wire.sync import Pushed
from models.wire.trace import Receipt
from server.central.storage.ledger import Answered, Known
from server.central.sync.reading import Handed


class Result(TypedDict):
    """What became of one operation, as models.wire.sync.PushResult declares it."""

    seq: int
    op: str
    st: Outcome
    ver: int
    why: str
    dup: bool


@dataclass(frozen=True, slots=True)
class Taken:
    """The answer to a push that was taken; the message is models.wire.sync.Pushed."""

    results: Sequence[Result]
    last: int
    server_epoch: str
    now: datetime
    receipt: Receipt | None

    def json(self) -> bytes:
        """The message as it is sent."""
        said = {
            "results": self.results,
            "last": self.last,
            "server_epoch": self.server_epoch,
            "now": self.now,
            "receipt": self.receipt.model_dump(mode="json") if self.receipt else None,
        }
        return orjson.dumps(said, option=orjson.OPT_UTC_Z)

    def message(self) -> Pushed:
        """The message itself."""
        return Pushed.model_validate_json(self.json())


def results_of(acts: Sequence[Handed], answers: Mapping[str, Known | Answered]) -> list[Result]:
    """What became of each, in order."""
    return [_result(one.seq, one.operation.op, answers[one.operation.op]) for one in acts]


def _result(seq: int, op: str, answer: Known | Answered) -> Result:
    # Of an act that comes twice in one push the first one is answered as taken.
    dup = isinstance(answer, Known) or answer.seq != seq
    return {"seq": seq, "op": op, "st": answer.outcome, "ver": answer.ver, "why": answer.why, "dup": dup}
