"""Signing in: a password against its hash, a second factor, a growing wait after failures, a duty ticket."""

import base64
import logging
from dataclasses import dataclass
from datetime import timedelta

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from models.clock import Clock
from models.people.operator import Operator
from models.sync.feeds import feeds_of
from models.trace.entry import Act, Happening, as_code
from models.wire.session import ChangePassword, Refusal, Renew, SignedIn, SignIn
from server.central.caller_secret import secret_of
from server.central.people.refreshing import RefreshDesk
from server.central.people.second_factor import SecondFactorBroken, step_of, unseal
from server.central.people.waiting import wait_after
from server.central.settings import Settings
from server.central.storage.accounts import (
    Account,
    State,
    add_account,
    change_password_hash,
    find_account,
    use_step,
)
from server.central.storage.attempts import Attempt, count_attempt, forget_attempts, lift_attempts, take_back
from server.central.storage.engine import Database
from server.central.storage.recording import record_alone
from server.central.storage.refresh import Holder, revoke_families
from server.central.storage.schema import DatabaseIdentity
from server.central.storage.workstations import Workstation, note_signed_in
from server.central.tickets import LIFETIME, Ticket, sign_ticket

_LOG = logging.getLogger(__name__)
_HASHER = PasswordHasher()
# What an unknown name is compared with, so that it takes as long as a known one. Made once, of random
# bytes that nobody kept: to make one anew would hold up each start of a server and each of its commands.
_NOBODY = "$argon2id$v=19$m=65536,t=3,p=4$Dg7SK/zQY1VPKbAnYHCOXQ$x6XgPT2VLONEwsMJZdPB1DCs5UGeEFZJ5cuhJXV2Er4"


def add_operator(engine: Database, operator: Operator, password: str) -> bool:
    """Give somebody an account; False where the id is taken."""
    return add_account(engine, Account(operator, _HASHER.hash(password)))


def set_password(engine: Database, operator: str, password: str) -> bool:
    """Give somebody another password; everywhere they must sign in again. False where there is nobody."""
    if not change_password_hash(engine, operator, _HASHER.hash(password)):
        return False
    revoke_families(engine, operator)
    lift_attempts(engine, operator)
    return True


@dataclass(frozen=True, slots=True)
class _Claim:
    """Who somebody says to be, with what proves it, and where: an enrolled workstation or an own word."""

    operator: str
    password: str
    code: str
    place: str


@dataclass(frozen=True, slots=True)
class SignInDesk:
    """Where duty tickets are given out; `workstation` is the enrolled one that proved its key, if any."""

    engine: Database
    clock: Clock
    identity: DatabaseIdentity
    settings: Settings

    def sign_in(self, asked: SignIn, workstation: Workstation | None = None) -> SignedIn | Refusal:
        """Check the password. A wrong one, an unknown name and a wait get the same answer. Blocks long."""
        place = _place(workstation, asked.device)
        proven = self._proven(_Claim(asked.operator, asked.password, asked.code, place))
        if isinstance(proven, Refusal):
            return proven
        operator = proven.operator
        self._trace(Act.SIGNED_IN, operator.id, place, "")
        if workstation:
            note_signed_in(self.engine, operator.id, workstation.id, self.clock.now().timestamp())
        refresh = self._refreshing.first(Holder(operator.id, place, asked.seat))
        return self._signed_in(operator, asked.seat, workstation, refresh)

    def prove(self, asked: SignIn) -> Operator | Refusal:
        """Who this is, where nobody is to be signed in: each of two people who act together. Blocks long."""
        proven = self._proven(_Claim(asked.operator, asked.password, asked.code, asked.device))
        return proven if isinstance(proven, Refusal) else proven.operator

    def renew(self, asked: Renew, workstation: Workstation | None = None) -> SignedIn | Refusal:
        """Give the next ticket for a refresh token."""
        known = self._refreshing.next(asked.refresh, _place(workstation, asked.device))
        account = find_account(self.engine, known[0].account) if known else None
        if known is None or account is None:
            return Refusal(why="refresh")
        if account.state is not State.ACTIVE:
            return Refusal(why="drain")
        return self._signed_in(account.operator, known[0].seat, workstation, known[1])

    def change_password(
        self, asked: ChangePassword, workstation: Workstation | None = None
    ) -> Refusal | None:
        """Replace a password; elsewhere this operator must sign in again. None: it is done. Blocks long."""
        place = _place(workstation, asked.device)
        proven = self._proven(_Claim(asked.operator, asked.password, asked.code, place))
        if isinstance(proven, Refusal):
            return proven
        change_password_hash(self.engine, asked.operator, _HASHER.hash(asked.new))
        self._trace(Act.REKEYED, asked.operator, place, "")
        revoke_families(self.engine, asked.operator, but_at=place)
        return None

    def lift(self, lead: Operator, operator: str) -> bool:
        """End the wait that failures brought upon a name; False where this is not for that lead to do."""
        account = find_account(self.engine, operator)
        if not lead.leads or (account and account.operator.site != lead.site):
            return False
        lift_attempts(self.engine, operator)
        lifted = Happening(Act.GRANTED, "account", as_code(operator), reason="wait_lifted")
        record_alone(self.engine, self.clock.now(), [(lead.id, lifted)])
        return True

    def _trace(self, act: Act, operator: str, place: str, why: str) -> None:
        what = Happening(act, "account", as_code(operator), where=as_code(place), reason=why)
        record_alone(self.engine, self.clock.now(), [(operator, what)])

    @property
    def _refreshing(self) -> RefreshDesk:
        return RefreshDesk(self.engine, self.clock, timedelta(days=self.settings.offline_days))

    def _proven(self, claim: _Claim) -> Account | Refusal:
        now = self.clock.now().timestamp()
        attempt = count_attempt(self.engine, claim.operator, claim.place, now, wait_after)
        account = find_account(self.engine, claim.operator) if attempt.allowed else None
        if not attempt.allowed or not _matches(account, claim.password) or account is None:
            if attempt.allowed:
                # Whether there is such a name or not: both take as long.
                self._trace(Act.FAILED, claim.operator, claim.place, "password")
            return Refusal(why="sign_in_refused", wait_seconds=attempt.wait_seconds)
        if account.state is not State.ACTIVE:
            return Refusal(why="drain")
        unproven = self._unproven(account, claim, attempt)
        if unproven:
            return unproven
        forget_attempts(self.engine, claim.operator, claim.place)
        return account

    def _unproven(self, account: Account, claim: _Claim, attempt: Attempt) -> Refusal | None:
        """What the second factor has against this; None where it is not asked for or right."""
        if not self.settings.second_factor.intersection(account.operator.roles):
            return None
        if not claim.code:
            # No failure, but no success either, or guessing codes would cost no wait.
            now = self.clock.now().timestamp()
            take_back(self.engine, claim.operator, claim.place, now, attempt)
            return Refusal(why="code_wanted")
        step = self._step(account, claim.code)
        if step is None or not use_step(self.engine, claim.operator, step):
            self._trace(Act.FAILED, claim.operator, claim.place, "code")
            return Refusal(why="sign_in_refused", wait_seconds=attempt.wait_seconds)
        return None

    def _step(self, account: Account, code: str) -> int | None:
        who, sealed = account.operator.id, account.second_factor
        if not sealed:
            return None
        try:
            return step_of(unseal(self.settings.keys.second_factor, who, sealed), code, self.clock.now())
        except SecondFactorBroken:
            _LOG.error("the second factor of %r cannot be opened: is second-factor.key the right one?", who)
            return None

    def _signed_in(
        self, operator: Operator, seat: str, workstation: Workstation | None, refresh: str
    ) -> SignedIn:
        now = self.clock.now()
        machine = (workstation.id, workstation.jkt) if workstation else ("", "")
        ticket = Ticket(operator, seat, now, now + LIFETIME, self.identity.practice, *machine)
        secret = secret_of(self.identity.caller_secret, operator.site) if feeds_of(operator) else b""
        return SignedIn(
            ticket=sign_ticket(ticket, self.settings.private_key),
            until=ticket.expires_at,
            operator=operator.id,
            name=operator.name,
            title=operator.title,
            site=operator.site,
            roles=operator.roles,
            caller_secret=base64.b64encode(secret).decode(),
            practice=self.identity.practice,
            now=now,
            refresh=refresh,
            offline_days=self.settings.offline_days,
            recovery=self.settings.recovery,
        )


def _place(workstation: Workstation | None, device: str) -> str:
    return workstation.id if workstation else device


def _matches(account: Account | None, password: str) -> bool:
    try:
        return _HASHER.verify(account.password_hash if account else _NOBODY, password) and account is not None
    except (VerificationError, InvalidHashError):
        return False
