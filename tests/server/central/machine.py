"""A workstation with a key of its own, as another program would write it: it enrols, proves and asks."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

import httpx2
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from models.people.operator import Operator, Role
from models.people.proof import NONCE_WANTED, Key, Request, write_proof
from models.wire.session import Enrolled, SignedIn
from server.central.people.enrolment import make_code
from server.central.signing_in import add_operator
from tests.server.central.hotline import Hotline

PASSWORD = "correct horse"
# A workstation's clock is of no importance.
_WRONG_CLOCK = datetime(1999, 12, 31, tzinfo=UTC)


@dataclass
class Machine:
    """One workstation that speaks to one server; `nonce` is the last that the server gave."""

    web: httpx2.AsyncClient
    secret: Ed25519PrivateKey = field(default_factory=Ed25519PrivateKey.generate)
    nonce: str = ""
    id: str = ""

    @property
    def key(self) -> Key:
        raw = self.secret.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
        return Key(raw, self.secret.sign)

    @property
    def pem(self) -> str:
        public = self.secret.public_key()
        return public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()

    def at(self, web: httpx2.AsyncClient) -> "Machine":
        """The same workstation, speaking to another process."""
        return replace(self, web=web)

    def proof(self, method: str, path: str, ticket: str = "", nonce: str | None = None) -> str:
        return write_proof(
            self.key,
            Request(method, path, ticket),
            self.nonce if nonce is None else nonce,
            _WRONG_CLOCK,
        )

    async def ask(self, method: str, path: str, ticket: str = "", **more: Any) -> httpx2.Response:
        """One request with its proof; once more where the server wants another nonce."""
        answer = await self._once(method, path, ticket, **more)
        wanted = answer.status_code == 401 and answer.json()["why"] == NONCE_WANTED
        return await self._once(method, path, ticket, **more) if wanted else answer

    async def enrol(self, code: str, name: str = "一号机") -> httpx2.Response:
        body = {"code": code, "name": name, "key": self.pem}
        answer = await self.web.post("/session/v1/enrol", json=body)
        if answer.status_code == 200:
            self.id = Enrolled.model_validate_json(answer.content).workstation
        return answer

    async def sign_in(self, operator: str = "li", password: str = PASSWORD, **more: str) -> httpx2.Response:
        asked = {"operator": operator, "password": password, "seat": "8001", **more}
        return await self.ask("POST", "/session/v1/sign-in", json=asked)

    async def signed_in(self, operator: str = "li", **more: str) -> SignedIn:
        answer = await self.sign_in(operator, **more)
        assert answer.status_code == 200, answer.text
        return SignedIn.model_validate_json(answer.content)

    async def renew(self, refresh: str) -> httpx2.Response:
        return await self.ask("POST", "/session/v1/renew", json={"refresh": refresh})

    async def _once(self, method: str, path: str, ticket: str, **more: Any) -> httpx2.Response:
        headers = {"DPoP": self.proof(method, path, ticket)}
        if ticket:
            headers["Authorization"] = f"DPoP {ticket}"
        answer = await self.web.request(method, path, headers=headers, **more)
        self.nonce = answer.headers["DPoP-Nonce"]
        return answer


async def enrolled(hotline: Hotline, web: httpx2.AsyncClient) -> Machine:
    """A workstation of the hotline."""
    machine = Machine(web)
    answer = await machine.enrol(make_code(hotline.engine, hotline.clock, "一号机"))
    assert answer.status_code == 200, answer.text
    return machine


def staffed(hotline: Hotline, **people: Role) -> Hotline:
    """The hotline with accounts: name and role."""
    for name, role in people.items():
        assert add_operator(hotline.engine, Operator(name, "李", "T1", hotline.site, (role,)), PASSWORD)
    return hotline
