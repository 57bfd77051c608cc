"""The simulated exchange keeps the contract of the port."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime

from models.calls.quality import Sample
from models.clock import ManualClock
from server.gateway.exchange.scene import Scene
from server.gateway.exchange.simulated import Simulated
from tests.server.gateway.contract import ExchangeContract
from tests.server.gateway.contract_examination import ExaminationContract
from tests.server.gateway.contract_handing import HandingContract
from tests.server.gateway.contract_hearing import HearingContract
from tests.server.gateway.contract_outgoing import OutgoingContract
from tests.server.gateway.contract_queueing import QueueingContract
from tests.server.gateway.contract_recording import RecordingContract
from tests.server.gateway.contract_supervision import SupervisionContract
from tests.server.gateway.stage import Ears, Stage


class SimulatedLine:
    def __init__(self, stage: "SimulatedStage") -> None:
        self._stage = stage

    async def presses(self, keys: str) -> None:
        self._stage.caller.presses(self._stage.call_now, keys)

    async def breaks_up(self) -> None:
        self._stage.caller.carries(self._stage.call_now, Sample(12, 90, 20))


class SimulatedOutside:
    def __init__(self, stage: "SimulatedStage", scene: Scene, clock: ManualClock) -> None:
        self._stage = stage
        self._scene = scene
        self._clock = clock

    async def caller_wishes(self) -> None:
        self._scene.caller_wishes(self._stage.call_now)

    async def other_hotline_answers(self) -> None:
        await self._sent_on(answers=True)

    async def other_hotline_is_busy(self) -> None:
        await self._sent_on(answers=False)

    def now(self) -> datetime:
        return self._clock.now()

    async def _sent_on(self, answers: bool) -> None:
        await self._stage.picture_shows(lambda _: bool(self._scene.sent_on()))
        self._scene.other_hotline(self._scene.sent_on()[0], answers)


class SimulatedStage(Stage):
    def __init__(self, exchange: Simulated, ears: Ears, clock: ManualClock) -> None:
        self.exchange = exchange
        self._examination = exchange.examination
        self.ears = ears
        self.seat = "1001"
        self.dialled = "12356"
        self._scene = exchange.scene
        self.caller = exchange.scene.caller
        self._call = ""
        self.caller_line = SimulatedLine(self)
        self.outside = SimulatedOutside(self, exchange.scene, clock)

    @property
    def call_now(self) -> str:
        return self._call

    async def staffed(self, seat: str) -> None:
        await self.exchange.set_ready(seat, False, "")

    async def records(self) -> None:
        self._scene.records()

    async def ring(self, number: str) -> None:
        self._call = self._scene.ring(number, self.dialled)

    async def caller_hangs_up(self) -> None:
        self._scene.caller_hangs_up(self._call)

    async def party_answers(self) -> None:
        self._scene.party_answers(self._call, self._latest_party())

    async def party_refuses(self) -> None:
        self._scene.party_leaves(self._call, self._latest_party(), "busy")

    async def party_leaves(self) -> None:
        self._scene.party_leaves(self._call, self._latest_party())

    async def callee_answers(self, call: str) -> None:
        self._scene.callee_answers(call)

    async def callee_refuses(self, call: str) -> None:
        self._scene.callee_misses(call, "busy")

    async def callee_leaves(self, call: str) -> None:
        self._scene.caller_hangs_up(call)

    async def party_heard(self, keys: str) -> None:
        assert self._scene.pressed[self._call] == keys

    async def telephone_dies(self) -> None:
        self._examination.telephone_dies(self.seat)

    async def line_breaks(self) -> None:
        self._scene.line_breaks()

    async def line_returns(self) -> None:
        self._scene.line_returns()

    def _latest_party(self) -> str:
        return self.ears.parties()[-1]


class TestSimulated(
    ExchangeContract,
    HandingContract,
    SupervisionContract,
    RecordingContract,
    HearingContract,
    OutgoingContract,
    QueueingContract,
    ExaminationContract,
):
    @asynccontextmanager
    async def stage(self) -> AsyncIterator[SimulatedStage]:
        ears = Ears()
        clock = ManualClock()
        exchange = Simulated(clock)
        running = asyncio.create_task(exchange.run(ears.hear))
        try:
            yield SimulatedStage(exchange, ears, clock)
        finally:
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)
