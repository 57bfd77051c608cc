"""The real exchange as the stage of the contract: telephones with tones, and a cable that can be cut."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import ExitStack, asynccontextmanager, suppress
from datetime import datetime

from console.runtime.waiting import wait_for
from models.clock import SystemClock
from server.gateway.exchange.asterisk import Asterisk
from server.gateway.exchange.port import SeatChanged
from server.gateway.settings import AsteriskSettings
from tests.server.gateway.stage import Ears, Stage
from tests.support import tones
from tests.support.exchange import Exchange
from tests.support.parties import Party, caller_line, party, police_line, seat_line
from tests.support.processes import free_port


class Cable:
    """The line from the gateway to the exchange; it can be cut and mended while calls go on."""

    def __init__(self, host: str, port: int) -> None:
        self._exchange = (host, port)
        self._writers: set[asyncio.StreamWriter] = set()
        self._flows: set[asyncio.Task[None]] = set()
        self._server: asyncio.Server | None = None
        # Not one that the system hands out: while it is cut, a connection going out might be given it.
        self.port = free_port()

    async def mend(self) -> None:
        """Carry what both ends say."""
        self._server = await asyncio.start_server(self._carry, "127.0.0.1", self.port)

    async def cut(self) -> None:
        """Carry nothing and take no connection."""
        if self._server:
            self._server.close()
        for flow in list(self._flows):
            flow.cancel()
        await asyncio.gather(*self._flows, return_exceptions=True)
        for writer in self._writers:
            writer.close()
        self._writers.clear()

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there, back = await asyncio.open_connection(*self._exchange)
        self._writers |= {writer, back}
        for source, sink in ((reader, back), (there, writer)):
            flow = asyncio.create_task(_pour(source, sink))
            self._flows.add(flow)
            flow.add_done_callback(self._flows.discard)


async def _pour(source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
    with suppress(OSError):
        while some := await source.read(4096):
            sink.write(some)
            await sink.drain()
    sink.close()


class RealLine:
    """The caller's own telephone."""

    def __init__(self, stage: "AsteriskStage") -> None:
        self._stage = stage
        self._stalls: asyncio.Task[None] | None = None

    async def presses(self, keys: str) -> None:
        assert self._stage.caller
        self._stage.caller.press(keys)

    async def breaks_up(self) -> None:
        """It stands still most of the time until the story ends: its reports come late by a second."""
        assert self._stage.caller
        self._stalls = asyncio.create_task(self._stall(self._stage.caller))

    async def end(self) -> None:
        """Let the telephone go on."""
        if self._stalls:
            self._stalls.cancel()
            await asyncio.gather(self._stalls, return_exceptions=True)

    async def _stall(self, caller: Party) -> None:
        try:
            while True:
                for on, seconds in ((True, 1.6), (False, 0.2)):
                    caller.stall(on)
                    await wait_for(asyncio.Event(), seconds)
        finally:
            caller.stall(False)


class RealOutside:
    """The caller's keys, and the other hotline, which is reached where the police are."""

    def __init__(self, stage: "AsteriskStage") -> None:
        self._stage = stage

    async def caller_wishes(self) -> None:
        assert self._stage.caller
        await self._stage.hears(self._stage.caller, tones.CLOSED)
        self._stage.caller.press("1")

    async def other_hotline_answers(self) -> None:
        await self._stage.party_answers()

    async def other_hotline_is_busy(self) -> None:
        await self._stage.party_refuses()

    def now(self) -> datetime:
        return SystemClock().now()


class BehindTheTrunk(Stage):
    """The third party of the stage: whoever is called outside."""

    police: Party

    async def party_answers(self) -> None:
        await asyncio.to_thread(self.police.answer)

    async def party_refuses(self) -> None:
        await asyncio.to_thread(self.police.be_busy)

    async def party_leaves(self) -> None:
        self.police.hang_up()

    async def party_heard(self, keys: str) -> None:
        await asyncio.to_thread(self.police.wait_pressed, keys)


class AsteriskStage(BehindTheTrunk):
    """One Asterisk, a desk telephone at seat 1001, the police behind the trunk, a caller when one rings."""

    seat = "1001"
    dialled = "12356"
    withheld = "anonymous"

    def __init__(self, real: Exchange, cable: Cable, phone: Party, police: Party, stack: ExitStack) -> None:
        self.real = real
        self.phone = phone
        self.police = police
        self.caller: Party | None = None
        self.phones = {self.seat: phone}
        self.caller_line: RealLine = RealLine(self)
        self.outside = RealOutside(self)
        self._running: asyncio.Task[None] | None = None
        self._cable = cable
        self._stack = stack

    def connect(self) -> None:
        """Start a gateway's adapter that knows nothing yet."""
        self.ears = Ears()
        self.exchange = Asterisk(settings(self.real, self._cable.port), SystemClock())
        self._running = asyncio.create_task(self.exchange.run(self.ears.hear))

    async def disconnect(self) -> None:
        """Stop it as a gateway does that is told to stop."""
        if self._running:
            self._running.cancel()
            await asyncio.gather(self._running, return_exceptions=True)

    async def hears(self, who: Party | None, *tones: int) -> None:
        """Wait until somebody hears exactly these tones."""
        assert who
        await asyncio.to_thread(who.wait_hears, *tones)

    async def staffed(self, seat: str) -> None:
        line = seat_line(self.real, seat, tones.COLLEAGUE if seat == self.colleague else tones.LEAD)
        self.phones[seat] = await asyncio.to_thread(self._stack.enter_context, party(self.real, line))
        if seat == self.colleague:
            await self.exchange.set_ready(seat, False, "")

    async def records(self) -> None:
        await asyncio.to_thread(self.real.ask, "dialplan set global XINQIAO_RECORD yes")

    async def ring(self, number: str) -> None:
        line = caller_line(self.real, number)
        self.caller = await asyncio.to_thread(self._stack.enter_context, party(self.real, line))
        self.caller.dial(self.dialled)

    async def caller_hangs_up(self) -> None:
        assert self.caller
        self.caller.hang_up()

    async def callee_answers(self, call: str) -> None:
        await asyncio.to_thread(self.police.answer)

    async def callee_refuses(self, call: str) -> None:
        await asyncio.to_thread(self.police.be_busy)

    async def callee_leaves(self, call: str) -> None:
        self.police.hang_up()

    async def telephone_dies(self) -> None:
        await asyncio.to_thread(self.phone.leave)
        await self.ears.until(SeatChanged, lambda one: one.seat == self.seat and not one.reachable)

    async def line_breaks(self) -> None:
        await self._cable.cut()

    async def line_returns(self) -> None:
        await self._cable.mend()


def settings(real: Exchange, port: int | None = None) -> AsteriskSettings:
    """The gateway's settings for this exchange, by its own port or another's that leads there."""
    plan = real.plan
    return AsteriskSettings(plan.address, port or plan.ami_port, "gateway", plan.passwords["AMI"], "hotline")


@asynccontextmanager
async def asterisk_stage(real: Exchange) -> AsyncIterator[AsteriskStage]:
    """Telephones, cable and a connected adapter; afterwards no channel is left in the exchange."""
    async with _cable(real) as cable:
        with ExitStack() as stack:
            phone, police = await asyncio.gather(
                asyncio.to_thread(stack.enter_context, party(real, seat_line(real))),
                asyncio.to_thread(stack.enter_context, party(real, police_line(real))),
            )
            stage = AsteriskStage(real, cable, phone, police, stack)
            stage.connect()
            try:
                yield stage
            finally:
                await stage.caller_line.end()
                await stage.disconnect()
                await asyncio.to_thread(stack.close)
    await asyncio.to_thread(real.ask, "dialplan set global XINQIAO_RECORD no")
    await asyncio.to_thread(real.ask, "database deltree xinqiao-wish")
    for name in ("CLOSES", "OVERFLOW"):
        await asyncio.to_thread(real.ask, f'dialplan set global XINQIAO_{name} ""')
    while "0 active channels" not in await asyncio.to_thread(real.ask, "core show channels count"):
        pass


@asynccontextmanager
async def _cable(real: Exchange) -> AsyncIterator[Cable]:
    cable = Cable(real.plan.address, real.plan.ami_port)
    await cable.mend()
    try:
        yield cable
    finally:
        await cable.cut()
