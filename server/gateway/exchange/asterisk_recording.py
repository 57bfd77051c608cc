"""The recording of an Asterisk's conversations: begun by the dial plan, paused from the console."""

import re

from models.calls.events import Taping
from models.ids import call_id
from server.gateway.exchange.asterisk_floor import OUT, Part
from server.gateway.exchange.asterisk_moves import Moves
from server.gateway.exchange.port import ExchangeRefused

_OURS = re.compile(r"(?:[0-9A-Za-z_-]+-)?[0-9]{9,}\.[0-9]+(?:-[0-9]+)?")
"""A unique id of the exchange, with the number of the round from the second on."""


class AsteriskRecording:
    """See `recording.Recording`."""

    def __init__(self, moves: Moves) -> None:
        self._moves = moves

    async def tape(self, call: str, on: bool) -> None:
        """Write silence for both, or their voices again."""
        moves = self._moves
        known = moves.call(call).tape
        if known is None or known.state is Taping.OFF:
            raise ExchangeRefused("not_now")
        channel, state = moves.leg(call, Part.CALLER).channel, "0" if on else "1"
        await moves.link.ask("MixMonitorMute", Channel=channel, Direction="both", State=state)
        # For a gateway that finds the call later.
        await moves.link.ask("Setvar", Channel=channel, Variable="XINQIAO_PAUSED", Value=state)

    async def being_written(self) -> frozenset[str]:
        """What living channels carry."""
        link = self._moves.link
        if link.problem:
            raise ExchangeRefused(link.problem)
        return frozenset(leg.tape for leg in link.floor.legs.values() if leg.tape)

    def call_of(self, recording: str) -> str:
        """The dial plan names a recording as the exchange names the call; others leave files here too."""
        floor = self._moves.link.floor
        if recording.startswith(OUT):
            return floor.call_of(recording)
        # Not by what the floor knows of later rounds: each round has a recording of its own.
        return call_id(floor.exchange, recording) if _OURS.fullmatch(recording) else ""
