"""Signing in: a password against its hash, a growing wait after failures, a duty ticket."""

import base64
from dataclasses import dataclass

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from models.clock import Clock
from models.people.operator import Operator
from models.sync.feeds import feeds_of
from models.wire.session import Refusal, SignedIn, SignIn
from server.central.caller_secret import secret_of
from server.central.storage.accounts import (
    Account,
    add_account,
    count_attempt,
    find_account,
    forget_attempts,
)
from server.central.storage.engine import Database
from server.central.storage.schema import DatabaseIdentity
from server.central.tickets import LIFETIME, Ticket, sign_ticket

FREE_FAILURES = 5
LONGEST_WAIT = 60
_HASHER = PasswordHasher()
# What an unknown name is compared with, so that it takes as long as a known one.
_NOBODY = _HASHER.hash("nobody")


def add_operator(engine: Database, operator: Operator, password: str) -> bool:
    """Give somebody an account; False where the id is taken."""
    return add_account(engine, Account(operator, _HASHER.hash(password)))


def wait_after(failures: int) -> int:
    """Seconds to wait after so many failures in a row: 2, 4, 8 … 60 from the fifth on."""
    if failures < FREE_FAILURES:
        return 0
    return min(LONGEST_WAIT, int(2 ** min(failures - FREE_FAILURES + 1, 10)))


@dataclass(frozen=True, slots=True)
class SignInDesk:
    """Where duty tickets are given out; the key is an Ed25519 private key in PEM."""

    engine: Database
    clock: Clock
    identity: DatabaseIdentity
    private_key: bytes

    def sign_in(self, asked: SignIn) -> SignedIn | Refusal:
        """Check the password. A wrong one, an unknown name and a wait get the same answer. Blocks long."""
        now = self.clock.now().timestamp()
        attempt = count_attempt(self.engine, asked.operator, asked.device, now, wait_after)
        account = find_account(self.engine, asked.operator) if attempt.allowed else None
        if not attempt.allowed or not _matches(account, asked.password) or account is None:
            return Refusal(why="sign_in_refused", wait_seconds=attempt.wait_seconds)
        forget_attempts(self.engine, asked.operator, asked.device)
        return self._signed_in(account.operator, asked.seat)

    def _signed_in(self, operator: Operator, seat: str) -> SignedIn:
        now = self.clock.now()
        ticket = Ticket(operator, seat, now, now + LIFETIME, self.identity.practice)
        secret = secret_of(self.identity.caller_secret, operator.site) if feeds_of(operator) else b""
        return SignedIn(
            ticket=sign_ticket(ticket, self.private_key),
            until=ticket.expires_at,
            operator=operator.id,
            name=operator.name,
            title=operator.title,
            site=operator.site,
            roles=operator.roles,
            caller_secret=base64.b64encode(secret).decode(),
            practice=self.identity.practice,
            now=now,
        )


def _matches(account: Account | None, password: str) -> bool:
    try:
        return _HASHER.verify(account.password_hash if account else _NOBODY, password) and account is not None
    except (VerificationError, InvalidHashError):
        return False
