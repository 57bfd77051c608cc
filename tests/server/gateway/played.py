"""How the contract of the exchange port is played; a subclass gives the stage."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from functools import reduce

import pytest

from models.calls.advance import advance
from models.calls.call import Call, CallState, PartyPhase
from server.gateway.exchange.port import ExchangeRefused, LineChanged
from tests.server.gateway.stage import Stage

GIVE_UP = 90  # seconds; a story that hangs must fail, nothing is ever waited for on purpose


class Played:
    """Named `Test…` by the subclass; `stage` opens a fresh stage for each story and clears it after."""

    def stage(self) -> AbstractAsyncContextManager[Stage]:
        raise NotImplementedError

    def play(self, story: Callable[[Stage], Awaitable[None]]) -> None:
        async def evening() -> None:
            async with asyncio.timeout(GIVE_UP), self.stage() as stage:
                await stage.ears.until(LineChanged, lambda one: one.problem == "")
                await story(stage)

        asyncio.run(evening())

    async def refuses(self, why: str, command: Awaitable[None]) -> None:
        with pytest.raises(ExchangeRefused) as refused:
            await command
        assert refused.value.why == why

    async def settled(self, stage: Stage, call: str, state: CallState) -> None:
        """Picture and news agree that the call is in this state, whatever the order of the news."""
        await stage.picture_shows(
            lambda one: [known.state for known in one.calls if known.id == call] == [state]
        )
        for told in (stage.ears.told(call), stage.ears.told(call)[::-1]):
            assert reduce(advance, told * 2, Call(call)).state is state
        ids = [event.id for event in stage.ears.told(call)]
        assert len(ids) == len(set(ids))

    async def reached(self, stage: Stage, call: str, party: str, phase: PartyPhase) -> None:
        await stage.picture_shows(
            lambda one: any(
                party in known.parties and known.parties[party].phase is phase for known in one.calls
            )
        )
