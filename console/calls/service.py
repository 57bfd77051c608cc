"""The calls of this seat: what the line tells, what the operator wants, what is recorded."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from console.runtime.journal import Writes
from console.runtime.store import Store
from console.session.identity import Identity
from models.calls.advance import advance, join
from models.calls.at_hand import at_hand
from models.calls.call import Call, CallState
from models.calls.events import Answered, CallEnd, CallEvent, Ended, Offered, Origin
from models.calls.picture import Queue
from models.calls.place import as_seen_from, colleague_at, state_at
from models.clock import Clock
from models.codec import to_document
from models.ids import event_id, new_id
from models.operation import Operation
from models.people.caller import CallerCard


@dataclass(frozen=True, slots=True)
class LineView:
    """What this seat sees: its calls, oldest first and an ended one until it is left; queue; callers.

    A call that is asked into rings here, one that was given away is over here, whatever it is elsewhere.
    """

    calls: tuple[Call, ...] = ()
    queue: Queue = Queue()
    callers: Mapping[str, CallerCard] = field(default_factory=dict)

    @property
    def current(self) -> Call | None:
        """The call at hand while nothing is known of what is written."""
        return self.at_hand("")

    def at_hand(self, written: str) -> Call | None:
        """The call that what is done now is about; `written` is the one whose note is in front."""
        return at_hand(self.calls, written)

    def to_answer(self, seen: str) -> str:
        """The call that is meant by who answers now and `seen` this one ring, or none yet ("").

        It may have changed since. "" where nothing rings, and where the one that was meant is answered.
        """
        ringing = [call.id for call in self.calls if call.state is CallState.RINGING]
        if seen in ringing or (seen and not ringing):
            return seen
        taken = any(call.id == seen and call.answered_at for call in self.calls)
        return "" if taken else "".join(ringing[:1])

    def line_of(self, by_hand: str) -> Call | None:
        """The call of the line that the one opened by hand may be: at this seat at the same time."""
        mine = next((one for one in self.calls if one.id == by_hand and one.origin is Origin.MANUAL), None)
        if mine is None or mine.same_as:
            return None
        others = (one for one in self.calls if one.origin is not Origin.MANUAL)
        return next((one for one in others if _together(mine, one)), None)


LookUp = Callable[[str], Awaitable[CallerCard | None]]


class CallsService:
    """Publishes the new picture first and writes afterwards: a ring never waits for the disk."""

    def __init__(self, journal: Writes, clock: Clock, identity: Identity, look_up: LookUp) -> None:
        self._journal = journal
        self._clock = clock
        self._identity = identity
        self._look_up = look_up
        self._recorded: set[str] = set()
        self._whole: dict[str, Call] = {}
        """The calls of the view as they are for everybody."""
        self.view: Store[LineView] = Store(LineView())
        self.answered: list[Callable[[Call], None]] = []
        self.heard: list[Callable[[CallEvent], None]] = []

    def hear(self, event: CallEvent) -> None:
        """One event of the line."""
        known = self._call(event.call) or Call(event.call, self._identity.operator.site, origin=self._origin)
        self._show(advance(known, event))
        for listener in self.heard:
            listener(event)
        if event.call in self._recorded and not isinstance(event, (Offered, Answered)):
            # Hanging up is a stop: what waits, the draft too, is pushed with it.
            operation = self._operation("call.event", event.call, to_document(event))
            self._journal.write(operation, urgent=isinstance(event, Ended))

    def see(self, calls: tuple[Call, ...], queue: Queue) -> None:
        """The whole picture of the line, after a connection was made: it replaces what was believed."""
        told = {call.id for call in calls}
        believed = [call for call in self.view.value.calls if call.answered_at]
        self.view.publish(replace(self.view.value, calls=tuple(believed), queue=queue))
        for call in believed:
            if call.id not in told and call.origin is not Origin.MANUAL and not call.ended_at:
                gone = event_id(call.id, "ended", "gone")
                self.hear(Ended(gone, call.id, self._clock.now(), CallEnd.LINE_LOST))
        for call in calls:
            known = self._call(call.id) or Call(call.id, self._identity.operator.site, origin=self._origin)
            self._show(join(known, call))

    def see_queue(self, queue: Queue) -> None:
        """The queue as it is now."""
        self.view.publish(replace(self.view.value, queue=queue))

    def line_lost(self) -> None:
        """Rings cannot be answered any more; a call that runs is still the operator's."""
        calls = tuple(call for call in self.view.value.calls if call.state is not CallState.RINGING)
        self.view.publish(replace(self.view.value, calls=calls))

    def open_by_hand(self, number: str = "") -> Call:
        """A call that only the telephone knows: the record starts now."""
        now, me = self._clock.now(), self._identity
        call = Call(
            new_id(),
            me.operator.site,
            number,
            origin=Origin.MANUAL,
            entered_at=now,
            seat=me.seat,
            answered_at=now,
        )
        self._show(call)
        return call

    def close_by_hand(self, call: str) -> None:
        """A call that was opened by hand, or whose line is lost, is over."""
        ended_id = event_id(call, "ended", "by-hand")
        self.hear(Ended(ended_id, call, self._clock.now(), CallEnd.OPERATOR_ENDED))

    def join_by_hand(self, call: str) -> None:
        """The call that was opened by hand is the one that the line shows too; both records stay."""
        line = self.view.value.line_of(call)
        mine = self._call(call)
        if line is None or mine is None:
            return
        self._journal.write(self._operation("call.same_as", call, {"call": line.id}))
        self._show(replace(mine, same_as=line.id))
        if not mine.ended_at:
            self.close_by_hand(call)

    def leave(self, call: str) -> None:
        """The ended call is dealt with; take it off the panel."""
        calls = tuple(
            one for one in self.view.value.calls if one.id != call or one.state is not CallState.ENDED
        )
        self.view.publish(replace(self.view.value, calls=calls))

    async def recognise(self, call: Call) -> None:
        """Add what the line may know of the caller; from the local database, so never before the ring."""
        card = await self._look_up(call.number) if call.number else None
        if card is not None:
            view = self.view.value
            self.view.publish(replace(view, callers={**view.callers, call.id: card}))

    @property
    def _origin(self) -> Origin:
        return Origin.PRACTICE if self._identity.practice else Origin.LINE

    def _show(self, call: Call) -> None:
        view = self.view.value
        others = [one for one in view.calls if one.id != call.id]
        seat = self._identity.seat
        before, seen = self._call(call.id), as_seen_from(call, seat)
        mine, was_mine = self._is_mine(call), before is not None and self._is_mine(before)
        shown = mine or state_at(call, seat) in (CallState.RINGING, CallState.DIALLING)
        calls = sorted((*others, seen) if shown else others, key=_age)
        self._whole.pop(call.id, None)
        if shown:
            self._whole[call.id] = call
        self.view.publish(replace(view, calls=tuple(calls)))
        if mine and call.id not in self._recorded:
            self._record(call)
        if mine and not was_mine:
            for listener in self.answered:
                listener(call)

    def _is_mine(self, call: Call) -> bool:
        """Whether it is or was talked at this seat."""
        colleague = colleague_at(call, self._identity.seat)
        joined = colleague is not None and colleague.joined_at is not None
        here = call.holder == self._identity.seat or joined or call.id in self._recorded
        return call.answered_at is not None and here

    def _record(self, call: Call) -> None:
        self._recorded.add(call.id)
        self._journal.write(self._operation("call.add", call.id, to_document(call)))

    def _call(self, call: str) -> Call | None:
        return self._whole.get(call)

    def _operation(self, kind: str, call: str, body: Mapping[str, object]) -> Operation:
        return Operation(new_id(), kind, call, self._identity.operator.id, self._clock.now(), body)


def _together(one: Call, other: Call) -> bool:
    if one.answered_at is None or other.answered_at is None:
        return False
    began = max(one.answered_at, other.answered_at)
    return all(call.ended_at is None or began < call.ended_at for call in (one, other))


def _age(call: Call) -> tuple[datetime, str]:
    rang = [offer.rang_at for offer in call.offers.values() if offer.rang_at]
    moments = [at for at in (call.entered_at, call.answered_at, *rang) if at]
    return (min(moments, default=datetime.max.replace(tzinfo=UTC)), call.id)
