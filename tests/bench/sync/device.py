"""An enrolled workstation as the server meets it: ticket, proof of its key, one lasting connection."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import orjson
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from models.ids import new_id
from models.people.operator import Operator, Role
from models.people.proof import Key, Request, thumbprint, write_proof
from models.sync.record import checksum
from server.central.tickets import LIFETIME, Ticket, sign_ticket

_PUSH, _PULL = "/sync/v1/push", "/sync/v1/pull"
_PATIENCE_SECONDS = 120


class Refused(Exception):
    """The server did not answer as it should."""


@dataclass
class Credentials:
    """An operator's ticket, bound to the key of a workstation; `nonce` is the last that the server gave."""

    operator: str
    ticket: str
    key: Key
    nonce: str = ""

    def headers(self, method: str, path: str) -> dict[str, str]:
        """What a request carries to be believed."""
        proof = write_proof(self.key, Request(method, path, self.ticket), self.nonce, datetime.now(UTC))
        return {"Authorization": f"DPoP {self.ticket}", "DPoP": proof, "Content-Type": "application/json"}


@dataclass
class Device:
    """One workstation of one operator; a page is checked as a console checks it: numbers and sums."""

    address: str
    who: Credentials
    epoch: str = field(default_factory=new_id)
    cursor: dict[str, int] = field(default_factory=dict)
    sums: dict[str, tuple[int, int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._web = HTTPConnection(urlsplit(self.address).netloc, timeout=_PATIENCE_SECONDS)
        self._ask("GET", "/health")

    def push(self, body: bytes) -> bytes:
        """Hand in one push; the answer as JSON."""
        return self._ask("POST", _PUSH, body)

    def pull_all(self) -> int:
        """Pull until there is no more; how many items came."""
        count, more = 0, True
        while more:
            cursor = orjson.dumps(self.cursor).decode()
            page = orjson.loads(self._ask("GET", _PULL, query=f"?{urlencode({'cursor': cursor})}"))
            count += self._take(page["items"])
            self.cursor, more = page["cursor"], page["more"]
        for feed, told in page["sums"].items():
            held = self.sums.get(feed, (0, 0))
            if (told["n"], told["x"]) != (held[0], f"{held[1]:016x}"):
                raise Refused(f"{feed}: {told} told, {held} held")
        return count

    def close(self) -> None:
        """Hang up."""
        self._web.close()

    def _take(self, items: list[dict[str, object]]) -> int:
        for item in items:
            n, x = self.sums.get(str(item["f"]), (0, 0))
            self.sums[str(item["f"])] = (
                n + 1,
                x ^ checksum(str(item["t"]), str(item["id"]), int(str(item["ver"]))),
            )
        return len(items)

    def _ask(self, method: str, path: str, body: bytes | None = None, query: str = "") -> bytes:
        headers = self.who.headers(method, path)
        self._web.request(method, path + query, body, headers)
        answer = self._web.getresponse()
        content = answer.read()
        self.who.nonce = answer.headers["DPoP-Nonce"]
        if answer.status >= 300:
            raise Refused(f"{answer.status} {content[:300]!r}")
        return content


def credentials(folder: Path, operator: str, site: str) -> Credentials:
    """Those of an operator who has just signed in: the ticket is signed with the server's own key."""
    secret = Ed25519PrivateKey.generate()
    key = Key(secret.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw), secret.sign)
    now = datetime.now(UTC)
    who = Operator(operator, operator, "", site, (Role.OPERATOR,))
    ticket = Ticket(who, "1001", now, now + LIFETIME, False, new_id(), thumbprint(key.public))
    return Credentials(operator, sign_ticket(ticket, (folder / "tickets.key").read_bytes()), key)


def enrolled(folder: Path, address: str, operator: str, site: str) -> Device:
    """A device of such an operator."""
    return Device(address, credentials(folder, operator, site))
