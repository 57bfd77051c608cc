"""Who may work no more, as the database said a second ago at most: so every process learns it at once."""

from dataclasses import dataclass, field

from models.clock import Clock
from server.central.storage.engine import Database
from server.central.storage.workstations import Revoked, find_revoked
from server.central.tickets import Ticket

_BELIEVED_SECONDS = 1.0


@dataclass(slots=True)
class Standing:
    """The list of the revoked, which is short, read again when a request finds it a second old."""

    engine: Database
    clock: Clock
    _read: tuple[float, Revoked] | None = field(default=None)

    def known(self) -> Revoked | None:
        """The list, None where it must be read first."""
        if self._read is None or self.clock.monotonic() - self._read[0] >= _BELIEVED_SECONDS:
            return None
        return self._read[1]

    def look(self) -> Revoked:
        """Read the list. Blocks."""
        at = self.clock.monotonic()
        revoked = find_revoked(self.engine)
        self._read = at, revoked
        return revoked


def is_draining(ticket: Ticket, revoked: Revoked) -> bool:
    """True for a ticket whose operator or workstation was revoked: it may only hand in what is unsent."""
    return ticket.operator.id in revoked.operators or ticket.workstation in revoked.workstations
