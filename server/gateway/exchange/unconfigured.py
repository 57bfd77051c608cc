"""No exchange: a gateway that was not told of one says so lastingly, and nothing rings."""

import asyncio
from collections.abc import Callable
from typing import NoReturn

from server.gateway.exchange.examination import Examined, Report, Subject
from server.gateway.exchange.port import ExchangePicture, ExchangeRefused, LineChanged, News

PROBLEM = "line_config"


async def _refuse(*_what: object) -> NoReturn:
    raise ExchangeRefused(PROBLEM)


class _Nobody:
    """Refuses every command of every part."""

    answer = hang_up = hold = resume = mute = invite = drop = press = set_ready = staticmethod(_refuse)
    leave = come_back = ask_colleague = transfer = watch = take_over = ring = stop_ringing = tape = place = (
        rank
    ) = keep = staticmethod(_refuse)
    being_written = staticmethod(_refuse)

    def call_of(self, recording: str) -> str:
        """Nobody knows."""
        return recording


class _Unexamined:
    """Finds that there is nothing to examine."""

    async def examine(self) -> Examined:
        """Look at nothing."""
        report = Report()
        report.found(Subject.LOGIN, "not_configured")
        return report.examined()


class Unconfigured(_Nobody):
    """Refuses every command."""

    practice = False
    handing = supervision = recording = outgoing = queueing = _Nobody()
    examination = _Unexamined()

    async def run(self, hear: Callable[[News], None]) -> None:
        """Tell the problem once and wait until cancelled."""
        hear(LineChanged(PROBLEM))
        await asyncio.Event().wait()

    async def picture(self) -> ExchangePicture:
        """Nothing but the problem."""
        return ExchangePicture(problem=PROBLEM)
