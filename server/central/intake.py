"""What comes over the wire before anybody reads it: not too much, unpacked, text that can be stored."""

import json
import re
import zlib
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from models.wire.session import Refusal
from models.wire.sync import MOST_BYTES

_SUSPECT = re.compile(rb"\\u(0000|[dD][89a-fA-F])")
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


class Unfit(Exception):
    """A request body that nobody will read, with the status of the answer."""

    def __init__(self, status: int, why: str) -> None:
        super().__init__(why)
        self.status = status
        self.why = why


class Intake:
    """Reads the body of each request: at most 8 MiB unpacked, UTF-8, U+0000 and lone surrogates as U+FFFD."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand the request on with a sound body, or answer 413 (too large) or 400 (malformed)."""
        if scope["type"] != "http" or scope["method"] != "POST":
            await self._app(scope, receive, send)
            return
        try:
            packing = dict(scope["headers"]).get(b"content-encoding", b"")
            body = sound(_unpacked(await _read(receive), packing))
        except Unfit as unfit:
            await _answer(send, unfit)
            return
        await self._app(scope, _replay(body, receive), send)


async def _read(receive: Receive) -> bytes:
    parts: list[bytes] = []
    size = 0
    more = True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise Unfit(400, "malformed")
        parts.append(message.get("body", b""))
        size += len(parts[-1])
        if size > MOST_BYTES:
            raise Unfit(413, "too_large")
        more = message.get("more_body", False)
    return b"".join(parts)


def _unpacked(body: bytes, packing: bytes) -> bytes:
    if packing in (b"", b"identity"):
        return body
    if packing != b"gzip":
        raise Unfit(415, "malformed")
    unpacker = zlib.decompressobj(zlib.MAX_WBITS | 16)
    try:
        plain = unpacker.decompress(body, MOST_BYTES + 1)
    except zlib.error as error:
        raise Unfit(400, "malformed") from error
    if len(plain) > MOST_BYTES:
        raise Unfit(413, "too_large")
    if not unpacker.eof:
        raise Unfit(400, "malformed")
    return plain


def sound(body: bytes) -> bytes:
    """JSON that can be stored: U+0000 and lone surrogates as U+FFFD. Raises Unfit."""
    try:
        body.decode()
        if not _SUSPECT.search(body):
            return body
        return json.dumps(_storable(json.loads(body)), ensure_ascii=False).encode()
    except (ValueError, RecursionError) as error:
        raise Unfit(400, "malformed") from error


def _storable(value: Any) -> Any:
    if isinstance(value, str):
        return _UNSTORABLE.sub("\ufffd", value)
    if isinstance(value, dict):
        return {_storable(key): _storable(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_storable(item) for item in value]
    return value


def _replay(body: bytes, receive: Receive) -> Receive:
    waiting: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def next_message() -> Message:
        return waiting.pop() if waiting else await receive()

    return next_message


async def _answer(send: Send, unfit: Unfit) -> None:
    body = Refusal(why=unfit.why).model_dump_json().encode()
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": unfit.status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
