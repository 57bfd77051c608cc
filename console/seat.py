"""The seat: nobody signed in, or one operator with everything that belongs to the work."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from console.line.gateway import GatewayLine
from console.runtime.db_thread import DbThread
from console.runtime.pool import Pool
from console.runtime.problems import Problems
from console.runtime.reach import Reach
from console.runtime.store import Store
from console.runtime.waiting import Pauses, wait_for
from console.session.endpoint import EndpointError, endpoint
from console.session.secret_store import SecretStore
from console.session.service import SessionService, SignedIn, SignInRefused
from console.settings import Settings
from console.storage.entering import Place
from console.storage.errors import StorageError
from console.storage.opening import fetch
from console.sync import state
from console.sync.accounts import Accounts
from console.sync.api import ServerApi
from console.sync.pump import Pump
from console.sync.state import SyncState
from console.upkeep.service import Upkeep
from console.workstation import Surroundings, Workstation
from models.clock import Clock

if TYPE_CHECKING:
    from console.storage.storage import Storage

_MOST_PAUSE_SECONDS = 15.0
_TICKET_ANSWERS = ("ticket", "credentials")


@dataclass(frozen=True, slots=True)
class Endpoints:
    """Where server and gateway are."""

    server: str
    gateway: str


FindEndpoints = Callable[[], Endpoints]
"""Where they are; may block (practice starts them first)."""


class Seat:
    """Signs in and out; lives on the io thread."""

    def __init__(
        self,
        settings: Settings,
        find: FindEndpoints,
        secrets: SecretStore,
        clock: Clock,
        form: tuple[str, int],
    ) -> None:
        self._settings = settings
        self._find = find
        self._secrets = secrets
        self._clock = clock
        self._form = form
        self._pool = Pool()
        self._db: DbThread[Storage] = DbThread()
        self._api: ServerApi | None = None
        self._ticket = ""
        self.problems = Problems(clock)
        self.workstation: Workstation | None = None
        self.sync: Store[Reach] = Store(Reach())
        self.offset: Store[timedelta | None] = Store(None)

    async def sign_in(self, operator: str, tell: Callable[[], str], seat: str) -> Workstation:
        """Open an operator's workstation at a seat; `tell` gives the password and may block.

        Raises SignInRefused; then nothing is open.
        """
        try:
            places = await self._pool.run(self._find)
            password = await self._pool.run(tell)
            server = endpoint(places.server, self._settings.ca, self._settings.proxy)
            gateway = endpoint(places.gateway, self._settings.ca, self._settings.proxy)
        except EndpointError as wrong:
            raise SignInRefused("endpoint", value=wrong.value) from wrong
        self._api = ServerApi(server, "xinqiao")
        practice = self._settings.practice
        folder = Path(self._settings.data)
        sessions = SessionService(
            folder, Accounts(self._api), self._secrets, self._pool, self._clock, practice
        )
        try:
            # The database library is fetched while the password is being checked, which takes as long.
            signing = asyncio.gather(sessions.sign_in(operator, password, seat), self._pool.run(fetch))
            signed, _ = await signing
            await self._open(signed)
        except BaseException:
            await self._api.close()
            raise
        around = Surroundings(
            self._clock, self._db, self.problems, GatewayLine(gateway, self._clock), self._form
        )
        station = self._attend(signed, around)
        if signed.offset is None:
            station.spawn(self._renew(sessions, password, signed))
        self.sessions = sessions
        return station

    async def unlock(self, password: str) -> bool:
        """True if this is the password of who is signed in."""
        station = self.workstation
        return station is not None and await self.sessions.unlock(station.identity.operator.id, password)

    async def sign_out(self) -> None:
        """Save all there is and close; the next operator may come."""
        station, self.workstation = self.workstation, None
        if station is not None:
            await station.stop()
        if self._api is not None:
            await self._api.close()
        self._db.stop(lambda storage: storage.close())
        self._db = DbThread()

    async def stop(self) -> None:
        """The program ends."""
        await self.sign_out()
        self._db.stop(lambda storage: storage.close())
        self._pool.stop()

    async def _open(self, signed: SignedIn) -> None:
        vault, operator = signed.vault, signed.identity.operator.id
        place = Place(vault.database, vault.key, operator, self._settings.practice)
        self.upkeep = Upkeep(place, self._db, self._pool, self.problems, self._clock)
        try:
            await self.upkeep.open()
        except StorageError as trouble:
            raise SignInRefused(trouble.code, path=str(trouble.path)) from trouble
        for problem in vault.problems:
            self.problems.arise(problem)

    def _attend(self, signed: SignedIn, around: Surroundings) -> Workstation:
        api = self._api
        if api is None:
            raise RuntimeError("no server to sync with")
        pump: Pump | None = None

        def nudge() -> None:
            if pump is not None:
                pump.nudge()

        station = self.workstation = Workstation(signed.identity, around, nudge)
        pump = Pump(
            api,
            self._db.run,
            lambda: self._ticket,
            self._clock,
            lambda _keys: station.spawn(station.pulled()),
        )
        self._pump = pump
        self.upkeep.mended = nudge
        station.spawn(self.upkeep.run())
        pump.state.watch(self._synced)
        self._ticket = ""
        station.start()
        if signed.identity.ticket:
            self._take_ticket(station, signed)
        return station

    def _take_ticket(self, station: Workstation, signed: SignedIn) -> None:
        first = not self._ticket
        self._ticket = signed.identity.ticket
        self.offset.publish(signed.offset if signed.offset is not None else self.offset.value)
        station.go_on_line(self._ticket)
        if first:
            station.spawn(self._pump.run())
        else:
            self._pump.nudge()

    async def _renew(self, sessions: SessionService, password: str, signed: SignedIn) -> None:
        """Ask for a fresh ticket until the server answers; the password is forgotten then."""
        station, pauses = self.workstation, Pauses(_MOST_PAUSE_SECONDS)
        # What the operator is waiting to see comes first.
        await self._db.run(lambda storage: storage.unsent())
        me = signed.identity
        while station is self.workstation and station is not None:
            try:
                fresh = await sessions.renew(me.operator.id, password, me.seat, signed.vault)
            except SignInRefused as refusal:
                if refusal.code != "sign_in_wait":
                    self.problems.arise("sign_in_again")
                    return
                # Somebody else mistyped this name elsewhere: that passes.
                fresh = None
            if fresh is not None:
                self._take_ticket(station, fresh)
                return
            if not self._ticket:
                self.sync.publish(Reach(False, self.sync.value.since or self._clock.now()))
                self.problems.arise("server_unreachable")
            await wait_for(asyncio.Event(), pauses.take())

    def _synced(self, told: SyncState) -> None:
        waiting = told.unsent.count
        match told.link:
            case state.Starting():
                reach = Reach(None, None, waiting)
            case state.Synced(at):
                reach = Reach(True, at, waiting)
            case state.Unreachable(since) | state.TurnedAway(since):
                reach = Reach(False, since, waiting)
        self.sync.publish(reach)
        self.problems.set("server_unreachable", isinstance(told.link, state.Unreachable))
        turned_away = isinstance(told.link, state.TurnedAway) and told.link.why in _TICKET_ANSWERS
        self.problems.set("sign_in_again", turned_away)
        self.problems.set("acts_refused", bool(told.refused), n=str(len(told.refused)))
