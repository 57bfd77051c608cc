"""The gateway's own sign-in: its key instead of a password."""

from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_public_key

from models.clock import Clock
from models.people.operator import GATEWAY, Operator, Role
from models.people.proof import thumbprint
from models.wire.session import Refusal, SignedIn
from server.central.settings import Settings
from server.central.storage.accounts import Account, State, add_account, find_account
from server.central.storage.engine import Database
from server.central.storage.schema import DatabaseIdentity
from server.central.tickets import LIFETIME, Ticket, sign_ticket


@dataclass(frozen=True, slots=True)
class GatewayDesk:
    """Where a gateway gets its duty ticket, bound to its key; the account is made the first time."""

    engine: Database
    clock: Clock
    identity: DatabaseIdentity
    settings: Settings

    def sign_in(self, shown: str) -> SignedIn | Refusal:
        """A ticket for whoever proved the key of this thumbprint, if it is the gateway's. Blocks."""
        known = self.settings.gateway
        if known is None or shown != _thumbprint(known.key):
            return Refusal(why="sign_in_refused")
        # No password fits the empty hash.
        who = Operator(GATEWAY, GATEWAY, "", known.site, (Role.GATEWAY,))
        add_account(self.engine, Account(who, ""))
        account = find_account(self.engine, GATEWAY)
        if account is None or account.operator.roles != who.roles or account.operator.site != who.site:
            return Refusal(why="role")
        if account.state is not State.ACTIVE:
            return Refusal(why="drain")
        now = self.clock.now()
        ticket = Ticket(account.operator, "", now, now + LIFETIME, self.identity.practice, jkt=shown)
        return SignedIn(
            ticket=sign_ticket(ticket, self.settings.private_key),
            until=ticket.expires_at,
            operator=who.id,
            name=who.name,
            title=who.title,
            site=who.site,
            roles=who.roles,
            caller_secret="",
            practice=self.identity.practice,
            now=now,
        )


def _thumbprint(pem: bytes) -> str:
    key = load_pem_public_key(pem)
    if not isinstance(key, Ed25519PublicKey):
        raise TypeError("not an Ed25519 key")
    return thumbprint(key.public_bytes(Encoding.Raw, PublicFormat.Raw))
