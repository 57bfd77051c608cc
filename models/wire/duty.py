"""What leads ask about the state of others: commands of the line."""

from typing import Annotated, Literal

from pydantic import Field

from models.wire.base import Message


class Lengthen(Message):
    """Let the wrap-up of a seat last so many minutes longer: a supervisor's or lead's."""

    kind: Literal["lengthen"] = "lengthen"
    id: str
    seat: Annotated[str, Field(pattern=r"^[0-9]{1,16}$")]
    minutes: Annotated[int, Field(ge=1, le=60)]
