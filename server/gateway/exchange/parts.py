"""The parts of the port to a telephone exchange, one for each thing that a hotline does with calls."""

from typing import Protocol

from server.gateway.exchange.examination import Examination
from server.gateway.exchange.handing import Handing
from server.gateway.exchange.outgoing import Outgoing
from server.gateway.exchange.queueing import Queueing
from server.gateway.exchange.recording import Recording
from server.gateway.exchange.supervision import Supervision


class Parts(Protocol):
    """What every adapter has, beside the verbs of `port.Exchange`."""

    @property
    def handing(self) -> Handing:
        """Leaving, coming back, giving away."""
        ...

    @property
    def outgoing(self) -> Outgoing:
        """Calls from here."""
        ...

    @property
    def queueing(self) -> Queueing:
        """Who is taken first, and what holds outside the hours."""
        ...

    @property
    def supervision(self) -> Supervision:
        """Listening, whispering, joining, taking over."""
        ...

    @property
    def recording(self) -> Recording:
        """Pausing and going on with a recording."""
        ...

    @property
    def examination(self) -> Examination:
        """What is wrong with the exchange, for its administrator."""
        ...
