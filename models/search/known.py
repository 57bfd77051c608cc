"""What can be found of a person, a case and a caller plan, and when each of them changed last."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from models.cases.caller_plan import CallerPlan
from models.codec import Document, from_document
from models.people.number import mask_within
from models.search.query import Part

PERSON, CASE, CALLER_PLAN = "person", "case", "caller_plan"
KNOWN = (PERSON, CASE, CALLER_PLAN)
"""What belongs to somebody over many calls, rather than to one note."""

_TIMES = ("at", "made_at", "opened_at", "closed_at", "agreed_at")
"""When something was said; times that something is due, or that a call came, are none."""


def parts_of_known(kind: str, document: Document) -> tuple[Part, ...]:
    """The texts of such a record, in reading order; of several wordings what holds or was said last."""
    if kind == PERSON:
        found = _of_person(document)
    elif kind == CASE:
        found = _of_case(document)
    else:
        found = _of_plan(from_document(CallerPlan, document))
    return tuple(dict.fromkeys(part for part in found if part.text))


def changed_at(document: Document) -> str:
    """When the last entry of such a record was made, ISO 8601; "" where it has none."""
    return max(_times(document), key=datetime.fromisoformat, default="")


def alias_of(person: Document) -> str:
    """How a person was called last, "" for no name."""
    names = person.get("names") or ()
    return str(names[-1].get("alias") or "") if names else ""


def _of_person(person: Document) -> Iterator[Part]:
    """The last alias first; former ones are known to who has been here longer."""
    # Not made into a person: of somebody with hundreds of calls that would take longer than to find them.
    for field in ("alias", "code_word"):
        for one in reversed(person.get("names") or ()):
            yield Part(field, str(one.get(field) or ""))


def _of_case(case: Document) -> Iterator[Part]:
    """What nobody struck out. Whatever could be a telephone's number is hidden, for it needs a reason."""
    # Not made into a case either: hundreds of records are read where a term mixes words and signs.
    undone = {one["what"] for one in case.get("undone") or ()}

    def standing(name: str) -> list[Document]:
        return [one for one in case.get(name) or () if one["op"] not in undone]

    tasks = standing("tasks")
    asked = {one["op"] for one in tasks}
    yield from _parts("story", (one["text"] for one in standing("story")))
    yield from _parts("task", (one["words"] for one in tasks))
    yield from _parts(
        "outcome", (one.get("words", "") for one in case.get("steps") or () if one["task"] in asked)
    )
    for one in standing("involved"):
        yield from _parts("involved", (one["name"], one.get("relation", ""), one.get("may_know", "")))
    yield from _parts("turn", (one.get("words", "") for one in case.get("turns") or ()))


def _of_plan(plan: CallerPlan) -> Iterator[Part]:
    """The wording in force, the one that waits to be agreed to; of a plan that was ended its last one."""
    wordings = [one for one in (plan.in_force, plan.proposed) if one is not None] or plan.versions[-1:]
    yield from _parts("approach", (one.text.approach for one in wordings))
    yield from _parts("limits", (one.text.limits for one in wordings))
    yield from _parts("paused", (plan.paused,))
    yield from _parts("end_reason", (plan.end_reason,))


def _parts(field: str, texts: Iterable[str]) -> Iterator[Part]:
    return (Part(field, mask_within(text)) for text in texts)


def _times(document: Document) -> Iterator[str]:
    entries: list[Document] = [document]
    for value in document.values():
        if isinstance(value, list):
            entries += [one for one in value if isinstance(one, dict)]
    for entry in entries:
        found: Iterable[Any] = (entry.get(name) for name in _TIMES)
        yield from (str(at) for at in found if at)
