"""Whose word counts at a sign-in: the server's where it answers, else that of the envelope, for some days."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from console.runtime.pool import Pool
from console.session import withdrawing
from console.session.envelope import Cost
from console.session.files import OperatorFiles
from console.session.renewing import Hears, Renewal
from console.session.secret_store import NoSecretStore
from console.session.service import SessionService, SignInRefused, Withdrawn
from console.session.signed_in import SignedIn
from console.sync.accounts import Session, Wish
from console.sync.api import TurnedAway, Unreachable
from models.clock import ManualClock
from tests.console.desk import IDENTITY

NAME, PASSWORD = IDENTITY.operator.id, "correct horse"
WISH = Wish(NAME, PASSWORD, "1001", "w1")


@dataclass
class Server:
    """Knows one operator; may be away, and says what a test wants it to say."""

    clock: ManualClock
    password: str = PASSWORD
    away: bool = False
    refusal: TurnedAway | None = None
    refresh: int = 0
    days: int = 7
    slow: asyncio.Event | None = None
    """Busy: it answers a sign-in when this is set."""
    asked: list[str] = field(default_factory=list)

    async def sign_in(self, wish: Wish) -> Session | TurnedAway | Unreachable:
        self.asked.append("sign_in")
        if self.slow is not None:
            await self.slow.wait()
        if self.away:
            return Unreachable("offline")
        if self.refusal:
            return self.refusal
        return self._session() if wish.password == self.password else TurnedAway("sign_in_refused")

    async def renew(self, refresh: str, device: str) -> Session | TurnedAway | Unreachable:
        self.asked.append(f"renew {refresh}")
        if self.away:
            return Unreachable("offline")
        return self.refusal or self._session()

    async def change_password(self, wish: Wish, new: str) -> TurnedAway | Unreachable | None:
        if self.away:
            return Unreachable("offline")
        if wish.password != self.password:
            return TurnedAway("sign_in_refused")
        self.password = new
        return None

    def _session(self) -> Session:
        self.refresh += 1
        now = self.clock.now()
        until = now + timedelta(hours=12)
        who = IDENTITY.operator
        return Session("ticket", until, who, "c2VjcmV0", False, now, f"refresh {self.refresh}", self.days)


@dataclass
class Desk:
    """A workstation, its clock and its server; started as often as a test likes."""

    folder: Path
    pool: Pool
    clock: ManualClock
    server: Server

    def started(self) -> SessionService:
        return SessionService(self.folder, self.server, NoSecretStore(), self.pool, self.clock, False)

    def sign_in(self, wish: Wish = WISH, former: str = "") -> SignedIn:
        return asyncio.run(self.started().sign_in(wish, former))

    def refused(self, wish: Wish = WISH, former: str = "") -> str:
        with pytest.raises(SignInRefused) as refusal:
            self.sign_in(wish, former)
        return refusal.value.code


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Many envelopes are sealed here; how hard that is made is the matter of other tests."""
    monkeypatch.setattr("console.session.keys.Cost", lambda: Cost(passes=1, memory=64, lanes=1))


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    clock, pool = ManualClock(), Pool()
    yield Desk(tmp_path, pool, clock, Server(clock))
    pool.stop()


def test_without_the_server_the_last_password_opens_for_seven_days(desk: Desk) -> None:
    desk.sign_in()
    desk.server.away = True
    desk.clock.forward(7 * 86400)
    assert desk.sign_in().offset is None
    desk.clock.forward(1)
    assert desk.refused() == "offline_days_over"
    desk.server.away = False
    assert desk.sign_in().offset is not None
    desk.server.away = True
    assert desk.sign_in().offset is None


@pytest.mark.parametrize("days", [1, 30])
def test_the_server_says_how_many_days(desk: Desk, days: int) -> None:
    desk.server.days = days
    desk.sign_in()
    desk.server.away = True
    desk.clock.forward(days * 86400)
    desk.sign_in()
    desk.clock.forward(1)
    assert desk.refused() == "offline_days_over"


def test_setting_the_clock_back_wins_no_days_while_the_program_runs(desk: Desk) -> None:
    desk.sign_in()
    desk.server.away = True
    sessions = desk.started()
    signed = asyncio.run(sessions.sign_in(WISH))
    for _ in range(8):
        desk.clock.forward(86400)
        desk.clock.current -= timedelta(days=1)
    asyncio.run(sessions.leave(signed))
    assert desk.refused() == "offline_days_over"


def test_a_ticket_of_this_duty_is_used_off_line_and_one_that_is_over_is_not(desk: Desk) -> None:
    desk.sign_in()
    desk.server.away = True
    desk.clock.forward(3600)
    assert desk.sign_in().identity.ticket == "ticket"
    desk.clock.forward(12 * 3600)
    signed = desk.sign_in()
    assert (signed.identity.ticket, signed.refresh) == ("", "refresh 1")


def test_a_password_changed_at_the_server_counts_on_line_at_once(desk: Desk) -> None:
    key = desk.sign_in().vault.key
    desk.server.password = "another horse"
    assert desk.refused() == "sign_in_refused", (
        "the former one signs in no more, though it opens the envelope"
    )
    new = replace(WISH, password="another horse")
    assert desk.refused(new) == "former_password_wanted"
    assert desk.refused(new, "no horse") == "former_password_wrong"
    assert desk.sign_in(new, PASSWORD).vault.key == key
    desk.server.away = True
    assert desk.sign_in(new).vault.key == key
    assert desk.refused() == "sign_in_refused"


def test_a_change_here_goes_to_the_server_first(desk: Desk) -> None:
    sessions = desk.started()
    signed = asyncio.run(sessions.sign_in(WISH))

    def change(old: str, new: str) -> str:
        try:
            asyncio.run(sessions.change_password(signed, old, new))
        except SignInRefused as refusal:
            return refusal.code
        return ""

    assert change("no horse", "another horse") == "sign_in_refused"
    desk.server.away = True
    assert change(PASSWORD, "another horse") == "password_needs_server"
    desk.server.away = False
    assert change(PASSWORD, "another horse") == ""
    assert desk.sign_in(replace(WISH, password="another horse")).vault.key == signed.vault.key
    assert desk.refused() == "sign_in_refused"


def test_a_crash_between_server_and_envelope_asks_for_the_former_password_once(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    signed = desk.sign_in()

    def power_cut(*_arguments: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("console.session.service.rewrap", power_cut)
    with pytest.raises(KeyboardInterrupt):
        asyncio.run(desk.started().change_password(signed, PASSWORD, "another horse"))
    monkeypatch.undo()
    new = replace(WISH, password="another horse")
    assert desk.refused(new) == "former_password_wanted"
    assert desk.sign_in(new, PASSWORD).vault.key == signed.vault.key
    assert desk.sign_in(new).vault.key == signed.vault.key


def test_wrong_passwords_wait_off_line_too_and_after_a_restart(desk: Desk) -> None:
    desk.sign_in()
    desk.server.away = True
    wrong = replace(WISH, password="no horse")
    told = [desk.refused(wrong) for _ in range(5)]
    assert told == ["sign_in_refused"] * 4 + ["sign_in_wait"]
    asked = len(desk.server.asked)
    assert desk.refused() == "sign_in_wait", "the right one waits as well"
    assert len(desk.server.asked) == asked, "the server is not asked"
    desk.clock.forward(2)
    assert desk.sign_in().offset is None


def test_at_the_locked_screen_they_wait_too(desk: Desk) -> None:
    desk.sign_in()
    for _ in range(5):
        assert not asyncio.run(desk.started().unlock(NAME, "no horse"))
    with pytest.raises(SignInRefused) as refusal:
        asyncio.run(desk.started().unlock(NAME, PASSWORD))
    assert refusal.value.code == "sign_in_wait"


def test_a_code_is_asked_for_and_is_no_failure(desk: Desk) -> None:
    desk.sign_in()
    desk.server.refusal = TurnedAway("code_wanted")
    assert [desk.refused() for _ in range(7)] == ["code_wanted"] * 7


def test_a_server_that_makes_others_wait_does_not_lock_a_shift_out(desk: Desk) -> None:
    unenrolled = replace(WISH, device="")
    desk.sign_in(unenrolled)
    desk.server.refusal = TurnedAway("sign_in_refused", 30)
    assert desk.sign_in(unenrolled).offset is None, "nobody mistyped it here"
    assert desk.refused() == "sign_in_wait", "an enrolled workstation has a count of its own"


@pytest.mark.parametrize("why", ["enrolment", "use_dpop_nonce"])
def test_a_workstation_that_lost_its_identity_still_opens_what_is_here(desk: Desk, why: str) -> None:
    desk.sign_in()
    desk.server.refusal = TurnedAway(why)
    assert desk.sign_in(replace(WISH, device="")).offset is None
    assert desk.refused(replace(WISH, device="", password="no horse")) == "enrolment"
    assert desk.refused(replace(WISH, device="", operator="li")) == "enrolment"


def test_who_was_revoked_is_told_with_what_the_password_opened(desk: Desk) -> None:
    key = desk.sign_in().vault.key
    desk.server.refusal = TurnedAway("drain")
    with pytest.raises(Withdrawn) as refusal:
        desk.sign_in()
    assert refusal.value.vault
    assert refusal.value.vault.key == key
    with pytest.raises(Withdrawn) as unknown:
        desk.sign_in(replace(WISH, operator="nobody"))
    assert unknown.value.vault is None


def test_whose_envelopes_wait_to_be_wiped_does_not_come_in_off_line(desk: Desk) -> None:
    desk.sign_in()
    withdrawing.mark(desk.folder, NAME)
    desk.server.away = True
    assert desk.refused() == "drain"
    withdrawing.finish(desk.folder, NAME)
    assert desk.refused() == "access_withdrawn"
    desk.server.away = False
    assert desk.sign_in().offset is not None, "the server lets them in again"


def renewing(desk: Desk, signed: SignedIn, waits: int) -> tuple[list[SignedIn], list[str], list[float]]:
    """Let a renewal run until it has waited so often."""
    renewed: list[SignedIn] = []
    told: list[str] = []
    waited: list[float] = []

    async def story() -> None:
        over = asyncio.Event()

        async def wait(_event: asyncio.Event, seconds: float) -> bool:
            waited.append(seconds)
            desk.clock.forward(seconds)
            if len(waited) >= waits:
                over.set()
                await asyncio.Event().wait()
            return False

        hears = Hears(renewed.append, lambda: told.append("unreachable"), told.append)
        renewal = Renewal(desk.started(), signed, hears, wait)
        running: set[asyncio.Future[Any]] = {
            asyncio.ensure_future(renewal.run()),
            asyncio.ensure_future(over.wait()),
        }
        _, pending = await asyncio.wait(running, return_when=asyncio.FIRST_COMPLETED)
        for task in pending:
            task.cancel()
        await asyncio.gather(*pending, return_exceptions=True)

    asyncio.run(story())
    return renewed, told, waited


def test_a_ticket_is_renewed_at_half_its_time_with_the_next_token(desk: Desk) -> None:
    renewed, told, waited = renewing(desk, desk.sign_in(), 3)
    assert waited[0] == pytest.approx(6 * 3600)
    assert [one.refresh for one in renewed] == ["refresh 2", "refresh 3"]
    assert desk.server.asked[1:] == ["renew refresh 1", "renew refresh 2"]
    assert told == []
    desk.server.away = True
    assert desk.sign_in().refresh == "refresh 3", "what is kept is the last one"


def test_off_line_it_is_asked_for_at_once_until_the_server_answers(desk: Desk) -> None:
    desk.sign_in()
    desk.server.away = True
    signed = desk.sign_in()
    renewed, told, waited = renewing(desk, signed, 4)
    assert renewed == []
    assert told == ["unreachable"] * 4
    assert waited == [1, 2, 4, 8]


def test_a_refusal_ends_the_asking_and_is_told(desk: Desk) -> None:
    signed = desk.sign_in()
    desk.server.refusal = TurnedAway("refresh")
    _, told, waited = renewing(desk, signed, 5)
    assert told == ["refresh"]
    assert len(waited) == 1


def test_a_first_sign_in_that_was_cut_off_waits_for_a_slow_server(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed after the envelope was made and before what the server told was kept."""
    desk.sign_in()
    OperatorFiles(desk.folder, NAME).profile.unlink()
    monkeypatch.setattr("console.session.service.PATIENCE_SECONDS", 0.0)

    async def story() -> None:
        desk.server.slow = asyncio.Event()
        sessions = desk.started()
        signing = asyncio.create_task(sessions.sign_in(WISH))
        done, _ = await asyncio.wait({signing}, timeout=0.2)
        assert not done
        desk.server.slow.set()
        assert (await signing).offset is not None

    asyncio.run(story())


def test_a_sign_in_that_was_not_waited_for_counts_when_it_is_answered(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed after the server gave the next token and before it was kept: the one that is kept is spent."""
    desk.sign_in()
    monkeypatch.setattr("console.session.service.PATIENCE_SECONDS", 0.0)
    asked = len(desk.server.asked)

    async def story() -> None:
        desk.server.slow = asyncio.Event()
        sessions = desk.started()
        alone = await sessions.sign_in(WISH)
        assert (alone.offset, alone.refresh) == (None, "refresh 1")
        renewing = asyncio.create_task(sessions.renew(alone))
        desk.server.slow.set()
        fresh = await renewing
        assert fresh is not None
        assert fresh.refresh == "refresh 2"
        assert desk.server.asked[asked:] == ["sign_in"], "the spent token was shown to nobody"
        again = await sessions.renew(fresh)
        assert again is not None
        assert desk.server.asked[asked:] == ["sign_in", "renew refresh 2"]

    asyncio.run(story())


def test_who_leaves_waits_for_no_answer(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.sign_in()
    monkeypatch.setattr("console.session.service.PATIENCE_SECONDS", 0.0)

    async def story() -> None:
        desk.server.slow = asyncio.Event()
        sessions = desk.started()
        await sessions.leave(await sessions.sign_in(WISH))
        others = asyncio.all_tasks() - {asyncio.current_task()}
        await asyncio.gather(*others, return_exceptions=True)

    asyncio.run(story())
