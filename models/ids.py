"""Identifiers of records, operations and events."""

from uuid import NAMESPACE_URL, uuid4, uuid5

_CALLS = uuid5(NAMESPACE_URL, "urn:xinqiao:call")


def new_id() -> str:
    """A fresh random id, 32 hexadecimal digits."""
    return uuid4().hex


def call_id(exchange: str, linked_id: str) -> str:
    """The id of the call that an exchange knows by its own name, the same after every restart."""
    return uuid5(_CALLS, f"{exchange}/{linked_id}").hex


def event_id(call: str, *parts: str) -> str:
    """The id of something that happened once to a call, so that two witnesses write one event."""
    return uuid5(_CALLS, "/".join((call, *parts))).hex
