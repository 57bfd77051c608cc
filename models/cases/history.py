"""What happened with a person, over all calls and beside them: one line for each, the latest first."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from models.cases.case import OVER, Case
from models.followups.followup import Followup
from models.notes.card import NoteCard
from models.people.person import Meeting, Part, Person, Told
from models.people.together import Together
from models.referrals.referral import Referral


class Kind(StrEnum):
    """What a line tells of."""

    CALL = "call"
    REFERRAL = "referral"
    FOLLOWUP = "followup"
    TASK = "task"


@dataclass(frozen=True, slots=True)
class Happened:
    """One line. `note` is that of its call where it is here, else "", `card` that of which a card is here.

    `level` is what stands and `peak` the highest, "" where nothing is known; `who` is whose line it is of
    persons that were merged. `code` is a target or a result, `words` what a colleague said of a task,
    `record` a referral's id.
    """

    at: datetime
    kind: Kind
    call: str = ""
    note: str = ""
    seconds: int = 0
    level: str = ""
    peak: str = ""
    part: Part | None = None
    who: str = ""
    code: str = ""
    state: str = ""
    words: str = ""
    card: str = ""
    record: str = ""


@dataclass(frozen=True, slots=True)
class Beside:
    """What is here of the calls of a person: notes by their calls; referrals, follow-ups, cards; cases."""

    notes: Mapping[str, str]
    records: Collection[object] = ()
    cases: Collection[Case] = ()


def history_of(together: Together, beside: Beside) -> tuple[Happened, ...]:
    """All that is known, the latest first. What may not be read here shows what everybody may know."""
    cards = {one.call: one.id for one in beside.records if isinstance(one, NoteCard)}
    calls = (replace(one, card=cards.get(one.call, "")) for one in _calls(together, beside.notes))
    lines = [*calls, *_beside(beside.records), *_tasks(beside.cases)]
    return tuple(sorted(lines, key=lambda one: (one.at, one.kind, one.call), reverse=True))


def _calls(together: Together, notes: Mapping[str, str]) -> Iterator[Happened]:
    told, several = together.told, len(together.persons) > 1
    shown: set[tuple[str, Part]] = set()
    for person, meeting in together.met:
        if (meeting.call, meeting.part) not in shown:
            shown.add((meeting.call, meeting.part))
            yield _call(person, meeting, told, notes, several)


def _call(
    person: Person,
    meeting: Meeting,
    told: Mapping[str, tuple[Told, ...]],
    notes: Mapping[str, str],
    several: bool,
) -> Happened:
    known = told.get(meeting.call, ())
    return Happened(
        meeting.call_at,
        Kind.CALL,
        meeting.call,
        notes.get(meeting.call, ""),
        max((one.seconds for one in known), default=0),
        max((one.level for one in known), default=""),
        max((one.peak for one in known), default=""),
        meeting.part,
        person.alias if several else "",
    )


def _beside(records: Iterable[object]) -> Iterator[Happened]:
    for one in records:
        if isinstance(one, Referral):
            yield Happened(
                one.opened_at,
                Kind.REFERRAL,
                one.call,
                one.note,
                code=one.target_kind,
                state=one.state.value,
                words=one.target_name,
                record=one.id,
            )
        elif isinstance(one, Followup):
            for attempt in one.attempts:
                yield Happened(
                    attempt.at, Kind.FOLLOWUP, attempt.call or one.call, state=attempt.result.value
                )


def _tasks(cases: Iterable[Case]) -> Iterator[Happened]:
    for case in cases:
        last = case.last_stepped
        for task in case.standing(case.tasks):
            step = last.get(task.op)
            if step is not None and step.step in OVER:
                yield Happened(
                    step.at,
                    Kind.TASK,
                    code=task.target,
                    state=step.step.value,
                    words=step.words or task.words,
                )
