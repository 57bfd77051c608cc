"""No exchange: a gateway that was not told of one says so lastingly, and nothing rings."""

import asyncio
from collections.abc import Callable
from typing import NoReturn

from server.gateway.exchange.port import ExchangePicture, ExchangeRefused, LineChanged, News

PROBLEM = "line_config"


class Unconfigured:
    """Refuses every command."""

    practice = False

    async def run(self, hear: Callable[[News], None]) -> None:
        """Tell the problem once and wait until cancelled."""
        hear(LineChanged(PROBLEM))
        await asyncio.Event().wait()

    async def picture(self) -> ExchangePicture:
        """Nothing but the problem."""
        return ExchangePicture(problem=PROBLEM)

    async def _refuse(self, *_what: object) -> NoReturn:
        raise ExchangeRefused(PROBLEM)

    answer = hang_up = hold = resume = mute = invite = drop = set_ready = _refuse
