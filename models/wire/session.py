"""Sign-in: what console and server say to each other."""

from datetime import datetime
from typing import Annotated

from pydantic import Field

from models.people.operator import Role
from models.wire.base import Message


class SignIn(Message):
    """Who wants in, with which password, at which seat; `device` is the workstation's own id."""

    operator: Annotated[str, Field(min_length=1, max_length=64)]
    password: Annotated[str, Field(min_length=1, max_length=256)]
    seat: Annotated[str, Field(max_length=32)]
    device: Annotated[str, Field(max_length=64)] = ""


class SignedIn(Message):
    """The duty ticket (a signed token) until a moment, who the operator is, and the key of caller cards."""

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


class Refusal(Message):
    """Why not: a problem code and, after failures, how many seconds to wait."""

    why: str
    wait_seconds: int = 0
