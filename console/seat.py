"""The seat: nobody signed in, or one operator with everything that belongs to the work."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from console.access.service import Judging
from console.carriage import LASTING, Carriage
from console.line.gateway import GatewayLine
from console.locking import traced, unlock
from console.runtime.db_thread import DbThread
from console.runtime.pool import Pool
from console.runtime.problems import Problems
from console.runtime.reach import Reach
from console.runtime.store import Store
from console.second_person import SecondPerson
from console.session.endpoint import Endpoint, EndpointError, FindEndpoints, endpoint
from console.session.keys import Vault
from console.session.renewing import Hears, Renewal
from console.session.secret_store import SecretStore
from console.session.service import (
    WITHDRAWN,
    WORKSTATION_REVOKED,
    SessionService,
    SignInRefused,
    Withdrawn,
)
from console.session.signed_in import SignedIn
from console.session.station import Standing
from console.settings import Settings
from console.storage.entering import Place
from console.storage.errors import StorageError
from console.storage.opening import fetch
from console.surroundings import Forms, Surroundings
from console.sync import state
from console.sync.accounts import Accounts, Wish
from console.sync.api import ServerApi
from console.sync.carrying import CourierDesk
from console.sync.grants import Grants
from console.sync.history import Histories
from console.sync.pump import Pump
from console.sync.reaching import reach_of
from console.sync.recordings import Recordings
from console.sync.state import SyncState
from console.sync.timekeeping import Timekeeping
from console.trace.alarms import Alarms, ask_server
from console.upkeep.service import Upkeep
from console.workstation import Workstation
from models.access.matrix import Matrix
from models.clock import Clock
from models.trace.entry import Act
from resources import access

if TYPE_CHECKING:
    from console.storage.storage import Storage

_TICKET_ANSWERS = ("ticket", "credentials")


class Seat:
    """Signs in and out; lives on the io thread."""

    def __init__(
        self,
        settings: Settings,
        find: FindEndpoints,
        secrets: SecretStore,
        clock: Clock,
        forms: Forms,
        rights: Matrix | None = None,
    ) -> None:
        self._settings, self._find, self._forms = settings, find, forms
        self._secrets, self._clock, self._ticket = secrets, clock, ""
        self._rights = rights or access.load(access.SHIPPED)
        self.pool = Pool()
        self._db: DbThread[Storage] = DbThread()
        self._api: ServerApi | None = None
        self._couriers: CourierDesk | None = None
        self._renewal: Renewal | None = None
        self.problems, self.folder = Problems(clock), Path(settings.data)
        self._carriage = Carriage(self.folder, secrets, self.pool, self.problems, clock, settings.practice)
        self.workstation: Workstation | None = None
        self.sync: Store[Reach] = Store(Reach())
        self.sync.watch(self._carriage.hear)
        self.offset: Store[timedelta | None] = Store(None)

    async def sign_in(
        self, operator: str, tell: Callable[[], str], seat: str, code: str = "", former: str = ""
    ) -> Workstation:
        """Open an operator's workstation at a seat; `tell` gives the password and may block.

        `code` is that of the second factor, `former` the password before the last change; both are given
        where a refusal asked for them. Raises SignInRefused; then nothing is open.
        """
        server, gateway = await self._places()
        password = await self.pool.run(tell)
        stands = await self._carriage.look()
        self._carriage.start(stands, server)
        self._api = ServerApi(server, "xinqiao", prover=self._carriage.prover(stands))
        here = (self._secrets, self.pool, self._clock, self._settings.practice)
        self.sessions = SessionService(self.folder, Accounts(self._api), *here)
        wish = Wish(operator, password, seat, stands.device, code)
        try:
            # The database library is fetched while the password is being checked, which takes as long.
            signed, _ = await asyncio.gather(self.sessions.sign_in(wish, former), self.pool.run(fetch))
            await self._open(signed)
            await self._carriage.make_way(operator, signed.offset is not None)
            if stands.station is not None:
                receipts = stands.station.enrolment.receipt_key
                await self._db.run(lambda storage: storage.trace.trust(receipts))
                self._couriers = self._carriage.desk(stands.station, operator, self._db.run)
                await self._couriers.take_over()
        except BaseException as failure:
            if isinstance(failure, Withdrawn):
                await self._hand_in(failure, stands, operator)
            self.sessions.asked.abandon()
            await self._close()
            raise
        self.second = SecondPerson(self.sessions, self._api, self._carriage, stands, self._rights)
        line = GatewayLine(gateway, self._clock, prover=self._carriage.prover(stands))
        ask = (self._api, lambda: self._ticket)
        self.grants, self.recordings, self.histories = Grants(*ask), Recordings(*ask), Histories(*ask)
        judging = Judging(self._rights, self.sessions.now, self._clock.now, self.grants.ask, self.grants.ask)
        around = (self._clock, self._db, self.problems, line, self._forms, judging, self.upkeep.reading)
        return self._attend(signed, Surroundings(*around))

    async def unlock(self, password: str, code: str = "", former: str = "") -> bool:
        """True if this is the password of who is signed in. Raises SignInRefused.

        Where the server takes the present sign-in no more, this is a new one, and the server's word counts.
        """
        station, renewal = self.workstation, self._renewal
        if station is None or renewal is None:
            return False
        me = station.identity
        wish = Wish(me.operator.id, password, me.seat, me.device, code)
        opened = await unlock(self.sessions, station, renewal, wish, former)
        if isinstance(opened, SignedIn) and opened.offset is not None:
            self.problems.settle("sign_in_again")
            self._renew(station, opened)
            self._take_ticket(station, opened)
        return bool(opened)

    async def lock(self) -> None:
        """The screen is locked: what is unsent is in the courier when this returns."""
        traced(self.workstation, Act.LOCKED)
        if self._couriers is not None:
            await self._couriers.write()

    async def change_password(self, old: str, new: str, code: str = "") -> None:
        """Take another password, at the server and here. Raises SignInRefused."""
        if self._renewal is not None:
            await self.sessions.change_password(self._renewal.signed, old, new, code)

    async def sign_out(self) -> None:
        """Save all there is and close; the next operator may come."""
        station, self.workstation = self.workstation, None
        if station is not None:
            await station.stop()
            del self._pump, self.upkeep
        if self._couriers is not None:
            await self._couriers.write()
        if self._renewal is not None:
            await self.sessions.leave(self._renewal.signed)
        await self._close()
        self.problems.keep(*LASTING)
        self.sync.publish(Reach())
        self.offset.publish(None)

    async def carry(self) -> None:
        """Deliver what somebody left behind here, before anybody signs in."""
        if not await self._carriage.has_work():
            return
        stands = await self._carriage.look()
        try:
            self._carriage.start(stands, (await self._places())[0])
        except SignInRefused as wrong:
            self.problems.arise("endpoint", value=wrong.params["value"])

    async def stop(self) -> None:
        """The program ends."""
        await self.sign_out()
        await self._carriage.stop()
        self._db.stop(lambda storage: storage.close())
        self.pool.stop()

    async def _places(self) -> tuple[Endpoint, Endpoint]:
        try:
            places = await self.pool.run(self._find)
            ca, proxy = self._settings.ca, self._settings.proxy
            return endpoint(places.server, ca, proxy), endpoint(places.gateway, ca, proxy)
        except EndpointError as wrong:
            raise SignInRefused("endpoint", value=wrong.value) from wrong

    async def _hand_in(self, refusal: Withdrawn, stands: Standing, operator: str) -> None:
        """Who may come no more has perhaps not sent everything: it goes with the courier."""
        if refusal.vault is not None and stands.station is not None:
            await self._open_vault(refusal.vault, operator)
            await self._carriage.hand_in(stands.station, operator, self._db.run)
            await self._carriage.withdraw(operator, everybody=refusal.code == WORKSTATION_REVOKED)

    async def _close(self) -> None:
        self._carriage.take_up()
        self._couriers = self._renewal = None
        if self._api is not None:
            await self._api.close()
            self._api = None
        self._db.stop(lambda storage: storage.close())
        self._db = DbThread()

    async def _open(self, signed: SignedIn) -> None:
        await self._open_vault(signed.vault, signed.identity.operator.id)
        for problem in (*signed.vault.problems, *signed.problems):
            self.problems.arise(problem)

    async def _open_vault(self, vault: Vault, operator: str) -> None:
        place = Place(vault.database, vault.key, operator, self._settings.practice)
        self.upkeep = Upkeep(place, self._db, self.pool, self.problems, self._clock)
        try:
            await self.upkeep.open()
        except StorageError as trouble:
            raise SignInRefused(trouble.code, path=str(trouble.path)) from trouble

    def _attend(self, signed: SignedIn, around: Surroundings) -> Workstation:
        if (api := self._api) is None:
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
            time=Timekeeping(self._clock, self.sessions.trusted),
        )
        self._pump = pump
        pump.time.skew.watch(lambda skew: self.offset.publish(self.offset.value if skew is None else skew))
        station.standing.follow(pump)
        station.spawn(self.upkeep.run(lambda: station.spawn(station.look_again())))
        pump.state.watch(partial(self._synced, station))
        me, saw = signed.identity.operator, station.seeing.saw
        alarms = Alarms(me, lambda: ask_server(api, self._ticket), saw, self.problems)
        pump.state.watch(alarms.hear)
        station.spawn(alarms.run())
        self._ticket = ""
        station.start()
        if self._couriers is not None:
            station.spawn(self._couriers.run())
        if signed.identity.ticket:
            self._take_ticket(station, signed)
        self._renew(station, signed)
        return station

    def _renew(self, station: Workstation, signed: SignedIn) -> None:
        def unreachable() -> None:
            if not self._ticket:
                self.sync.publish(Reach(False, self.sync.value.since or self._clock.now()))
                self.problems.arise("server_unreachable")

        hears = Hears(partial(self._take_ticket, station), unreachable, partial(self._refused, station))
        self._renewal = Renewal(self.sessions, signed, hears)
        station.spawn(self._renewal.run())

    def _refused(self, station: Workstation, why: str) -> None:
        """No fresh ticket: the work goes on, the server tells nothing more."""
        self.problems.arise("access_ended" if why in WITHDRAWN else "sign_in_again")
        if why == WORKSTATION_REVOKED:
            station.spawn(self._carriage.withdraw(station.identity.operator.id, everybody=True))

    def _take_ticket(self, station: Workstation, signed: SignedIn) -> None:
        first = not self._ticket
        self._ticket = signed.identity.ticket
        if self._api is not None and not self._settings.practice:
            me = signed.identity.operator.id
            station.spawn(self._carriage.forget_gone(Accounts(self._api), self._ticket, me))
        self.offset.publish(signed.offset if signed.offset is not None else self.offset.value)
        station.go_on_line(self._ticket)
        if first:
            station.spawn(self._pump.run())
        else:
            self._pump.nudge()

    def _synced(self, station: Workstation, told: SyncState) -> None:
        self.sync.publish(reach_of(told))
        if isinstance(told.link, state.Drained):
            station.spawn(self._carriage.drained(station.identity.operator.id, self._couriers))
        self.problems.set("server_unreachable", isinstance(told.link, state.Unreachable))
        turned_away = isinstance(told.link, state.TurnedAway) and told.link.why in _TICKET_ANSWERS
        if turned_away and self._renewal is not None:
            self._renewal.hurry()
        self.problems.set("trace_broken", told.trace is not None)
