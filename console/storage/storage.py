"""The local database of one operator, as the rest of the console sees it; used on the db thread only."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Engine

from console.storage import confirmed, meta, performing, pulling, queries, sending, trace
from console.storage.alerts import AlertRecords
from console.storage.caller_records import CallerRecords
from console.storage.confirmed import Confirmations
from console.storage.courier import CourierRows
from console.storage.followups import OwedCalls
from console.storage.held import Held
from console.storage.histories import Histories
from console.storage.open_tasks import OpenTaskRecords
from console.storage.people import KnownPersons
from console.storage.records import Key
from console.storage.rescues import OpenReferrals
from console.storage.restored import Witnesses
from console.storage.same_number import SameNumber
from console.storage.search import Search
from console.storage.staff import StaffCards
from console.storage.timing import Timing
from console.storage.transactions import Transactions
from console.storage.unsent import UnsentActs
from console.storage.values import (
    Answer,
    Applied,
    Batch,
    ListedNote,
    Page,
    Performed,
    Record,
    Refused,
    Unsent,
)
from models.calls.card import CallCard
from models.clock import Clock
from models.notes.card import NoteCard
from models.operation import Operation
from models.people.caller import CallerCard
from models.trace.receipt import Receipt


class Storage:
    """Every method is one transaction; values go in and out. Raises DiskTrouble where the disk refuses."""

    def __init__(self, engine: Engine, operator: str, clock: Clock) -> None:
        self._engine = engine
        self._transaction = Transactions(engine).one
        self._operator = operator
        self._clock = clock
        self.trace = trace.Trace(self._transaction, operator, clock)
        self.held = Held(self._transaction)
        self.outbox = UnsentActs(self._transaction)
        self.timing = Timing(self._transaction)
        self.couriers = CourierRows(self._transaction, clock)
        self.confirmations = Confirmations(self._transaction)
        self.witnesses = Witnesses(self._transaction)
        self.people, self.staff = KnownPersons(self._transaction), StaffCards(self._transaction)
        self.same_number = SameNumber(self._transaction)
        self.search = Search(self._transaction)
        self.alerts = AlertRecords(self._transaction)
        self.owed, self.callers = OwedCalls(self._transaction), CallerRecords(self._transaction)
        self.histories = Histories(self._transaction)
        self.open_tasks = OpenTaskRecords(self._transaction, operator, clock)
        self.open_referrals = OpenReferrals(self._transaction, operator, clock)
        # The text that this program last made of each note, by its act: who types on stands on it, whatever
        # was pulled or read since.
        self._made: dict[Key, str] = {}

    def perform(self, operations: Sequence[Operation]) -> tuple[Performed, ...]:
        """Make acts durable, all or none: each record with its outbox row.

        A draft that says what it was written `on` is the first on a text that was fetched from here. Any
        other stands on what this program last made of the note, and replaces the last act on it if that is a
        draft which was never sent.
        """
        made = dict(self._made)
        performed = []
        with self._transaction() as connection:
            for operation in operations:
                performed.append(performing.perform(connection, operation, made))
        self._made = made
        return tuple(performed)

    def record(self, kind: str, entity: str) -> Record | None:
        """One record; whoever lays its text on the desk says by its `written` what is written on."""
        with self._transaction() as connection:
            return queries.one(connection, kind, entity)

    def of_call(self, call: str) -> tuple[Record, ...]:
        """All that belongs to a call, to be shown: itself, notes, assessments, referrals, cards."""
        with self._transaction() as connection:
            return queries.of_call(connection, call)

    def my_notes(self, since: datetime, until: datetime, limit: int = 500) -> tuple[ListedNote, ...]:
        """This operator's notes opened in [since, until), newest first."""
        with self._transaction() as connection:
            return queries.my_notes(connection, self._operator, (since, until), limit)

    def open_notes(self) -> tuple[ListedNote, ...]:
        """This operator's notes that are not finished, oldest first, to be offered again."""
        with self._transaction() as connection:
            return queries.open_notes(connection, self._operator)

    def cards(
        self, since: datetime, until: datetime, limit: int = 500
    ) -> tuple[tuple[NoteCard, ...], tuple[CallCard, ...]]:
        """The note cards of [since, until) and its calls that nobody answered, newest first, for a lead."""
        with self._transaction() as connection:
            span = since, until
            return queries.cards(connection, span, limit), queries.missed(connection, span, limit)

    def caller_card(self, key: str) -> CallerCard | None:
        """What the line knows of a number, by its keyed hash."""
        with self._transaction() as connection:
            return queries.caller_card(connection, key)

    def refused(self) -> tuple[Refused, ...]:
        """The acts the server rejected or holds, oldest first."""
        with self._transaction() as connection:
            return queries.refused_acts(connection)

    def unsent(self) -> Unsent:
        """How many acts wait for the server and since when."""
        with self._transaction() as connection:
            return sending.unsent(connection)

    def next_push(self, limit: int) -> Batch | None:
        """The first waiting acts, marked as sent on disk before they leave; None when nothing waits."""
        with self._transaction() as connection:
            batch = sending.next_batch(connection, limit, self._clock.now())
            stretch = trace.pending(connection)
            if batch is None and stretch is not None:
                batch = Batch(meta.get(connection, "epoch"), ())
            return None if batch is None else replace(batch, stretch=stretch)

    def acknowledge(
        self, batch: Batch, answers: Sequence[Answer], server_epoch: str, receipt: Receipt | None = None
    ) -> None:
        """Drop what this push sent and the server confirms; what it rejects or holds is kept and listed.

        If the server was restored since (another epoch), all it confirmed in 30 days is offered again;
        an empty epoch says nothing of the server.
        """
        with self._transaction() as connection:
            sending.acknowledge(connection, batch, answers, self._clock.now())
            if server_epoch:
                confirmed.note(connection, batch.epoch, answers)
            sending.meets_restored(connection, server_epoch)
            if batch.stretch is not None and receipt is not None:
                trace.receipted(connection, batch.stretch, receipt, self._clock.now())
        for act in sending.rejected_drafts(batch, answers):
            if self._made.get((act.entity, act.id)) == act.op:
                # It stands nowhere: what is typed from now on stands on what it stood on.
                self._made[act.entity, act.id] = act.body[performing.ON]

    def start_epoch(self, offer_again: bool) -> None:
        """Number the outbox anew (the disk was cloned), offering again what the server may have lost."""
        with self._transaction() as connection:
            sending.start_epoch(connection, offer_again)

    def cursors(self) -> dict[str, int]:
        """Where the next pull goes on."""
        with self._transaction() as connection:
            return pulling.cursors(connection)

    def apply_page(self, page: Page) -> Applied:
        """Take over a page of a pull together with its cursor, under the acts that still wait.

        The page of a restored server (another epoch) is left aside, the next pull starts from the beginning;
        likewise any page while the answer to a push is open.
        """
        with self._transaction() as connection:
            return pulling.apply_page(connection, page, self._clock.now())

    def close(self) -> None:
        """Close the file; its log is folded in."""
        self._engine.dispose()
