"""The central server as the gateway reaches it: signing in with a key, handing acts in."""

import gzip
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field

import httpx2
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_private_key

from models.clock import Clock
from models.people.proof import (
    HEADER,
    NONCE_HEADER,
    NONCE_WANTED,
    Key,
    Request,
    write_proof,
)
from models.trace.receipt import Receipt
from models.wire.session import Refusal, SignedIn
from models.wire.sync import Push, Pushed, PushedOperation, PushRefused
from models.wire.trace import Stretch
from server.gateway.problems import GatewayError
from server.gateway.storage.outbox import Answer, Batch

_PATIENCE_SECONDS = 20.0
_LONGEST_WAIT_SECONDS = 300.0
_QUICK = 1
_PACKED = {"Content-Type": "application/json", "Content-Encoding": "gzip"}
_SIGN_IN, _PUSH = "/session/v1/gateway", "/sync/v1/push"


@dataclass(frozen=True, slots=True)
class Taken:
    """What the server says of the acts of a push, and its receipt for the trace."""

    answers: tuple[Answer, ...]
    server_epoch: str
    receipt: Receipt | None = None


@dataclass(frozen=True, slots=True)
class Conflict:
    """A whole push was refused: gap, fork, mutated, or an act that cannot be read."""

    why: str


@dataclass(frozen=True, slots=True)
class Away:
    """No good answer: a code, and how many seconds the server asked to wait."""

    why: str
    wait: float = 0.0


@dataclass(frozen=True, slots=True)
class Asked:
    """One request to the server."""

    method: str
    path: str
    content: bytes = b""
    params: Mapping[str, str] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)


def read_identity(pem: bytes) -> Key:
    """The gateway's own key. Raises GatewayError."""
    try:
        secret = load_pem_private_key(pem, None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as cause:
        raise GatewayError("identity") from cause
    if not isinstance(secret, Ed25519PrivateKey):
        raise GatewayError("identity")
    return Key(secret.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw), secret.sign)


class Server:
    """One server; the duty ticket is fetched when it is needed and forgotten when it is refused."""

    def __init__(self, url: str, trust: ssl.SSLContext | None, key: Key, clock: Clock) -> None:
        verify = trust if trust is not None else True
        self._web = httpx2.AsyncClient(
            base_url=url, verify=verify, timeout=_PATIENCE_SECONDS, trust_env=False
        )
        self._key = key
        self._clock = clock
        self._nonce = ""
        self._ticket = ""

    async def push(self, app: str, batch: Batch) -> Taken | Conflict | Away:
        """Hand acts in, each applied at most once however often it is sent."""
        ops = tuple(PushedOperation.of(seq, act) for seq, act in batch.rows)
        audit = Stretch.of(batch.stretch) if batch.stretch else None
        push = Push(app=app, epoch=batch.epoch, ops=ops, audit=audit)
        content = gzip.compress(push.model_dump_json().encode(), _QUICK)
        answer = await self.ask(Asked("POST", _PUSH, content, headers=_PACKED))
        if isinstance(answer, Away) and answer.why in ("malformed", "too_large"):
            return Conflict(answer.why)
        if not isinstance(answer, bytes):
            return answer
        try:
            told = Pushed.model_validate_json(answer)
        except ValueError:
            return Away("answer")
        answers = tuple(Answer(one.seq, one.op, one.st, one.why) for one in told.results)
        receipt = told.receipt.value() if told.receipt else None
        return Taken(answers, told.server_epoch, receipt)

    async def ask(self, asked: Asked) -> bytes | Conflict | Away:
        """The body of the answer to somebody who signed in, or what kept it from coming."""
        answer = await self._signed_in(asked)
        if answer == Away("ticket"):
            # It lives for half a day; whoever was offline for longer needs another.
            self._ticket = ""
            answer = await self._signed_in(asked)
        return answer

    async def close(self) -> None:
        """Close the connections."""
        await self._web.aclose()

    async def _signed_in(self, asked: Asked) -> bytes | Conflict | Away:
        if not self._ticket:
            refused = await self._sign_in()
            if refused:
                return refused
        return await self._ask(asked, self._ticket)

    async def _sign_in(self) -> Away | None:
        answer = await self._ask(Asked("POST", _SIGN_IN), "")
        if not isinstance(answer, bytes):
            return Away(answer.why, answer.wait if isinstance(answer, Away) else 0.0)
        try:
            self._ticket = SignedIn.model_validate_json(answer).ticket
        except ValueError:
            return Away("answer")
        return None

    async def _ask(self, asked: Asked, ticket: str) -> bytes | Conflict | Away:
        try:
            answer = await self._answer(asked, ticket)
            if answer.status_code == httpx2.codes.UNAUTHORIZED and _refusal(answer) == Away(NONCE_WANTED):
                answer = await self._answer(asked, ticket)
        except (httpx2.HTTPError, httpx2.InvalidURL) as cause:
            return Away(type(cause).__name__)
        return answer.content if answer.status_code == httpx2.codes.OK else _refusal(answer)

    async def _answer(self, asked: Asked, ticket: str) -> httpx2.Response:
        request = Request(asked.method, asked.path, ticket)
        headers = {HEADER: write_proof(self._key, request, self._nonce, self._clock.now()), **asked.headers}
        if ticket:
            headers["Authorization"] = f"DPoP {ticket}"
        answer = await self._web.request(
            asked.method, asked.path, content=asked.content, params=asked.params, headers=headers
        )
        self._nonce = answer.headers.get(NONCE_HEADER, "") or self._nonce
        return answer


def _refusal(answer: httpx2.Response) -> Conflict | Away:
    wait = _seconds(answer.headers.get("retry-after", ""))
    if answer.status_code >= httpx2.codes.INTERNAL_SERVER_ERROR or answer.status_code == 429:
        return Away("busy", wait)
    try:
        if answer.status_code in (409, 426):
            refused = PushRefused.model_validate_json(answer.content)
            lasting = refused.why in ("schema", "practice")
            return Away(refused.why) if lasting else Conflict(refused.why)
        refusal = Refusal.model_validate_json(answer.content)
    except ValueError:
        return Away("answer", wait)
    return Away(refusal.why, max(wait, refusal.wait_seconds))


def _seconds(header: str) -> float:
    """What the server asked for, at most five minutes: a header stops no gateway for longer."""
    return min(float(header), _LONGEST_WAIT_SECONDS) if header.isascii() and header.isdigit() else 0.0
