"""One act does it all: the record of a referral, its push, and the three-way call."""

from collections.abc import Awaitable, Callable, Iterable, Mapping

from console.runtime.journal import Writes
from console.runtime.store import Store
from console.session.identity import Identity
from models.calls.events import CallEvent, Invited, Joined, Left, PartyRang
from models.clock import Clock
from models.codec import to_document
from models.ids import new_id
from models.operation import Operation
from models.referrals.reduce import reduce
from models.referrals.referral import ENDS, ORDER, Referral, Step

Invite = Callable[[str, str, str, str], Awaitable[str]]
"""Bring a party into a call (call, party, dial, label); answers "" or why it could not be."""


class ReferralsService:
    """The referrals of the call on the desk, newest last."""

    def __init__(self, journal: Writes, clock: Clock, identity: Identity, invite: Invite) -> None:
        self._journal = journal
        self._clock = clock
        self._identity = identity
        self._invite = invite
        self._known: dict[str, Referral] = {}
        self.referrals: Store[tuple[Referral, ...]] = Store(())
        self.known: Store[tuple[Referral, ...]] = Store(())
        """All that this seat knows of, whichever note they belong to."""
        self._note = ""

    def open_for(self, note: str, known: Iterable[Referral] = ()) -> None:
        """Show the referrals of a note, stored ones included."""
        self._note = note
        for referral in known:
            self._known.setdefault(referral.id, referral)
        self._publish()

    def of_note(self, note: str) -> tuple[Referral, ...]:
        """All referrals of a note, whether it is the one on the desk or not, by when they were opened."""
        mine = [one for one in self._known.values() if one.note == note]
        return tuple(sorted(mine, key=lambda one: (one.opened_at, one.id)))

    def remember(self, known: Iterable[Referral]) -> None:
        """Know of referrals that were opened before the program started."""
        for referral in known:
            self._known.setdefault(referral.id, referral)
        self._publish()

    def take(self, stored: Iterable[Referral]) -> None:
        """What came of referrals elsewhere; one of which more is known here than is stored stays as it is."""
        for referral in stored:
            mine = self._known.get(referral.id)
            if mine is not None and _acts(mine) < _acts(referral):
                self._known[referral.id] = referral
        self._publish()

    async def start(self, referral: Referral) -> str:
        """Record, push and dial; the same id twice is one referral. Answers "" or why the line refused.

        The call is started without waiting for the disk or the server.
        """
        if referral.id in self._known:
            return ""
        document = to_document(referral)
        body = {name: value for name, value in document.items() if name not in ("id", "author", "timeline")}
        self._act(None, self._operation("referral.open", referral.id, body))
        return await self._dial(referral)

    async def dial_again(self, referral: str) -> str:
        """Call the same target once more. Answers "" or why the line refused."""
        known = self._known.get(referral)
        return await self._dial(known) if known else ""

    def advance(self, referral: str, step: Step, detail: str = "") -> None:
        """Note a step of the timeline."""
        known = self._known.get(referral)
        if known is not None:
            body = {"step": step, "detail": detail}
            self._act(known, self._operation("referral.advance", referral, body))

    def hear(self, event: CallEvent) -> None:
        """What the line tells of a third party is noted by itself, once."""
        match event:
            case Invited():
                self._reached(event.party, Step.CALLED, event.dial)
            case Joined():
                self._reached(event.party, Step.JOINED)
            case Left() if event.cause != "left":
                self._reached(event.party, Step.NOT_REACHED, event.cause)
            case PartyRang() | _:
                pass

    async def _dial(self, referral: Referral) -> str:
        if not referral.call or not referral.dial:
            return ""
        attempt = sum(entry.step is Step.CALLED for entry in referral.timeline)
        party = f"{referral.id}.{attempt}"
        return await self._invite(referral.call, party, referral.dial, referral.target_name)

    def _reached(self, party: str, step: Step, detail: str = "") -> None:
        known = self._known.get(party.partition(".")[0])
        if known is None or known.state in ENDS or ORDER[known.state] > ORDER[step]:
            return
        if any((entry.step, entry.detail) == (step, detail) for entry in known.timeline):
            return
        self.advance(known.id, step, detail)

    def _act(self, known: Referral | None, operation: Operation) -> None:
        after = reduce(known, operation, 0).entity
        if after is not None:
            self._known[after.id] = after
            self._publish()
        self._journal.write(operation, urgent=True)

    def _publish(self) -> None:
        self.known.publish(tuple(self._known.values()))
        self.referrals.publish(self.of_note(self._note))

    def _operation(self, kind: str, referral: str, body: Mapping[str, object]) -> Operation:
        return Operation(new_id(), kind, referral, self._identity.operator.id, self._clock.now(), body)


def _acts(referral: Referral) -> frozenset[str]:
    steps = {one.op for one in referral.timeline}
    return frozenset(steps | {one.op for one in referral.seconds})
