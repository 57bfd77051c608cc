"""The recording of an Asterisk's conversations: begun by the dial plan, paused from the console."""

from models.calls.events import Taping
from models.ids import call_id
from server.gateway.exchange.asterisk_floor import Part
from server.gateway.exchange.asterisk_moves import Moves
from server.gateway.exchange.port import ExchangeRefused


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
        """The dial plan names a recording as the exchange names the call."""
        return call_id(self._moves.link.floor.exchange, recording)
