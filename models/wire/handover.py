"""What a colleague is told who gets a conversation, and who there is to ask."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field

from models.calls.brief import LINES, LONGEST_LINE
from models.shifts.colleague import Colleague
from models.wire.base import Message

Line = Annotated[str, Field(max_length=LONGEST_LINE)]


class TellColleague(Message):
    """What the colleagues of this call are told of it; a later one takes the place of an earlier one.

    It is sent before the order that rings a colleague. The gateway keeps it as long as the call lasts.
    """

    kind: Literal["tell_colleague"] = "tell_colleague"
    id: str
    call: str
    note: Annotated[str, Field(max_length=64)]
    level: Annotated[str, Field(pattern=r"^(R[0-4])?$")]
    red: bool
    lines: Annotated[tuple[Line, ...], Field(max_length=LINES)]
    at: datetime


class AskColleagues(Message):
    """Tell who is there and free, now and whenever it changes (`on`), or tell no more."""

    kind: Literal["ask_colleagues"] = "ask_colleagues"
    id: str
    on: bool


class Colleagues(Message):
    """Everybody else at this hotline whose console is there, by their seat."""

    kind: Literal["colleagues"] = "colleagues"
    there: tuple[Colleague, ...]
