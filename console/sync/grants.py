"""Asking the server for the full text of one record, giving an own one to a lead, and taking that back."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from console.sync.api import ServerApi, TurnedAway

_OFF_LINE = "off_line"


@dataclass(frozen=True, slots=True)
class Given:
    """A grant that runs: who may read the note (an account), by whom, for what reason, until when."""

    id: str
    to: str
    by: str
    reason: str
    until: datetime


@dataclass(frozen=True, slots=True)
class Sharing:
    """The leads to whom a note can be given (id and name), and the grants of it that run."""

    readers: tuple[tuple[str, str], ...] = ()
    given: tuple[Given, ...] = ()


class Grants:
    """One operator's wishes; `ticket` gives the duty ticket of now, "" while there is none."""

    def __init__(self, server: ServerApi, ticket: Callable[[], str]) -> None:
        self._server = server
        self._ticket = ticket

    async def ask(self, note: str, reason: str, hours: int, to: str = "") -> str:
        """Ask for oneself, or give to somebody; "" where it was granted, otherwise why not: `off_line`, or
        the server's word.
        """
        from models.wire.access import GrantAsked, Granted

        ticket = self._ticket()
        if not ticket:
            return _OFF_LINE
        try:
            asked = GrantAsked(type="note", id=note, reason=reason, hours=hours, to=to)
        except ValueError:
            return "malformed"
        content = asked.model_dump_json().encode()
        answer = await self._server.request("POST", "/access/v1/grants", ticket, content=content)
        if isinstance(answer, TurnedAway):
            return answer.why
        if not isinstance(answer, bytes):
            return _OFF_LINE
        try:
            Granted.model_validate_json(answer)
        except ValueError:
            # A page of a proxy on the way is no word of the server.
            return _OFF_LINE
        return ""

    async def of_note(self, note: str) -> Sharing | str:
        """Whom a note can be given to and who has it; else why that is not known."""
        from models.wire import access

        answer = await self._asked("GET", f"/access/v1/sharing/{note}")
        if isinstance(answer, str):
            return answer
        try:
            told = access.Sharing.model_validate_json(answer)
        except ValueError:
            return _OFF_LINE
        given = tuple(Given(one.id, one.to, one.by, one.reason, one.until) for one in told.given)
        return Sharing(tuple((one.id, one.name) for one in told.readers), given)

    async def take_back(self, grant: str) -> str:
        """End a grant now; "" where that is done, otherwise why not."""
        answer = await self._asked("DELETE", f"/access/v1/grants/{grant}")
        return answer if isinstance(answer, str) else ""

    async def _asked(self, method: str, path: str) -> bytes | str:
        """The body of the answer, or why there is none."""
        ticket = self._ticket()
        if not ticket:
            return _OFF_LINE
        answer = await self._server.request(method, path, ticket)
        if isinstance(answer, TurnedAway):
            return answer.why
        return answer if isinstance(answer, bytes) else _OFF_LINE
