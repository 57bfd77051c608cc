"""What a note said at earlier stops, as the server kept it."""

from collections.abc import Callable
from dataclasses import dataclass

from console.sync.api import ServerApi, TurnedAway
from models.operation import Operation

OFF_LINE = "off_line"


@dataclass(frozen=True, slots=True)
class Past:
    """The acts on a note, and what their authors are called."""

    acts: tuple[Operation, ...]
    names: dict[str, str]


class Histories:
    """One operator's wishes; `ticket` gives the duty ticket of now, "" while there is none."""

    def __init__(self, server: ServerApi, ticket: Callable[[], str]) -> None:
        self._server = server
        self._ticket = ticket

    async def of_note(self, note: str) -> Past | str:
        """The acts that made a note; else why they are not known: `off_line`, or the server's word."""
        from models.wire.history import History

        ticket = self._ticket()
        if not ticket:
            return OFF_LINE
        answer = await self._server.request("GET", f"/access/v1/history/{note}", ticket)
        if isinstance(answer, TurnedAway):
            return answer.why
        try:
            told = History.model_validate_json(answer) if isinstance(answer, bytes) else None
        except ValueError:
            # A page of a proxy on the way is no word of the server.
            told = None
        if told is None:
            return OFF_LINE
        acts = tuple(one.value(note) for one in told.acts)
        return Past(acts, {one.actor: one.name for one in told.acts})
