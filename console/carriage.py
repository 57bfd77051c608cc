"""The workstation's own errands, whoever sits there: couriers of those away, wiping what was withdrawn."""

import asyncio
from dataclasses import dataclass
from pathlib import Path

from console.broken_data import TROUBLES
from console.runtime.pool import Pool
from console.runtime.problems import Problems
from console.runtime.reach import Reach
from console.session import withdrawing
from console.session.endpoint import Endpoint
from console.session.proof import Prover
from console.session.secret_store import SecretStore
from console.session.station import Standing, Station, standing
from console.sync import courier
from console.sync.accounts import Accounts
from console.sync.api import ServerApi
from console.sync.carrying import Carrier, CourierDesk, RunDb
from models.clock import Clock
from models.softphone.news import SOFTPHONE_PROBLEMS

STANDING_PROBLEMS = ("not_enrolled", "identity_in_file", "identity_unavailable", "enrolment_broken")
_MOST_ASKED = 500
LASTING = (*TROUBLES, "courier_refused", *STANDING_PROBLEMS, *SOFTPHONE_PROBLEMS)
"""Problems of the workstation, whoever sits there."""


@dataclass(frozen=True, slots=True)
class Here:
    """Where the workstation keeps its files, who does its blocking work, its clock, and what it is for."""

    folder: Path
    pool: Pool
    clock: Clock
    practice: bool


class Carriage:
    """Lives on the io thread from the first sign-in, or the start, to the end of the program."""

    def __init__(
        self, folder: Path, secrets: SecretStore, pool: Pool, problems: Problems, clock: Clock, practice: bool
    ) -> None:
        self.here = Here(folder, pool, clock, practice)
        self._folder = folder
        self._secrets = secrets
        self._pool = pool
        self._problems = problems
        self._clock = clock
        self._practice = practice
        self._api: ServerApi | None = None
        self._carrier: Carrier | None = None
        self._running: asyncio.Task[None] | None = None
        self._reached: bool | None = None

    async def look(self) -> Standing:
        """How this workstation stands; in practice it has no identity, and that is no trouble."""
        if self._practice:
            return Standing()
        stands = await self._pool.run(lambda: standing(self._folder, self._secrets))
        for code in STANDING_PROBLEMS:
            self._problems.set(code, code in stands.problems)
        return stands

    async def has_work(self) -> bool:
        """True where couriers lie here."""
        return not self._practice and bool(await self._pool.run(lambda: courier.files(self._folder)))

    def start(self, stands: Standing, server: Endpoint) -> None:
        """Deliver from now on, as this workstation; nothing where it is not enrolled or does so already."""
        if stands.station is None or self._carrier is not None:
            return
        self._api = ServerApi(server, "xinqiao", prover=self.prover(stands))
        self._carrier = Carrier(
            self._folder, Accounts(self._api), self._pool.run, self._problems, self._delivered
        )
        self._running = asyncio.get_running_loop().create_task(self._carrier.run())
        self._running.add_done_callback(_tell)

    def prover(self, stands: Standing) -> Prover | None:
        """Vouches for requests of this workstation; None where it is not enrolled."""
        return Prover(stands.station.key, self._clock) if stands.station else None

    async def make_way(self, operator: str, admitted: bool) -> None:
        """This operator comes to work here, `admitted` by the server itself."""
        if admitted:
            await self._pool.run(lambda: withdrawing.unmark(self._folder, operator))
        if self._carrier is not None:
            await self._carrier.make_way(operator)

    def take_up(self) -> None:
        """Nobody is at work here now."""
        if self._carrier is not None:
            self._carrier.take_up()

    def hear(self, reach: Reach) -> None:
        """Whether who works here reaches the server: as soon as it is back, couriers leave too."""
        if reach.up and not self._reached:
            self.nudge()
        self._reached = reach.up

    def nudge(self) -> None:
        """Deliver now what may be delivered."""
        if self._carrier is not None:
            self._carrier.nudge()

    def desk(self, station: Station, operator: str, run_db: RunDb) -> CourierDesk:
        """Keeps the courier of an operator who comes to work."""
        return CourierDesk(self._folder, station, operator, run_db, self._pool.run, self._problems)

    async def hand_in(self, station: Station, operator: str, run_db: RunDb) -> None:
        """Put all that waits in an open database into the courier."""
        desk = self.desk(station, operator, run_db)
        await desk.take_over()
        await desk.write()

    async def withdraw(self, operator: str, *, everybody: bool) -> None:
        """The server lets this operator (or anybody here) in no more: when all couriers of somebody were
        delivered, the envelopes are wiped.
        """

        def mark() -> None:
            here = withdrawing.all_here(self._folder) if everybody else ()
            withdrawing.mark(self._folder, operator, *here)

        await self._pool.run(mark)
        if self._carrier is not None:
            self._carrier.nudge()

    async def forget_gone(self, accounts: Accounts, ticket: str, here: str) -> None:
        """The server is asked who of those not `here` may come no more; their envelopes are wiped as soon as
        no courier of theirs waits.
        """
        known = await self._pool.run(lambda: withdrawing.all_here(self._folder))
        others = tuple(one for one in known if one != here)[:_MOST_ASKED]
        for operator in sorted(await accounts.gone(ticket, others) if others else ()):
            await self.withdraw(operator, everybody=False)

    async def drained(self, operator: str, couriers: CourierDesk | None) -> None:
        """All that this operator wrote was handed in by the operator's own ticket, and the server wants no
        more of it: wipe the envelopes now, so that nobody opens the database any more.
        """
        if couriers is not None:
            await couriers.write()
        await self._pool.run(lambda: withdrawing.finish(self._folder, operator))
        self._problems.settle("access_ended")
        self._problems.arise("access_withdrawn")

    async def stop(self) -> None:
        """The program ends."""
        if self._running is not None:
            self._running.cancel()
            await asyncio.gather(self._running, return_exceptions=True)
        if self._api is not None:
            await self._api.close()

    async def _delivered(self, here: str) -> None:
        """Couriers were delivered as far as possible; who works here may still write."""

        def look() -> None:
            for operator in withdrawing.marked(self._folder):
                if operator != here and not courier.files(self._folder, operator):
                    withdrawing.finish(self._folder, operator)

        await self._pool.run(look)


def _tell(task: "asyncio.Task[None]") -> None:
    if not task.cancelled() and task.exception() is not None:
        asyncio.get_running_loop().call_exception_handler(
            {"message": "the carrier failed", "exception": task.exception()}
        )
