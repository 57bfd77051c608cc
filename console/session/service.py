"""Signing in: by the envelope on this workstation, by the server, or by both."""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Protocol

from console.runtime.pool import Pool
from console.session import profile as profiles
from console.session.identity import Identity
from console.session.keys import Vault, open_vault
from console.session.profile import Profile
from console.session.secret_store import SecretStore
from console.session.vault_errors import VaultError, WrongPassword
from console.sync.accounts import Session, Wish
from console.sync.api import TurnedAway, Unreachable
from models.clock import Clock


class SignInRefused(Exception):
    """Nobody is signed in; `code` is a problem code with its parameters."""

    def __init__(self, code: str, **params: str) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Who is signed in, the opened vault, and how far the server's clock is from ours (None: not asked)."""

    identity: Identity
    vault: Vault
    offset: timedelta | None


class Accounts(Protocol):
    """The server, as far as signing in needs it."""

    async def sign_in(self, wish: Wish) -> Session | TurnedAway | Unreachable:
        """Ask for a duty ticket."""
        ...


class SessionService:
    """Signs operators in at one workstation; who was here before needs no server."""

    def __init__(
        self, folder: Path, accounts: Accounts, secrets: SecretStore, pool: Pool, clock: Clock, practice: bool
    ) -> None:
        self._folder = folder
        self._accounts = accounts
        self._secrets = secrets
        self._pool = pool
        self._clock = clock
        self._practice = practice

    async def sign_in(self, operator: str, password: str, seat: str) -> SignedIn:
        """Open the workstation for an operator: from what is here if there is something, else by the server.

        Raises SignInRefused.
        """
        known = await self._known(operator, password)
        if known is None:
            return await self._first(operator, password, seat)
        vault, profile = known
        still = profile.ticket if profile.until > self._clock.now() else ""
        me = Identity(profile.operator, seat, still, profile.secret, self._practice)
        return SignedIn(me, vault, None)

    async def renew(self, operator: str, password: str, seat: str, vault: Vault) -> SignedIn | None:
        """Ask the server for a fresh ticket; None while it cannot be reached. Raises SignInRefused."""
        answer = await self._accounts.sign_in(Wish(operator, password, seat))
        if isinstance(answer, Unreachable):
            return None
        if isinstance(answer, TurnedAway):
            raise _refused(answer)
        return await self._keep(answer, seat, vault)

    async def unlock(self, operator: str, password: str) -> bool:
        """True if this is the password of who locked the screen."""
        try:
            await self._pool.run(lambda: open_vault(self._folder, operator, password, self._secrets))
        except VaultError:
            return False
        return True

    async def _known(self, operator: str, password: str) -> tuple[Vault, Profile] | None:
        path = self._profile(operator)
        if not path.exists():
            return None
        vault = await self._open(operator, password)
        profile = await self._pool.run(lambda: profiles.load(path, vault.key))
        return (vault, profile) if profile else None

    async def _first(self, operator: str, password: str, seat: str) -> SignedIn:
        answer = await self._accounts.sign_in(Wish(operator, password, seat))
        if isinstance(answer, Unreachable):
            raise SignInRefused("first_sign_in_needs_server")
        if isinstance(answer, TurnedAway):
            raise _refused(answer)
        if answer.practice != self._practice:
            raise SignInRefused("practice_mismatch")
        return await self._keep(answer, seat, await self._open(operator, password))

    async def _keep(self, session: Session, seat: str, vault: Vault) -> SignedIn:
        profile = Profile(session.operator, session.ticket, session.until, session.caller_secret)
        path = self._profile(session.operator.id)
        await self._pool.run(lambda: profiles.save(path, vault.key, profile))
        me = Identity(session.operator, seat, session.ticket, profile.secret, session.practice)
        return SignedIn(me, vault, session.now - self._clock.now())

    async def _open(self, operator: str, password: str) -> Vault:
        self._folder.mkdir(parents=True, exist_ok=True)
        try:
            return await self._pool.run(lambda: open_vault(self._folder, operator, password, self._secrets))
        except WrongPassword as wrong:
            raise SignInRefused("sign_in_refused") from wrong
        except VaultError as trouble:
            raise SignInRefused(trouble.code, path=str(trouble.path)) from trouble

    def _profile(self, operator: str) -> Path:
        from urllib.parse import quote

        return self._folder / f"{quote(operator, safe='')}.profile"


def _refused(answer: TurnedAway) -> SignInRefused:
    if answer.wait:
        return SignInRefused("sign_in_wait", seconds=str(round(answer.wait)))
    known = answer.why if answer.why in ("practice_mismatch",) else "sign_in_refused"
    return SignInRefused(known)
