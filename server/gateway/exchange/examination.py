"""The port's part for an administrator: what is wrong with an exchange, found by looking and by trying."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol


class Subject(StrEnum):
    """What is examined."""

    LOGIN = "login"
    RIGHTS = "rights"
    VERSION = "version"
    TIME = "time"
    PLAN = "plan"
    QUEUE = "queue"
    SEATS = "seats"
    TRUNK = "trunk"
    ROOM = "room"
    HOLD = "hold"
    RECORDING = "recording"
    FOLDERS = "folders"
    """The gateway's own side of the recordings."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to mend: `code` names the sentence `doctor.<code>`, `params` fill it in.

    What is not `grave` is worth knowing, and stops nothing.
    """

    subject: Subject
    code: str
    params: Mapping[str, str] = field(default_factory=dict)
    grave: bool = True


@dataclass(frozen=True, slots=True)
class Examined:
    """What was looked at, what is wrong with it, and values seen on the way (`doctor.noted_<name>`).

    A subject that could not be looked at, because of what is wrong with another, is not among `looked_at`.
    """

    looked_at: tuple[Subject, ...]
    findings: tuple[Finding, ...]
    noted: Mapping[str, str] = field(default_factory=dict)


class Examination(Protocol):
    """Changes nothing and rings nobody; what it tries, it tries between ends of its own."""

    async def examine(self) -> Examined:
        """Look at everything; never raises for anything that is wrong with the exchange."""
        ...


class Report:
    """An examination that is being written."""

    def __init__(self) -> None:
        self._looked_at: list[Subject] = []
        self._findings: list[Finding] = []
        self._noted: dict[str, str] = {}

    def looked_at(self, subject: Subject) -> None:
        """This was examined, whatever was found."""
        if subject not in self._looked_at:
            self._looked_at.append(subject)

    def found(self, subject: Subject, code: str, *, grave: bool = True, **params: str) -> None:
        """Something is wrong."""
        self.looked_at(subject)
        self._findings.append(Finding(subject, code, params, grave))

    def note(self, name: str, value: str) -> None:
        """Something that was seen."""
        self._noted[name] = value

    def examined(self) -> Examined:
        """What became of it."""
        return Examined(tuple(self._looked_at), tuple(self._findings), dict(self._noted))
