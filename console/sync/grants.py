"""Asking the server for the full text of one record."""

from collections.abc import Callable

from console.sync.api import ServerApi, TurnedAway

_OFF_LINE = "off_line"


class Grants:
    """One operator's wishes; `ticket` gives the duty ticket of now, "" while there is none."""

    def __init__(self, server: ServerApi, ticket: Callable[[], str]) -> None:
        self._server = server
        self._ticket = ticket

    async def ask(self, note: str, reason: str, hours: int) -> str:
        """Ask; "" where it was granted, otherwise why not: `off_line`, or the server's word."""
        from models.wire.access import GrantAsked, Granted

        ticket = self._ticket()
        if not ticket:
            return _OFF_LINE
        try:
            asked = GrantAsked(type="note", id=note, reason=reason, hours=hours)
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
