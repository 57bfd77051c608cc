"""How a ring comes to the telephone of a seat: as that telephone can."""

from collections.abc import Mapping
from contextlib import suppress

from server.gateway.exchange.asterisk_floor import Leg, Part
from server.gateway.exchange.asterisk_moves import Moves
from server.gateway.exchange.port import ExchangeRefused
from server.gateway.settings import Telephone

_TALK = "xinqiao-talk"
_RINGING_MS = "5000"


class AsteriskAnswering:
    """Rings at the `telephones` that the settings name as they say; all others ring on the screen alone."""

    def __init__(self, moves: Moves, telephones: Mapping[str, Telephone]) -> None:
        self._moves = moves
        self._telephones = telephones

    async def prepare(self, seat: str) -> None:
        """A console is here: its clicks answer, and its telephone rings too where it shall.

        Raises ExchangeRefused.
        """
        ask = self._moves.link.ask
        await ask("Setvar", Variable=f"XINQIAO_CONSOLE_{seat}", Value="1")
        rings = self._telephone(seat) is not Telephone.SCREEN
        await ask("Setvar", Variable=f"XINQIAO_RINGS_{seat}", Value="1" if rings else "0")

    async def answer(self, call: str, seat: str) -> None:
        """Let the telephone pick the queue's ring up. Raises ExchangeRefused."""
        link = self._moves.link
        ring = link.floor.find(call, Part.RING, seat)
        if ring and self._telephone(seat) is Telephone.TALK:
            # A click may be quicker than the telephone; one that does not ring is called as others are.
            with suppress(ExchangeRefused):
                await link.until(lambda: link.floor.find(call, Part.PHONE, seat) is not None)
            phone = link.floor.find(call, Part.PHONE, seat)
            if phone is not None:
                await self._talk(seat, phone)
                return
        await self._moves.pick_up(ring, seat)

    async def _talk(self, seat: str, phone: Leg) -> None:
        """Send the telephone that rings a `NOTIFY Event: talk` in the dialogue of this very call."""
        await self._moves.link.ask(
            "Originate",
            ("__XINQIAO_TALK", phone.channel.removeprefix("PJSIP/")),
            Channel=f"Local/{seat}@{_TALK}/n",
            Context=_TALK,
            Exten="s",
            Priority="1",
            Timeout=_RINGING_MS,
            Async="true",
        )

    def _telephone(self, seat: str) -> Telephone:
        return self._telephones.get(seat, Telephone.SCREEN)
