"""What the operator does in the calls of a practice, read off the services' stores; on the io thread."""

from collections.abc import Callable, Iterable
from functools import partial
from typing import TypeVar

from console.calls.service import LineView
from console.notes.service import Desk
from console.risk.planning import PlanOnDesk
from console.runtime.store import Store
from console.storage.values import ListedNote
from console.workstation import Workstation
from models.alerts.alert import Cause
from models.alerts.known import Known
from models.calls.call import Call
from models.calls.events import CallEvent, Ended
from models.notes.ladder import Ladder, marks_of
from models.notes.note import Note, NoteState
from models.practice.facts import Kind
from models.referrals.referral import Referral
from models.risk.assessment import Assessment
from models.risk.cssrs import INSTRUMENT
from models.risk.safety_plan import PlanStep

T = TypeVar("T")
Tell = Callable[[int, Kind, str, str], None]
"""Hears the place of the call in the script, what happened, to what, and how."""


class Watching:
    """Follows the stores of one workstation; whatever stands there at the beginning is told too."""

    def __init__(self, station: Workstation, ladder: Ladder, tell: Tell) -> None:
        self._station = station
        self._ladder = ladder
        self._tell = tell
        self._calls: dict[str, int] = {}
        self._told: dict[tuple[str, Kind, str], str] = {}
        self._leave: list[Callable[[], None]] = []

    def follow(self) -> None:
        """Watch from now on."""
        station = self._station
        self._watch(station.calls.view, self._see_calls)
        self._watch(station.referrals.known, self._see_referrals)
        self._watch(station.risk.assessment, self._see_assessment)
        self._watch(station.notes.desk, self._see_desk)
        self._watch(station.plan.desk, self._see_plan)
        self._watch(station.alerts.known, self._see_alerts)
        self._watch(station.records.records, self._see_records)
        # A call that nobody answered is on no desk any more when it ends: only the line tells.
        station.calls.heard.append(self._hear)
        self._leave.append(partial(station.calls.heard.remove, self._hear))

    def leave(self) -> None:
        """Watch no more."""
        for leave in self._leave:
            leave()
        self._leave.clear()

    def belongs(self, call: str, place: int) -> None:
        """This call of the line is the one at that place in the script."""
        self._calls[call] = place
        self._see_calls(self._station.calls.view.value)

    def forget(self, place: int) -> None:
        """The call at that place was given up before anybody answered: the next one takes its place."""
        self._calls = {call: at for call, at in self._calls.items() if at != place}

    def _watch(self, store: Store[T], see: Callable[[T], None]) -> None:
        store.watch(see)
        self._leave.append(partial(store.unwatch, see))

    def _once(self, call: str, kind: Kind, value: str, state: str = "") -> None:
        """Tell what was not told yet, and what is otherwise now."""
        if self._told.get((call, kind, value)) != state:
            self._told[call, kind, value] = state
            self._tell(self._calls[call], kind, value, state)

    def _now(self, call: str, kind: Kind, value: str) -> None:
        """Tell the one value that there is of a kind, where it is another one now."""
        if self._told.get((call, kind, "")) != value:
            self._told[call, kind, ""] = value
            self._tell(self._calls[call], kind, value, "")

    def _see_calls(self, view: LineView) -> None:
        for call in view.calls:
            if call.id in self._calls:
                self._see_call(call)

    def _see_call(self, call: Call) -> None:
        if call.answered_at is not None:
            self._once(call.id, Kind.ANSWERED, "")
        if call.held is not None:
            self._hold(call.id, call.held.on)
        for party in call.parties.values():
            if party.joined_at is not None:
                self._once(call.id, Kind.JOINED, self._target(party.id) or party.dial)

    def _hear(self, event: CallEvent) -> None:
        if isinstance(event, Ended) and event.call in self._calls:
            self._once(event.call, Kind.ENDED, event.end)

    def _hold(self, call: str, on: bool) -> None:
        before = self._told.get((call, Kind.HELD, ""), "off")
        now = "on" if on else "off"
        if before != now:
            self._told[call, Kind.HELD, ""] = now
            self._tell(self._calls[call], Kind.HELD if on else Kind.RESUMED, "", "")

    def _target(self, party: str) -> str:
        known = self._station.referrals.known.value
        return next((one.target for one in known if one.id == party.partition(".")[0]), "")

    def _see_assessment(self, assessment: Assessment | None) -> None:
        if assessment is None or assessment.call not in self._calls:
            return
        call = assessment.call
        for item, state in assessment.current.items():
            self._once(call, Kind.ASKED, item, state)
        for one in assessment.responses:
            if one.instrument == INSTRUMENT:
                self._once(call, Kind.ASKED, f"{INSTRUMENT}.{one.item}", one.value)
        for rating in assessment.ratings:
            self._once(call, Kind.RATED, rating.dial)
        if assessment.level is not None:
            self._now(call, Kind.LEVEL, assessment.level)

    def _see_desk(self, desk: Desk) -> None:
        note = desk.note
        if note is None or note.call not in self._calls:
            return
        if note.body.category:
            self._now(note.call, Kind.CATEGORY, note.body.category)
        for key, value in note.body.values.items():
            if value not in ("", ()):
                self._once(note.call, Kind.NOTED, key, str(value))
        self._see_log(note)

    def _see_log(self, note: Note) -> None:
        lines = [line for line in note.body.log if line.text.strip()]
        if lines:
            self._now(note.call, Kind.LOGGED, str(len(lines)))
        for step in marks_of(self._ladder, note.body.log):
            self._once(note.call, Kind.STEP, step)

    def _see_plan(self, desk: PlanOnDesk) -> None:
        if desk.plan is None or desk.plan.call not in self._calls:
            return
        for step in PlanStep:
            if desk.text(step).strip():
                self._once(desk.plan.call, Kind.PLAN, step)

    def _see_referrals(self, known: Iterable[Referral]) -> None:
        for one in known:
            if one.call in self._calls:
                self._once(one.call, Kind.REFERRED, one.target)
                if one.place:
                    self._once(one.call, Kind.PLACED, one.place)

    def _see_alerts(self, known: Known) -> None:
        for alert in known.alerts.values():
            if alert.call in self._calls and alert.cause is Cause.HELP:
                self._once(alert.call, Kind.HELP, "")

    def _see_records(self, records: Iterable[ListedNote]) -> None:
        for one in records:
            if one.note.call in self._calls and one.note.state is NoteState.FINISHED:
                self._once(one.note.call, Kind.FINISHED, "")
