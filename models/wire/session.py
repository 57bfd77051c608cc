"""Sign-in, enrolment and passwords: what console and server say to each other."""

from datetime import datetime
from typing import Annotated

from pydantic import Field

from models.people.operator import Role
from models.wire.base import Message


class SignIn(Message):
    """Who wants in, with which password, at which seat; `device` is the workstation's own id.

    `code` is the six digits of the operator's second factor, "" where there is none.
    """

    operator: Annotated[str, Field(min_length=1, max_length=64)]
    password: Annotated[str, Field(min_length=1, max_length=256)]
    seat: Annotated[str, Field(max_length=32)]
    device: Annotated[str, Field(max_length=64)] = ""
    code: Annotated[str, Field(max_length=8)] = ""


class Renew(Message):
    """A refresh token for a new duty ticket; the former token stays good until the new one was used once."""

    refresh: Annotated[str, Field(min_length=1, max_length=512)]
    device: Annotated[str, Field(max_length=64)] = ""


class SignedIn(Message):
    """The duty ticket (a signed token) until a moment, who the operator is, and the key of caller cards.

    `refresh` asks for the next ticket without the password. `offline_days`: how long the last password
    opens the workstation while the server is away. `recovery`: the hotline's public recovery key (base64,
    raw X25519), "" where it has none.
    """

    ticket: str
    until: datetime
    operator: str
    name: str
    title: str
    site: str
    roles: tuple[Role, ...]
    caller_secret: str
    practice: bool
    now: datetime
    refresh: str = ""
    offline_days: int = 7
    recovery: str = ""


class ChangePassword(Message):
    """A new password for the old one."""

    operator: Annotated[str, Field(min_length=1, max_length=64)]
    password: Annotated[str, Field(min_length=1, max_length=256)]
    new: Annotated[str, Field(min_length=8, max_length=256)]
    device: Annotated[str, Field(max_length=64)] = ""
    code: Annotated[str, Field(max_length=8)] = ""


class Enrol(Message):
    """A workstation asks to be one of the hotline's, with a one-time code.

    `name` is what people call it, `key` the Ed25519 public key (PEM) of the workstation's identity. The same
    code with the same key again gets the same answer: one that was lost on the way costs nothing.
    """

    code: Annotated[str, Field(min_length=1, max_length=64)]
    name: Annotated[str, Field(min_length=1, max_length=64)]
    key: Annotated[str, Field(max_length=512)]


class Enrolled(Message):
    """The workstation is known as `workstation` now.

    `certificate` vouches for its key, `authority` for the certificate (PEM; the chain up to the hotline's
    own authority); `courier_key` (base64, raw X25519) is whom couriers are sealed to, `receipt_key` (PEM,
    Ed25519) whose receipts are to be believed.
    """

    workstation: str
    certificate: str
    authority: str
    courier_key: str
    receipt_key: str


class Lift(Message):
    """A lead ends the wait that failures brought upon an operator's name, at every workstation."""

    operator: Annotated[str, Field(min_length=1, max_length=64)]


class WhoIsHere(Message):
    """The operators who have an envelope at a workstation."""

    operators: Annotated[
        tuple[Annotated[str, Field(min_length=1, max_length=64)], ...], Field(max_length=500)
    ]


class Gone(Message):
    """Those of them who may work no more."""

    operators: tuple[str, ...]


class Revocations(Message):
    """A signed list (JWT): claims `at`, `keys` (PEM), and `operators` and `workstations` that are revoked."""

    revocations: str


class Refusal(Message):
    """Why not: a problem code and, after failures, how many seconds to wait.

    sign_in_refused (name, password or code wrong), code_wanted (the second factor is missing), ticket,
    refresh, enrolment (this code, or this workstation, is none of the hotline's), use_dpop_nonce, drain
    (revoked), workstation_revoked, role …
    """

    why: str
    wait_seconds: int = 0
