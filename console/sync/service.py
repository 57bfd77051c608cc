"""What stands between workstation and server: for the operator to see, and for somebody to decide."""

import logging
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any, Protocol

from console.runtime.journal import DiskTrouble, Journal
from console.runtime.problems import Problems
from console.runtime.store import Store
from console.session.identity import Identity
from console.storage.values import Refused, UnsentAct
from console.sync import state
from console.sync.pulling import RunDb
from console.sync.state import SyncState
from models.clock import Clock
from models.codec import to_document
from models.ids import new_id
from models.notes.joining import joined
from models.notes.note import DraftVersion, Note, NoteBody
from models.operation import Operation
from models.sync.held import HeldAct, HeldCard, HeldState

_log = logging.getLogger(__name__)


class Choice(StrEnum):
    """How it is decided between the text of a note and one beside it."""

    MINE = "mine"
    OTHER = "other"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class Outstanding:
    """What is not at the server or not in force there, and how the link is."""

    link: state.Link = field(default_factory=state.Starting)
    unsent: tuple[UnsentAct, ...] = ()
    count: int = 0
    refused: tuple[Refused, ...] = ()


@dataclass(frozen=True, slots=True)
class Opened:
    """A held act that somebody wants to read; None where its words are not here."""

    op: str
    act: HeldAct | None


class Rounds(Protocol):
    """What this needs of the pump."""

    state: Store[SyncState]

    def nudge(self) -> None:
        """A round now."""
        ...


class SyncService:
    """Lives on the io thread. `show` brings a note that was decided about back to the desk."""

    def __init__(
        self,
        journal: Journal,
        run_db: RunDb,
        clock: Clock,
        identity: Identity,
        problems: Problems,
        show: Callable[[Note], Awaitable[None]],
        spawn: Callable[[Coroutine[Any, Any, object]], object],
    ) -> None:
        self._journal = journal
        self._run_db = run_db
        self._clock = clock
        self._identity = identity
        self._problems = problems
        self._show = show
        self._spawn = spawn
        self._nudge: Callable[[], None] = lambda: None
        self.before_choosing: Callable[[], None] = lambda: None
        self._told = SyncState()
        self._settling: set[str] = set()
        self.outstanding: Store[Outstanding] = Store(Outstanding())
        self.conflicts: Store[tuple[Note, ...]] = Store(())
        self.held: Store[tuple[HeldCard, ...]] = Store(())
        self.act: Store[Opened | None] = Store(None)

    def follow(self, rounds: Rounds) -> None:
        """Hear the pump from now on."""
        self._nudge = rounds.nudge
        rounds.state.watch(self._hear)

    def try_again(self) -> None:
        """A round now, whatever pause is on."""
        self._nudge()

    async def refresh(self) -> None:
        """Read anew what is outstanding, what is to be decided, and what waits for a lead."""
        try:
            await self._read()
        except DiskTrouble as trouble:
            # The rounds themselves say so; what was read before stays in sight.
            _log.info("what is outstanding cannot be read now: %s", trouble.code)

    async def _read(self) -> None:
        unsent = await self._run_db(lambda storage: storage.outbox.list())
        mine = self._identity.operator.id
        notes = await self._run_db(lambda storage: storage.outbox.conflicts())
        told = self._told
        count = max(told.unsent.count, len(unsent))
        self.outstanding.publish(Outstanding(told.link, unsent, count, told.refused))
        self.conflicts.publish(tuple(note for note in notes if note.author == mine))
        if self._identity.operator.leads:
            self.held.publish(await self._run_db(lambda storage: storage.held.cards()))
        self._problems.set("texts_to_settle", bool(self.conflicts.value), n=str(len(self.conflicts.value)))
        self._problems.set("acts_held", bool(self.held.value), n=str(len(self.held.value)))

    async def put_away(self, op: str) -> None:
        """The operator has read how an act ended: it is listed no more."""
        await self._run_db(lambda storage: storage.held.put_away(op))
        self._nudge()

    async def open_held(self, op: str) -> None:
        """Show a held act in full, where it may be read here."""
        self.act.publish(Opened(op, await self._run_db(lambda storage: storage.held.act(op))))

    def release(self, op: str) -> None:
        """Let a held act happen."""
        self._decide("held.release", op, {})

    def dismiss(self, op: str, reason: str) -> None:
        """Never let a held act happen; its words are kept."""
        self._decide("held.dismiss", op, {"reason": reason})

    async def settle(self, note: str, version: str, choice: Choice, glue: Mapping[str, str]) -> None:
        """Decide between the text of a note and a version beside it.

        `glue` says what stands between two texts of one field of words. What was typed before is saved
        first and counts; what is typed meanwhile comes beside the text that was chosen.
        """
        if version in self._settling:
            # A second press; the first one counts.
            return
        self._settling.add(version)
        try:
            await self._settle(note, version, choice, glue)
        finally:
            self._settling.discard(version)

    async def _settle(self, note: str, version: str, choice: Choice, glue: Mapping[str, str]) -> None:
        self.before_choosing()
        await self._journal.flush()
        record = await self._run_db(lambda storage: storage.record("note", note))
        found = record.entity if record else None
        if record is None or not isinstance(found, Note):
            return
        other = next((one for one in found.unsettled if one.op == version), None)
        if other is None:
            return
        body = _chosen(found, other, choice, glue)
        content: dict[str, Any] = {"versions": [version], "choice": choice, "on": found.written}
        if body is not None:
            content["body"] = to_document(body)
        settle = self._operation("note.versions.settle", note, content)
        await self._journal.write(settle, urgent=True)
        after = await self._run_db(lambda storage: storage.record("note", note))
        if after is not None and isinstance(after.entity, Note):
            await self._show(after.entity)
        await self.refresh()

    def _decide(self, kind: str, op: str, body: Mapping[str, str]) -> None:
        if op not in {card.id for card in self.held.value}:
            # Decided about already, here or by somebody else.
            return
        self._journal.write(self._operation(kind, op, body), urgent=True)
        # Not to be decided about twice while the server has not answered.
        self.held.publish(tuple(card for card in self.held.value if card.id != op))
        self.act.publish(None)

    def _hear(self, told: SyncState) -> None:
        self._told = told
        known = self.outstanding.value
        self.outstanding.publish(
            replace(known, link=told.link, count=told.unsent.count, refused=told.refused)
        )
        waiting = [one for one in told.refused if one.state == HeldState.WAITING]
        self._problems.set("acts_refused", bool(waiting), n=str(len(waiting)))
        self._problems.set("feeds_unlike", bool(told.unlike))
        away = told.link.why if isinstance(told.link, state.TurnedAway) else ""
        for code in ("program_old", "program_new"):
            self._problems.set(code, away == code)
        self._spawn(self.refresh())

    def _operation(self, kind: str, entity: str, body: Mapping[str, object]) -> Operation:
        return Operation(new_id(), kind, entity, self._identity.operator.id, self._clock.now(), body)


def _chosen(note: Note, other: DraftVersion, choice: Choice, glue: Mapping[str, str]) -> NoteBody | None:
    """The new text; None where the present one stays."""
    if choice is Choice.MINE:
        return None
    return other.body if choice is Choice.OTHER else joined(note.body, other.body, glue)
