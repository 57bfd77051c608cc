"""Who works at this workstation, as far as the services need to know."""

from dataclasses import dataclass

from models.people.operator import Operator


@dataclass(frozen=True, slots=True)
class Identity:
    """The signed-in operator at a seat; `ticket` is empty while the server has not been reached.

    `device` is the workstation's own id, "" where it is not enrolled.
    """

    operator: Operator
    seat: str
    ticket: str
    caller_secret: bytes
    practice: bool
    device: str = ""
