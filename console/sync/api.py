"""The central server over HTTPS: push, pull, any other request; every trouble is a typed answer."""

import gzip
import json
import ssl
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from console.session.endpoint import Endpoint
from console.session.proof import Prover
from console.storage.values import Answer, Batch, Confirmed, FeedItem, Page, Sum
from console.sync.live import hints
from console.sync.reasons import cause_of, seconds
from models.people import proof
from models.schema import SCHEMA
from models.trace.receipt import Receipt

if TYPE_CHECKING:
    from httpx2 import AsyncBaseTransport, AsyncClient, Response
    from httpx2 import Request as HttpRequest

    from models.wire.sync import Pulled, Pushed

_CONNECT_SECONDS = 5.0
_ANSWER_SECONDS = 20.0
_PACKED_FROM_BYTES = 2048
_QUICK = 1
# The server says something at least every 15 seconds while a stream stands.
_SILENT_SECONDS = 45.0


@dataclass(frozen=True, slots=True)
class Unreachable:
    """No word from the server: offline, certificate, proxy, busy. `wait` is what it asked for, in seconds."""

    why: str
    wait: float = 0.0


@dataclass(frozen=True, slots=True)
class TurnedAway:
    """The server answered no: a problem code (ticket, credentials, schema, …); seconds to wait first."""

    why: str
    wait: float = 0.0


_NONCE_WANTED = TurnedAway(proof.NONCE_WANTED)
_NOTHING_CONFIRMED = Confirmed()


@dataclass(frozen=True, slots=True)
class Conflict:
    """A whole push was refused: gap (with the number the server expects), fork, mutated, practice."""

    why: str
    expected: int = 0


@dataclass(frozen=True, slots=True)
class PushAnswer:
    """What the server says of each act of a push."""

    answers: tuple[Answer, ...]
    server_epoch: str
    receipt: Receipt | None = None
    now: datetime | None = None


class NoHints(Exception):
    """This server has no hints to give."""


class Server(Protocol):
    """What the pump needs of the server."""

    async def push(self, ticket: str, batch: Batch) -> PushAnswer | Conflict | TurnedAway | Unreachable:
        """Hand acts in."""
        ...

    async def pull(
        self, ticket: str, cursor: Mapping[str, int], limit: int, wait: int, confirmed: Confirmed
    ) -> Page | TurnedAway | Unreachable:
        """Fetch a page of what is new; with `wait`, up to so many seconds later.

        The page says what the server has under the epoch that is asked about.
        """
        ...

    def live(self, ticket: str, opened: Callable[[], None]) -> AsyncIterator[tuple[str, ...]]:
        """The feeds that have news, as long as the stream stands. Raises NoHints where there is none."""
        ...


class ServerApi:
    """One server; use it in one event loop. httpx2 and pydantic are imported with the first request."""

    def __init__(
        self,
        endpoint: Endpoint,
        app: str,
        transport: "AsyncBaseTransport | None" = None,
        prover: Prover | None = None,
    ) -> None:
        self._endpoint = endpoint
        self._app = app
        self._transport = transport
        self._prover = prover
        self._client: AsyncClient | None = None

    async def push(self, ticket: str, batch: Batch) -> PushAnswer | Conflict | TurnedAway | Unreachable:
        """Hand acts in, each at most once however often it is sent."""
        from models.wire.sync import Push, Pushed, PushedOperation
        from models.wire.trace import Stretch

        try:
            ops = tuple(PushedOperation.of(seq, operation) for seq, operation in batch.rows)
            audit = Stretch.of(batch.stretch) if batch.stretch else None
            content = Push(app=self._app, epoch=batch.epoch, ops=ops, audit=audit).model_dump_json().encode()
        except ValueError:
            return TurnedAway("malformed")
        answer = await self.request("POST", "/sync/v1/push", ticket, content=content)
        if not isinstance(answer, bytes):
            return answer
        try:
            return push_answer(Pushed.model_validate_json(answer))
        except ValueError:
            return Unreachable("answer")

    async def pull(
        self,
        ticket: str,
        cursor: Mapping[str, int],
        limit: int,
        wait: int,
        confirmed: Confirmed = _NOTHING_CONFIRMED,
    ) -> Page | TurnedAway | Unreachable:
        """Fetch a page."""
        from models.wire.sync import Pulled

        asked = {
            "cursor": json.dumps(dict(cursor)),
            "limit": str(limit),
            "wait": str(wait),
            "schema": str(SCHEMA),
        }
        if confirmed.epoch:
            asked["epoch"] = confirmed.epoch
        answer = await self.request("GET", "/sync/v1/pull", ticket, params=asked, patience=wait)
        if not isinstance(answer, bytes):
            return answer if isinstance(answer, (TurnedAway, Unreachable)) else Unreachable("answer")
        try:
            return page_of(Pulled.model_validate_json(answer))
        except ValueError:
            return Unreachable("answer")

    async def live(self, ticket: str, opened: Callable[[], None]) -> AsyncIterator[tuple[str, ...]]:
        """Listen to hints; ends when the stream does, whatever ended it."""
        import httpx2

        headers = {"Authorization": f"Bearer {ticket}", "Accept": "text/event-stream"}
        timeout = httpx2.Timeout(_SILENT_SECONDS, connect=_CONNECT_SECONDS)
        asked = self._http().build_request("GET", "/sync/v1/live", headers=headers, timeout=timeout)
        try:
            answer = await self._streamed(asked, ticket)
            try:
                if answer.status_code != httpx2.codes.OK:
                    return
                opened()
                async for feeds in hints(answer.aiter_lines()):
                    yield feeds
            finally:
                await answer.aclose()
        except (httpx2.HTTPError, httpx2.InvalidURL):
            return

    async def close(self) -> None:
        """Close the connections."""
        client, self._client = self._client, None
        if client is not None:
            await client.aclose()

    async def request(
        self,
        method: str,
        path: str,
        ticket: str = "",
        *,
        content: bytes | None = None,
        params: Mapping[str, str] | None = None,
        patience: float = 0.0,
    ) -> bytes | Conflict | TurnedAway | Unreachable:
        """The body of a good answer, or what kept it from coming; an enrolled workstation proves itself."""
        import httpx2

        headers = {"Authorization": f"Bearer {ticket}"} if ticket else {}
        if content is not None:
            headers["Content-Type"] = "application/json"
            if len(content) > _PACKED_FROM_BYTES:
                headers["Content-Encoding"] = "gzip"
                content = gzip.compress(content, _QUICK)
        timeout = httpx2.Timeout(_ANSWER_SECONDS + patience, connect=_CONNECT_SECONDS)
        asked = self._http().build_request(
            method, path, content=content, params=params, headers=headers, timeout=timeout
        )
        try:
            answer = await self._answer(asked, ticket)
            if answer.status_code == httpx2.codes.UNAUTHORIZED and _refusal(answer) == _NONCE_WANTED:
                answer = await self._answer(asked, ticket)
        except (httpx2.HTTPError, httpx2.InvalidURL) as cause:
            return Unreachable(cause_of(cause))
        if answer.status_code in (httpx2.codes.OK, httpx2.codes.NO_CONTENT):
            return answer.content
        refusal = _refusal(answer)
        if self._prover is None:
            return refusal
        # Its nonces do not arrive here, or it changes them with each answer: nothing that a person can mend.
        return Unreachable("answer") if refusal == _NONCE_WANTED else refusal

    async def _streamed(self, asked: "HttpRequest", ticket: str) -> "Response":
        """An answer whose body is still to come. Raises NoHints where the address is not served."""
        import httpx2

        answer = await self._answer(asked, ticket, stream=True)
        if answer.status_code == httpx2.codes.UNAUTHORIZED:
            await answer.aread()
            if _refusal(answer) == _NONCE_WANTED:
                answer = await self._answer(asked, ticket, stream=True)
        if answer.status_code in (httpx2.codes.NOT_FOUND, httpx2.codes.METHOD_NOT_ALLOWED):
            await answer.aclose()
            raise NoHints
        return answer

    async def _answer(self, asked: "HttpRequest", ticket: str, stream: bool = False) -> "Response":
        if self._prover is not None:
            request = proof.Request(asked.method, asked.url.path, ticket)
            asked.headers[proof.HEADER] = self._prover.prove(request)
        answer = await self._http().send(asked, stream=stream)
        if self._prover is not None:
            self._prover.heard(answer.headers.get(proof.NONCE_HEADER, ""))
        return answer

    def _http(self) -> "AsyncClient":
        if self._client is None:
            import httpx2

            here = self._endpoint
            self._client = httpx2.AsyncClient(
                base_url=here.url,
                # Without TLS nothing is verified, and loading the system's authorities takes long.
                verify=here.tls or ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT),
                proxy=here.proxy or None,
                trust_env=not here.on_loopback,
                transport=self._transport,
            )
        return self._client


def push_answer(told: "Pushed") -> PushAnswer:
    """An answer to a push as a value."""
    answers = tuple(Answer(one.seq, one.op, one.st, one.ver, one.why) for one in told.results)
    receipt = told.receipt.value() if told.receipt else None
    return PushAnswer(answers, told.server_epoch, receipt, told.now)


def page_of(told: "Pulled") -> Page:
    """An answer to a pull as a value."""
    items = tuple(
        FeedItem(one.f, one.s, one.t, one.id, one.ver, one.doc if one.kind == "put" else None)
        for one in told.items
    )
    sums = {feed: Sum(asked.n, int(asked.x, 16)) for feed, asked in told.sums.items()}
    return Page(items, told.cursor, told.more, told.feeds, sums, told.server_epoch, told.now, told.last)


def _refusal(answer: "Response") -> Conflict | TurnedAway | Unreachable:
    """What an answer other than 200 means; a page of a proxy on the way is no word of the server."""
    from models.wire.session import Refusal
    from models.wire.sync import PushRefused

    wait = seconds(answer.headers.get("retry-after", ""))
    if answer.status_code >= 500 or answer.status_code == 429:
        return Unreachable("busy" if wait else "answer", wait)
    try:
        if answer.status_code in (409, 426):
            refused = PushRefused.model_validate_json(answer.content)
            if refused.why == "schema":
                return TurnedAway("program_new" if refused.newest_schema < SCHEMA else "program_old")
            return Conflict(refused.why, refused.expected)
        refusal = Refusal.model_validate_json(answer.content)
    except ValueError:
        return Unreachable("answer", wait)
    return TurnedAway(refusal.why, max(wait, refusal.wait_seconds))
