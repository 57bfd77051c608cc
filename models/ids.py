"""Identifiers of records, operations and events."""

import secrets
from uuid import NAMESPACE_URL, uuid5

from models.clock import SystemClock

_CLOCK = SystemClock()
_LENGTH = 32
_VERSION = 12
_RANDOM_BITS = 74
_LOW_BITS = 62
_VARIANT = 1 << 63
_CALLS = uuid5(NAMESPACE_URL, "urn:xinqiao:call")


def new_id() -> str:
    """A fresh id, 32 hexadecimal digits: a UUID of version 7, random behind the moment it was made.

    The moment decides nothing. It lets ids of one time lie side by side in every index, so that writing stays
    as quick with a million records as with ten.
    """
    moment = int(_CLOCK.now().timestamp() * 1000) & 0xFFFFFFFFFFFF
    drawn = secrets.randbits(_RANDOM_BITS)
    return f"{moment:012x}7{drawn >> _LOW_BITS:03x}{_VARIANT | drawn & ((1 << _LOW_BITS) - 1):016x}"


def is_drawn(name: str) -> bool:
    """True for an id that was made by chance, so that nobody else makes the same one."""
    return len(name) == _LENGTH and name[_VERSION] == "7"


def call_id(exchange: str, linked_id: str) -> str:
    """The id of the call that an exchange knows by its own name, the same after every restart."""
    return uuid5(_CALLS, f"{exchange}/{linked_id}").hex


def event_id(call: str, *parts: str) -> str:
    """The id of something that happened once to a call, so that two witnesses write one event."""
    return uuid5(_CALLS, "/".join((call, *parts))).hex
