"""What the parts of a workstation that are built upon others take of it; nobody who is built later."""

from collections.abc import Coroutine
from typing import Any, Protocol

from console.access.seeing import Seeing
from console.access.service import AccessService
from console.calls.service import CallsService
from console.earlier import Earlier
from console.line import port
from console.notes.service import NotesService
from console.risk.service import RiskService
from console.runtime.journal import Journal
from console.session.identity import Identity
from console.shelf import Shelf
from console.shifts.service import ShiftsService


class Parts(Protocol):
    """Lives on the io thread."""

    identity: Identity
    journal: Journal
    shelf: Shelf
    calls: CallsService
    notes: NotesService
    risk: RiskService
    shifts: ShiftsService
    seeing: Seeing
    access: AccessService
    earlier: Earlier

    def spawn(self, work: Coroutine[Any, Any, object]) -> None:
        """Run something beside the rest; its failure reaches the loop's exception hook."""

    async def command(self, done: Coroutine[Any, Any, port.Done]) -> str:
        """Let the line do something; gives why it was refused, "" where it was done."""
