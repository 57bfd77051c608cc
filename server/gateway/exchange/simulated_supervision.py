"""Supervisors at the conversations of the simulated exchange."""

from models.calls.call import Call
from models.calls.events import HandedOver, Watched, Watching
from models.calls.place import CONVERSATION, watches
from server.gateway.exchange.port import ExchangeRefused
from server.gateway.exchange.switchboard import Switchboard


class SimulatedSupervision:
    """See `supervision.Supervision`."""

    def __init__(self, board: Switchboard) -> None:
        self._board = board
        self.ringing: dict[str, str] = {}
        """The seats whose telephones ring for help, by the name of the ring."""

    async def watch(self, call: str, seat: str, how: Watching) -> None:
        """The supervisor's telephone is there at once."""
        known = self._of_another(call, seat)
        if how is Watching.GONE and not watches(known, seat):
            raise ExchangeRefused("not_now")
        self._board.happened(Watched(*self._board.mark(call), seat, "", how))

    async def take_over(self, call: str, seat: str) -> None:
        """The conversation is that of this seat at once."""
        known = self._of_another(call, seat)
        self._board.happened(HandedOver(*self._board.mark(call), seat, ""))
        if watches(known, seat):
            self._board.happened(Watched(*self._board.mark(call), seat, "", Watching.GONE))

    async def ring(self, seat: str, name: str) -> None:
        """It rings at once, and on and on."""
        self.ringing[name] = seat

    async def stop_ringing(self, name: str) -> None:
        """Silence."""
        self.ringing.pop(name, None)

    def _of_another(self, call: str, seat: str) -> Call:
        known = self._board.running(call, *CONVERSATION)
        if seat == known.holder:
            raise ExchangeRefused("not_now")
        return known
