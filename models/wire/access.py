"""Asking for the full text of one record."""

from datetime import datetime
from typing import Annotated

from pydantic import Field

from models.wire.base import Message


class GrantAsked(Message):
    """Somebody wants the full text of a record for so many hours, and says why.

    `type` and `id` name a note, or an assessment or a referral that belongs to one; `to` is the account that
    is to read it, "" for who asks.
    """

    type: Annotated[str, Field(min_length=1, max_length=32)]
    id: Annotated[str, Field(min_length=1, max_length=64)]
    reason: Annotated[str, Field(max_length=500)]
    hours: Annotated[int, Field(ge=1, le=24 * 366)]
    to: Annotated[str, Field(max_length=64)] = ""


class Granted(Message):
    """The grant that was made; the record comes with the next pull and leaves after `until`."""

    id: str
    to: str
    note: str
    until: datetime
    now: datetime


class Reader(Message):
    """Somebody to whom an own record can be given."""

    id: str
    name: str


class Given(Message):
    """A grant that runs: who may read the note, by whom, for what reason, until when."""

    id: str
    to: str
    by: str
    reason: str
    until: datetime


class Sharing(Message):
    """The leads of the site, and who may read a note by a grant now, as far as the asker may know it."""

    readers: tuple[Reader, ...]
    given: tuple[Given, ...]
