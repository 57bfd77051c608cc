"""Recordings as the server gives them: what is known of a call's, a leave to listen, parts of the sound."""

from collections.abc import Callable

from console.sync.api import ServerApi, TurnedAway
from models.recordings.playing import Leave, PlayReason, Recorded

OFF_LINE = "off_line"


class Recordings:
    """One operator's wishes; `ticket` gives the duty ticket of now, "" while there is none.

    Every answer is a value, or a code that says why there is none: `off_line`, or the server's word.
    """

    def __init__(self, server: ServerApi, ticket: Callable[[], str]) -> None:
        self._server = server
        self._ticket = ticket

    async def of_call(self, call: str) -> tuple[Recorded, ...] | str:
        """The recordings of a call, the oldest first."""
        from models.wire import recordings as wire

        answer = await self._asked("GET", f"/recordings/v1/calls/{call}")
        if isinstance(answer, str):
            return answer
        try:
            told = wire.Recordings.model_validate_json(answer)
        except ValueError:
            return OFF_LINE
        return tuple(
            Recorded(one.id, one.call, one.began_at, one.seconds, one.stretches, one.gone)
            for one in told.recordings
        )

    async def ask(self, recording: str, call: str, reason: PlayReason, words: str) -> Leave | str:
        """Ask for leave to listen; this is logged."""
        from models.wire import recordings as wire

        try:
            asked = wire.PlayAsked(call=call, reason=reason, words=words)
        except ValueError:
            return "malformed"
        content = asked.model_dump_json().encode()
        answer = await self._asked("POST", f"/recordings/v1/{recording}/plays", content)
        if isinstance(answer, str):
            return answer
        try:
            told = wire.Playing.model_validate_json(answer)
        except ValueError:
            return OFF_LINE
        return Leave(told.id, told.recording, told.until, told.size, told.rate, told.width, told.channels)

    async def sound(self, leave: Leave, start: int, length: int) -> bytes | str:
        """A part of the sound, in bytes."""
        params = {"start": str(start), "length": str(length)}
        return await self._asked("GET", f"/recordings/v1/plays/{leave.id}/sound", params=params)

    async def _asked(
        self, method: str, path: str, content: bytes | None = None, params: dict[str, str] | None = None
    ) -> bytes | str:
        ticket = self._ticket()
        if not ticket:
            return OFF_LINE
        answer = await self._server.request(method, path, ticket, content=content, params=params)
        if isinstance(answer, TurnedAway):
            return answer.why
        return answer if isinstance(answer, bytes) else OFF_LINE
