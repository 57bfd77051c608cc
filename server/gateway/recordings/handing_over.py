"""Handing locked recordings to the server, one after the other, from where the last attempt ended."""

import base64
from collections.abc import Iterator
from pathlib import Path

from models.recordings.playing import PIECE_BYTES
from models.wire.recordings import Had, HandOver
from server.gateway.recordings.shelf import Waiting
from server.gateway.sync.server import Asked, Away, Conflict, Server

_ADDRESS = "/recordings/v1"
_JSON = {"Content-Type": "application/json"}
_SEALED = {"Content-Type": "application/octet-stream"}


class Handing:
    """The recordings' side of one server."""

    def __init__(self, server: Server) -> None:
        self._server = server

    async def hand_over(self, one: Waiting) -> Away | None:
        """Give the server all of a recording; None once it has checked and kept it. Raises OSError."""
        name = one.label.id
        answer = await self._had(Asked("GET", f"{_ADDRESS}/{name}"))
        if isinstance(answer, Away):
            return answer
        if answer.kept:
            return None
        for start, piece in _pieces(one.path, one.head.offset, answer.have):
            answer = await self._had(
                Asked("PUT", f"{_ADDRESS}/{name}", piece, {"start": str(start)}, _SEALED)
            )
            if isinstance(answer, Away):
                return answer
            if answer.have < start + len(piece):
                # It lost what it had: the next attempt begins where it says.
                return Away("lost")
        handed = HandOver(label=_text(one.head.label), key=_text(one.head.wrapped))
        answer = await self._had(
            Asked("POST", f"{_ADDRESS}/{name}", handed.model_dump_json().encode(), headers=_JSON)
        )
        if isinstance(answer, Away):
            return answer
        return None if answer.kept else Away("answer")

    async def _had(self, asked: Asked) -> Had | Away:
        answer = await self._server.ask(asked)
        if isinstance(answer, Conflict):
            return Away(answer.why)
        if isinstance(answer, Away):
            return answer
        try:
            return Had.model_validate_json(answer)
        except ValueError:
            return Away("answer")


def _pieces(path: Path, offset: int, start: int) -> Iterator[tuple[int, bytes]]:
    with path.open("rb") as file:
        file.seek(offset + start)
        while piece := file.read(PIECE_BYTES):
            yield start, piece
            start += len(piece)


def _text(content: bytes) -> str:
    return base64.b64encode(content).decode()
