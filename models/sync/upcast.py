"""Operations of an earlier schema as this one writes them: pure, one step for each schema."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from models.codec import Document
from models.operation import Operation
from models.schema import SCHEMA

Step = Callable[[Document], Document]
Steps = Mapping[tuple[str, int], Step]
"""For a type of operation and the schema it was written in: its body one schema later."""


def _stopless(body: Document) -> Document:
    """Schema 1 did not say why a draft was pushed: it counts as written between two stops."""
    return {"stop": "", **body}


STEPS: Steps = {("note.draft.put", 1): _stopless}


def upcast(operation: Operation, steps: Steps = STEPS, to: int = SCHEMA) -> Operation:
    """The operation as if it had been written in the schema `to`; one of a newer schema stays as it is."""
    if operation.v >= to:
        return operation
    body: Document = dict(operation.body)
    for schema in range(max(1, operation.v), to):
        step = steps.get((operation.type, schema))
        body = step(body) if step else body
    return replace(operation, body=body, v=to)
