"""What is still to be done, read out of the records: an operator's own, or all that a lead may know of."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, Select, or_, select

from console.storage import queries
from console.storage.documents import CARD, moment
from console.storage.records import records
from console.storage.tables import record
from console.storage.values import ListedNote
from models.calls.call import Call
from models.cases.closing import Facts, closing_state, is_reasoned, states_of
from models.cases.open_tasks import (
    SOON,
    OpenTasks,
    Unclosed,
    Unfinished,
    by_danger,
    due_by,
    open_rescues,
    unfinished_card,
    unfinished_note,
)
from models.clock import Clock
from models.followups.agreed import has_followup_agreed
from models.followups.callback import Callback
from models.followups.followup import Followup
from models.followups.in_note import number_to_call
from models.notes.note import Note
from models.referrals.referral import Referral
from models.risk.assessment import Assessment
from models.risk.safety_plan import SafetyPlan

_KEPT = timedelta(days=28)
_CHUNK = 400
# An assessment without any of these reached neither R3 nor R4: the others need not be read.
_DANGER = ('%"yes"%', '%"R3"%', '%"R4"%')
Stamp = tuple[tuple[str, str, int], ...]
_Judged = tuple[Stamp, Unclosed | None, bool]


class OpenTaskRecords:
    """A part of the storage. A record that is as it was is not judged twice."""

    def __init__(
        self, transaction: Callable[[], AbstractContextManager[Connection]], operator: str, clock: Clock
    ) -> None:
        self._transaction = transaction
        self._operator = operator
        self._clock = clock
        self._judged: dict[str, _Judged] = {}

    def read(self, everyone: bool) -> OpenTasks:
        """What this operator has to do; with `everyone` what the whole site has, as far as it is here."""
        now = self._clock.now()
        with self._transaction() as connection:
            referrals = _all(connection, "referral", Referral)
            mine = tuple(one for one in referrals if one.author == self._operator)
            followups = _all(connection, "followup", Followup)
            callbacks = _all(connection, "callback", Callback)
            agreed = frozenset(one.note for one in followups if has_followup_agreed((one,), one.note))
            unclosed, signed = self._unclosed(connection, everyone)
            # What is not closed is listed once; what a lead has signed for as it is, nobody has to complete.
            listed = {one.note.id for one in unclosed} | signed
            unfinished = [one for one in self._unfinished(connection, everyone) if one.note not in listed]
        concerned = followups if everyone else [one for one in followups if one.author == self._operator]
        owed = (one for one in callbacks if one.is_open and (everyone or one.author == self._operator))
        return OpenTasks(
            rescues=open_rescues(referrals if everyone else mine),
            unclosed=by_danger(unclosed),
            unfinished=tuple(unfinished),
            callbacks=tuple(sorted(owed, key=lambda one: (one.due_at, one.id))),
            followups=due_by(concerned, now + SOON),
            agreed=agreed,
            signed=signed,
            mine=mine,
        )

    def listed(self, notes: Sequence[str]) -> tuple[ListedNote, ...]:
        """These notes with call and assessment, newest first."""
        with self._transaction() as connection:
            return queries.listed(connection, notes)

    def _unclosed(self, connection: Connection, everyone: bool) -> tuple[list[Unclosed], frozenset[str]]:
        query = select(record.c.id, record.c.call).where(
            record.c.type == "risk",
            record.c.gone == 0,
            or_(*(record.c.doc.like(sign) for sign in _DANGER)),
        )
        if not everyone:
            query = query.where(record.c.author == self._operator)
        notes = {row.id: row.call for row in connection.execute(query)}
        stamps = _stamps(connection, set(notes.values()))
        found: dict[str, _Judged] = {}
        for note, call in notes.items():
            known = self._judged.get(note)
            stamp = stamps[call]
            found[note] = known if known and known[0] == stamp else _judge(connection, note, call, stamp)
        self._judged.update(found)
        open_ones = [one for _, one, _ in found.values() if one is not None]
        return open_ones, frozenset(note for note, (_, _, signed) in found.items() if signed)

    def _unfinished(self, connection: Connection, everyone: bool) -> tuple[Unfinished, ...]:
        since = moment(self._clock.now() - _KEPT)
        if everyone:
            query = select(record).where(record.c.type == CARD, record.c.at >= since)
            cards = (one.entity for one in records(connection, query))
            found = [unfinished_card(card) for card in cards]
        else:
            mine = (record.c.type == "note", record.c.author == self._operator, record.c.at >= since)
            # Most are complete: those are told from the others without reading them.
            to_do = or_(record.c.state == "draft", record.c.doc.not_like('%"incomplete_reason":""%'))
            ids = connection.scalars(select(record.c.id).where(*mine, to_do)).all()
            found = [unfinished_note(one.note, _level(one)) for one in queries.listed(connection, ids)]
        return tuple(sorted(filter(None, found), key=lambda one: (one.opened_at, one.note)))


def _level(listed: ListedNote) -> str:
    peak = listed.assessment.peak if listed.assessment else None
    return peak.value if peak else ""


def _all(connection: Connection, kind: str, entity: type[Any]) -> list[Any]:
    query: Select[Any] = select(record).where(record.c.type == kind)
    return [one.entity for one in records(connection, query) if isinstance(one.entity, entity)]


def _stamps(connection: Connection, calls: Iterable[str]) -> Mapping[str, Stamp]:
    """For each call, the versions of all that is known of it."""
    found: dict[str, list[tuple[str, str, int]]] = defaultdict(list)
    ordered = sorted(calls)
    for start in range(0, len(ordered), _CHUNK):
        query = select(record.c.call, record.c.type, record.c.id, record.c.ver).where(
            record.c.call.in_(ordered[start : start + _CHUNK])
        )
        for row in connection.execute(query):
            found[row.call].append((row.type, row.id, row.ver))
    return {call: tuple(sorted(entries)) for call, entries in found.items()}


def _judge(connection: Connection, note: str, call: str, stamp: Stamp) -> _Judged:
    """Whether the record of a note is closed, by all that is known of its call."""
    known = [one.entity for one in queries.of_call(connection, call)]
    written = next((one for one in known if isinstance(one, Note) and one.id == note), None)
    assessed = next((one for one in known if isinstance(one, Assessment) and one.note == note), None)
    if written is None or assessed is None:
        # Its text may not be read here.
        return stamp, None, False
    signed = is_reasoned(written)
    facts = Facts(
        referrals=states_of([one for one in known if isinstance(one, Referral)], note),
        plan=any(isinstance(one, SafetyPlan) and one.note == note and one.is_whole for one in known),
        followup=has_followup_agreed([one for one in known if isinstance(one, Followup)], note),
        signed=signed,
    )
    closing, peak = closing_state(assessed.peak, facts), assessed.peak
    if closing.closed or peak is None:
        return stamp, None, signed
    call_known = next((one for one in known if isinstance(one, Call)), None)
    number = number_to_call(call_known, written.body.values) if call_known else ""
    return stamp, Unclosed(written, number, peak, closing), signed
