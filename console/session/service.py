"""Signing in: by the envelope on this workstation and by the server together, or by what is here alone."""

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import NoReturn

from console.runtime.pool import Pool
from console.session import profile as profiles
from console.session import recovery, withdrawing
from console.session.asking import Asked
from console.session.files import OperatorFiles
from console.session.identity import Identity
from console.session.keys import Vault, admit_again, keep_for_recovery, open_vault, rewrap
from console.session.profile import Profile
from console.session.secret_store import SecretStore
from console.session.signed_in import Accounts, SignedIn
from console.session.vault_errors import AccessWithdrawn, VaultError, WrongPassword
from console.session.waits import Waits
from console.sync.accounts import Session, Wish
from console.sync.api import TurnedAway, Unreachable
from models.clock import Clock
from models.people.proof import NONCE_WANTED
from models.trusted_time import TrustedTime

PATIENCE_SECONDS = 4.0
"""How long the server is waited for where this workstation could do without."""
WAITS_FILE = "sign-in.waits"
WORKSTATION_REVOKED = "workstation_revoked"
WITHDRAWN = ("drain", WORKSTATION_REVOKED)
_OWN_SENTENCE = ("practice_mismatch", "code_wanted", "enrolment", *WITHDRAWN)


class SignInRefused(Exception):
    """Nobody is signed in; `code` is a problem code with its parameters."""

    def __init__(self, code: str, **params: str) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


class Withdrawn(SignInRefused):
    """The server lets this operator, or this workstation, in no more.

    `vault` is what the password opened here, so that what is unsent can be handed in; None where nothing.
    """

    def __init__(self, code: str, vault: "Vault | None") -> None:
        super().__init__(code)
        self.vault = vault


@dataclass(frozen=True, slots=True)
class _Here:
    """What this workstation says to a password: the vault it opens, or that it does not."""

    vault: Vault | None = None
    profile: Profile | None = None
    wrong: bool = False


class SessionService:
    """Signs operators in at one workstation; who was here before needs no server for some days."""

    def __init__(
        self, folder: Path, accounts: Accounts, secrets: SecretStore, pool: Pool, clock: Clock, practice: bool
    ) -> None:
        self._folder = folder
        self._accounts = accounts
        self._secrets = secrets
        self._pool = pool
        self._clock = clock
        self._practice = practice
        self._waits = Waits(folder / WAITS_FILE, secrets, clock)
        self.trusted = TrustedTime(clock)
        self._begins = True
        self.asked = Asked()

    async def sign_in(self, wish: Wish, former: str = "") -> SignedIn:
        """Open the workstation for an operator. The server is asked at the same time; where it answers, its
        word counts, else the last password opens what is here for some days.

        `former` is the password before the last change, where the one at the server is another than here.
        Raises SignInRefused.
        """
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        await self._may_try(wish.operator)
        self.asked.ask(self._accounts.sign_in(wish))
        try:
            return await self._answered(wish, former)
        except BaseException:
            self.asked.abandon()
            raise

    async def _answered(self, wish: Wish, former: str) -> SignedIn:
        here = await self._look_here(wish.operator, wish.password)
        # Who cannot work here without the server has to wait for it, however slow it is.
        without = here.profile is not None and here.profile.opens_at(self._clock.now())
        answer = await self.asked.answer(PATIENCE_SECONDS if without else None)
        if isinstance(answer, TurnedAway) and answer.why in WITHDRAWN:
            raise Withdrawn(answer.why, here.vault)
        if isinstance(answer, TurnedAway) and not await self._spares(answer, here, wish):
            await self._refuse(wish.operator, answer)
        if isinstance(answer, Session):
            signed = await self._with_server(answer, here, wish, former)
        else:
            signed = await self._alone(here, wish)
        self._begins = False
        return signed

    async def renew(self, signed: SignedIn) -> SignedIn | None:
        """Ask the server for a fresh ticket; None while it cannot be reached. Raises SignInRefused."""
        # A sign-in that was not waited for: the token that was kept here may be spent.
        late = await self.asked.late(self._practice)
        answer = late or await self._accounts.renew(signed.refresh, signed.identity.device)
        if isinstance(answer, Unreachable) or (isinstance(answer, TurnedAway) and answer.wait):
            return None
        if isinstance(answer, TurnedAway):
            raise SignInRefused(answer.why)
        return await self._keep(answer, signed.identity.seat, signed.identity.device, signed.vault)

    async def change_password(self, signed: SignedIn, old: str, new: str, code: str = "") -> None:
        """Take another password, at the server first, then here. Raises SignInRefused.

        Where the program ends between the two, the next sign-in with the new password asks for the old once.
        """
        me = signed.identity
        await self._may_try(me.operator.id)
        answer = await self._accounts.change_password(
            Wish(me.operator.id, old, me.seat, me.device, code), new
        )
        if isinstance(answer, Unreachable):
            raise SignInRefused("password_needs_server")
        if isinstance(answer, TurnedAway):
            await self._refuse(me.operator.id, answer)
        await self._rewrapped(signed.vault, me.operator.id, new)

    async def unlock(self, operator: str, password: str) -> bool:
        """True if this is the password of who locked the screen. Raises SignInRefused: wait, or trouble."""
        await self._may_try(operator)
        here = await self._look_here(operator, password)
        if here.vault is None:
            await self._pool.run(lambda: self._waits.failed(operator))
            return False
        await self._pool.run(lambda: self._waits.forget(operator))
        return True

    def now(self) -> datetime:
        """Trusted time: what decides how long rights last."""
        return self.trusted.now()

    async def leave(self, signed: SignedIn) -> None:
        """Keep the trusted time for the next sign-in without the server."""
        self.asked.abandon()
        path, now = self._files(signed.identity.operator.id).profile, self.trusted.now()

        def keep() -> None:
            known = profiles.load(path, signed.vault.key)
            if known is not None:
                profiles.save(path, signed.vault.key, replace(known, trusted=now))

        try:
            await self._pool.run(keep)
        except OSError:
            # Nothing hangs on it: the next sign-in counts by the machine's own clock then.
            return

    async def _may_try(self, operator: str) -> None:
        if left := await self._pool.run(lambda: self._waits.left(operator)):
            raise SignInRefused("sign_in_wait", seconds=str(left))

    async def _look_here(self, operator: str, password: str) -> _Here:
        files = self._files(operator)
        if not files.envelope.exists():
            return _Here()
        try:
            vault = await self._opened(operator, password)
        except WrongPassword:
            return _Here(wrong=True)
        except VaultError as trouble:
            raise SignInRefused(trouble.code, path=str(trouble.path)) from trouble
        return _Here(vault, await self._pool.run(lambda: profiles.load(files.profile, vault.key)))

    async def _spares(self, answer: TurnedAway, here: _Here, wish: Wish) -> bool:
        """True where the server did not look at the password, and what is here opens: others mistyped it
        elsewhere, or this workstation cannot say who it is. That keeps nobody from writing.
        """
        if here.vault is None:
            return False
        if answer.why in (NONCE_WANTED, "enrolment"):
            return True
        if not answer.wait or wish.device:
            return False
        return not await self._pool.run(lambda: self._waits.failures(wish.operator))

    async def _refuse(self, operator: str, answer: TurnedAway) -> NoReturn:
        wait = answer.wait
        if answer.why == "sign_in_refused":
            wait = max(wait, await self._pool.run(lambda: self._waits.failed(operator)))
        if wait:
            raise SignInRefused("sign_in_wait", seconds=str(round(wait)))
        # Who has no identity is asked for a proof of it.
        why = "enrolment" if answer.why == NONCE_WANTED else answer.why
        raise SignInRefused(why if why in _OWN_SENTENCE else "sign_in_refused")

    async def _with_server(self, session: Session, here: _Here, wish: Wish, former: str) -> SignedIn:
        if session.practice != self._practice:
            raise SignInRefused("practice_mismatch")
        if here.wrong:
            vault = await self._changed_elsewhere(wish, former)
        else:
            vault = here.vault or await self._made(wish)
        await self._pool.run(lambda: self._waits.forget(wish.operator))
        return await self._keep(session, wish.seat, wish.device, vault)

    async def _changed_elsewhere(self, wish: Wish, former: str) -> Vault:
        """The server knows a newer password than this workstation: the former one opens, once more."""
        if not former:
            raise SignInRefused("former_password_wanted")
        here = await self._look_here(wish.operator, former)
        if here.vault is None:
            await self._pool.run(lambda: self._waits.failed(wish.operator))
            raise SignInRefused("former_password_wrong")
        return await self._rewrapped(here.vault, wish.operator, wish.password)

    async def _made(self, wish: Wish) -> Vault:
        await self._pool.run(lambda: admit_again(self._folder, wish.operator))
        try:
            return await self._opened(wish.operator, wish.password)
        except VaultError as trouble:
            raise SignInRefused(trouble.code, path=str(trouble.path)) from trouble

    async def _alone(self, here: _Here, wish: Wish) -> SignedIn:
        if here.wrong:
            wait = await self._pool.run(lambda: self._waits.failed(wish.operator))
            raise (
                SignInRefused("sign_in_wait", seconds=str(wait)) if wait else SignInRefused("sign_in_refused")
            )
        known = here.profile
        if wish.operator in await self._pool.run(lambda: withdrawing.marked(self._folder)):
            raise SignInRefused("drain")
        if self._files(wish.operator).withdrawn.exists() and here.vault is None:
            raise SignInRefused(AccessWithdrawn.code)
        if here.vault is None or known is None:
            raise SignInRefused("first_sign_in_needs_server")
        now = self._now(known)
        if not known.opens_at(now):
            raise SignInRefused("offline_days_over", days=str(known.offline_days))
        await self._pool.run(lambda: self._waits.forget(wish.operator))
        still = known.ticket if known.until > now else ""
        me = Identity(known.operator, wish.seat, still, known.secret, self._practice, wish.device)
        return SignedIn(me, here.vault, None, known.until, known.refresh, self._problems(wish.operator))

    def _now(self, known: Profile) -> datetime:
        """Trusted time; while the program did not run only the machine's clock has gone on."""
        if self._begins:
            self.trusted = TrustedTime(self._clock, known.trusted or known.confirmed)
        return max(self.trusted.now(), self._clock.now())

    async def _keep(self, session: Session, seat: str, device: str, vault: Vault) -> SignedIn:
        self.trusted.told(session.now)
        operator = session.operator
        profile = Profile(
            operator,
            session.ticket,
            session.until,
            session.caller_secret,
            session.refresh,
            session.now,
            session.now,
            session.offline_days,
        )
        path, public = self._files(operator.id).profile, recovery.public_of(session.recovery)

        def keep() -> None:
            profiles.save(path, vault.key, profile)
            if public:
                keep_for_recovery(vault, operator.id, public)

        await self._pool.run(keep)
        me = Identity(operator, seat, session.ticket, profile.secret, session.practice, device)
        offset, problems = session.now - self._clock.now(), self._problems(operator.id)
        return SignedIn(me, vault, offset, session.until, session.refresh, problems)

    def _problems(self, operator: str) -> tuple[str, ...]:
        there = self._practice or self._files(operator).recovery.exists()
        return () if there else ("recovery_missing",)

    async def _rewrapped(self, vault: Vault, operator: str, password: str) -> Vault:
        try:
            return await self._pool.run(lambda: rewrap(vault, operator, password, self._secrets))
        except VaultError as trouble:
            raise SignInRefused(trouble.code, path=str(trouble.path)) from trouble

    async def _opened(self, operator: str, password: str) -> Vault:
        return await self._pool.run(lambda: open_vault(self._folder, operator, password, self._secrets))

    def _files(self, operator: str) -> OperatorFiles:
        return OperatorFiles(self._folder, operator)
