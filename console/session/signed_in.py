"""Who is signed in, and what signing in needs of the server."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

from console.session.identity import Identity
from console.session.keys import Vault
from console.sync.accounts import Session, Wish
from console.sync.api import TurnedAway, Unreachable


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Who is signed in, the opened vault, and how far the server's clock is from ours (None: not asked).

    The ticket is good until `until`; `refresh` asks for the next one ("" where the server gave none).
    """

    identity: Identity
    vault: Vault
    offset: timedelta | None
    until: datetime
    refresh: str = field(default="", repr=False)
    problems: tuple[str, ...] = ()


class Accounts(Protocol):
    """The server, as far as signing in needs it."""

    async def sign_in(self, wish: Wish) -> Session | TurnedAway | Unreachable:
        """Ask for a duty ticket with a password."""
        ...

    async def renew(self, refresh: str, device: str) -> Session | TurnedAway | Unreachable:
        """Ask for the next duty ticket."""
        ...

    async def change_password(self, wish: Wish, new: str) -> TurnedAway | Unreachable | None:
        """Have another password taken; None: it is done."""
        ...
