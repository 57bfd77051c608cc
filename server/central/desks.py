"""All that a running server works with."""

import asyncio
from dataclasses import dataclass, field

from models.clock import Clock
from models.people.proof import Proof, Request
from server.central.access.expiry import Expiry
from server.central.access.granting import GrantDesk
from server.central.access.history import HistoryDesk
from server.central.access.sharing import SharingDesk
from server.central.courier import CourierDesk
from server.central.metrics import Metrics
from server.central.news.wakes import News
from server.central.people.enrolment import EnrolmentDesk
from server.central.people.proofs import Nonces, NonceWanted, check_proof
from server.central.people.standing import Standing
from server.central.recordings.keeping import KeepDesk
from server.central.recordings.playing import PlayDesk
from server.central.settings import Settings
from server.central.signing_in import SignInDesk
from server.central.storage.engine import Database, sealing_of, told_by
from server.central.storage.schema import DatabaseIdentity, open_database
from server.central.sync.pull import PullDesk
from server.central.sync.push import PushDesk
from server.central.tickets import Ticket, TicketRefused, verify_ticket
from server.central.trace.alarms import AlarmDesk
from server.central.trace.desk import TraceDesk
from server.central.trace.signing import ReceiptKey

_SIGN_INS_AT_ONCE = 4


@dataclass(frozen=True, slots=True)
class Desks:
    """Sign-in, push, pull, grants and rights that end, over one database."""

    engine: Database
    clock: Clock
    identity: DatabaseIdentity
    settings: Settings
    standing: Standing
    nonces: Nonces
    sign_in: SignInDesk
    enrolment: EnrolmentDesk
    courier: CourierDesk
    push: PushDesk
    pull: PullDesk
    grants: GrantDesk
    sharing: SharingDesk
    history: HistoryDesk
    expiry: Expiry
    keep: KeepDesk
    play: PlayDesk
    trace: TraceDesk
    alarms: AlarmDesk
    news: News
    metrics: Metrics
    # Each password check takes 64 MiB and a core for a moment: no crowd of them may starve the rest.
    sign_in_places: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(_SIGN_INS_AT_ONCE))

    @classmethod
    def over(cls, engine: Database, clock: Clock, identity: DatabaseIdentity, settings: Settings) -> "Desks":
        """Set up over an open database; whoever writes there tells the news."""
        news, metrics = News(), Metrics()
        engine = told_by(engine, news.tell)
        trace = TraceDesk(
            engine, clock, ReceiptKey(settings.keys.receipts.private, settings.keys.successions)
        )
        push = PushDesk(engine, clock, identity, settings.rights, trace)
        return cls(
            engine,
            clock,
            identity,
            settings,
            Standing(engine, clock),
            Nonces.of(settings.private_key),
            SignInDesk(engine, clock, identity, settings),
            EnrolmentDesk(engine, clock, settings.keys),
            CourierDesk(engine, clock, settings.keys, push),
            push,
            PullDesk(engine, clock, identity, settings.rights, given=metrics.given),
            GrantDesk(engine, clock, settings.rights),
            SharingDesk(engine, clock, settings.rights),
            HistoryDesk(engine, clock, settings.rights),
            Expiry(engine, settings.rights),
            KeepDesk(engine, clock, settings.rights, settings.recordings),
            PlayDesk(engine, clock, settings.rights, settings.recordings),
            trace,
            AlarmDesk(engine, clock, settings.rights),
            news,
            metrics,
        )

    @property
    def stopping(self) -> bool:
        """True while the program ends: what is under way is answered, nothing new belongs here."""
        return self.news.closed

    def check(self) -> None:
        """Look at the database and at its keys. Raises DatabaseTrouble."""
        open_database(self.engine, practice=self.identity.practice)
        sealing_of(self.engine).check()

    def ticket_of(self, token: str) -> Ticket:
        """The ticket of a token. Raises TicketRefused."""
        ticket = verify_ticket(token, self.settings.public_keys, self.clock.now())
        if self.settings.enrolment and not ticket.jkt:
            raise TicketRefused("bound to no workstation")
        return ticket

    def proven(self, token: str, request: Request) -> Proof:
        """The good and fresh proof of a request. Raises ProofRefused; NonceWanted if but freshness lacks."""
        if not token:
            raise NonceWanted("no proof")
        proof = check_proof(token, request)
        if not self.nonces.is_good(proof.nonce, self.clock.now()):
            raise NonceWanted("nonce")
        return proof
