"""Sign-in, tickets, passwords, enrolment and couriers, as the server answers them; never an exception."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, TypeVar

from console.sync.api import Conflict, ServerApi, TurnedAway, Unreachable
from models.people.operator import Operator

if TYPE_CHECKING:
    from models.wire.base import Message
    from models.wire.courier import Carried, Sealed
    from models.wire.session import Enrol, Enrolled

M = TypeVar("M", bound="Message")


@dataclass(frozen=True, slots=True)
class Wish:
    """Who wants in; `device` is the workstation's own id, `code` that of the second factor ("" for none)."""

    operator: str
    password: str = field(repr=False)
    seat: str
    device: str = ""
    code: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Session:
    """Signed in: the duty ticket until a moment, who the operator is, the key of caller cards (base64).

    `refresh` asks for the next ticket ("" where the server gives none); `offline_days`: how long the last
    password opens this workstation without the server; `recovery`: the public recovery key (base64).
    """

    ticket: str
    until: datetime
    operator: Operator
    caller_secret: str
    practice: bool
    now: datetime
    refresh: str = field(default="", repr=False)
    offline_days: int = 7
    recovery: str = ""


class Accounts:
    """What the server knows of operators and workstations."""

    def __init__(self, server: ServerApi) -> None:
        self._server = server

    async def sign_in(self, wish: Wish) -> Session | TurnedAway | Unreachable:
        """Ask for a duty ticket with a password."""
        return await self._session("/session/v1/sign-in", asdict(wish))

    async def renew(self, refresh: str, device: str) -> Session | TurnedAway | Unreachable:
        """Ask for the next duty ticket with a refresh token; where the server gave none, nobody is asked."""
        if not refresh:
            return TurnedAway("credentials")
        return await self._session("/session/v1/renew", {"refresh": refresh, "device": device})

    async def change_password(self, wish: Wish, new: str) -> TurnedAway | Unreachable | None:
        """Have the server take another password; None: it is done."""
        from models.wire.session import ChangePassword

        try:
            asked = ChangePassword(
                operator=wish.operator,
                password=wish.password,
                new=new,
                device=wish.device,
                code=wish.code,
            )
        except ValueError:
            return TurnedAway("malformed")
        content = asked.model_dump_json().encode()
        answer = await self._server.request("POST", "/session/v1/password", content=content)
        if isinstance(answer, (TurnedAway, Unreachable)):
            return answer
        # A page of a proxy on the way is no word of the server.
        return None if answer == b"" else Unreachable("answer")

    async def enrol(self, asked: "Enrol") -> "Enrolled | TurnedAway | Unreachable":
        """Make this workstation one of the hotline's."""
        from models.wire.session import Enrolled

        return await self._post("/session/v1/enrol", asked, Enrolled)

    async def gone(self, ticket: str, operators: tuple[str, ...]) -> frozenset[str]:
        """Those of these operators who may work no more; none where the server cannot be asked."""
        from models.wire.session import Gone, WhoIsHere

        content = WhoIsHere(operators=operators).model_dump_json().encode()
        answer = await self._server.request("POST", "/session/v1/gone", ticket, content=content)
        try:
            return frozenset(Gone.model_validate_json(answer).operators if isinstance(answer, bytes) else ())
        except ValueError:
            return frozenset()

    async def carry(self, courier: "Sealed") -> "Carried | TurnedAway | Unreachable":
        """Hand in what an operator has not sent, for the server alone to read."""
        from models.wire.courier import Carried

        return await self._post("/courier/v1/push", courier, Carried)

    async def _session(self, path: str, asked: Mapping[str, str]) -> Session | TurnedAway | Unreachable:
        """The server judges what is asked; the messages are read, and pydantic imported, once it answered."""
        answer = await self._server.request("POST", path, content=json.dumps(asked).encode())
        if not isinstance(answer, bytes):
            return TurnedAway(answer.why) if isinstance(answer, Conflict) else answer
        from models.wire.session import SignedIn

        told = _read(answer, SignedIn)
        if not isinstance(told, SignedIn):
            return told
        return Session(
            told.ticket,
            told.until,
            Operator(told.operator, told.name, told.title, told.site, told.roles),
            told.caller_secret,
            told.practice,
            told.now,
            told.refresh,
            told.offline_days,
            told.recovery,
        )

    async def _post(self, path: str, asked: "Message", kind: type[M]) -> M | TurnedAway | Unreachable:
        answer = await self._server.request("POST", path, content=asked.model_dump_json().encode())
        if isinstance(answer, (TurnedAway, Unreachable)):
            return answer
        if not isinstance(answer, bytes):
            return TurnedAway(answer.why)
        return _read(answer, kind)


def _read(answer: bytes, kind: type[M]) -> M | Unreachable:
    try:
        return kind.model_validate_json(answer)
    except ValueError:
        return Unreachable("answer")
