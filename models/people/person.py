"""Somebody who calls, or about whom others call: known by an alias, perhaps under several numbers."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol, TypeVar


class Part(StrEnum):
    """What somebody was in a call: who calls and who is at risk are two roles (a call for somebody else)."""

    SELF = "self"
    """Called about themselves."""
    CALLER = "caller"
    """Called for somebody else."""
    SUBJECT = "subject"
    """Somebody else called about them."""


ASSESSED = frozenset({Part.SELF, Part.SUBJECT})
"""In these parts the assessment of a call is about them."""


@dataclass(frozen=True, slots=True)
class Naming:
    """How somebody is called here, and the word by which they can be known again ("" for none)."""

    op: str
    at: datetime
    by: str
    alias: str
    code_word: str = ""


@dataclass(frozen=True, slots=True)
class Tie:
    """They call under this number (its keyed hash); a number may be tied to several persons."""

    op: str
    at: datetime
    by: str
    caller: str


@dataclass(frozen=True, slots=True)
class Meeting:
    """They had this part in a call, which came at `call_at`."""

    op: str
    at: datetime
    by: str
    call: str
    part: Part
    call_at: datetime


@dataclass(frozen=True, slots=True)
class Told:
    """What everybody on duty may know of such a call: how long it was, and its assessment.

    `level` is what stands in the assessment, `peak` the highest that stood in the call, each "" for none;
    `seen` are the earlier assessments that its author had before the eyes.
    """

    op: str
    at: datetime
    by: str
    call: str
    assessment: str
    seconds: int = 0
    level: str = ""
    peak: str = ""
    seen: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Joining:
    """They are the same person as `into`; both keep what is theirs."""

    op: str
    at: datetime
    by: str
    into: str


@dataclass(frozen=True, slots=True)
class Undoing:
    """An earlier entry does not hold any more; it stays readable."""

    op: str
    at: datetime
    by: str
    what: str


class _Entry(Protocol):
    @property
    def op(self) -> str: ...


Entry = TypeVar("Entry", bound=_Entry)


@dataclass(frozen=True, slots=True)
class Person:
    """One person as they were first noted; every list only grows, in the order of time.

    There is no clinical word in it, for whoever answers the telephone has it.
    """

    id: str
    site: str
    author: str
    made_at: datetime
    names: tuple[Naming, ...] = ()
    ties: tuple[Tie, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    told: tuple[Told, ...] = ()
    joined: tuple[Joining, ...] = ()
    undone: tuple[Undoing, ...] = ()

    @property
    def alias(self) -> str:
        """The alias given last, "" for none."""
        return self.names[-1].alias if self.names else ""

    @property
    def code_word(self) -> str:
        """The code word agreed last, "" for none."""
        return self.names[-1].code_word if self.names else ""

    @property
    def callers(self) -> tuple[str, ...]:
        """The numbers they call under, each once."""
        return tuple(dict.fromkeys(one.caller for one in self.standing(self.ties)))

    @property
    def met(self) -> tuple[Meeting, ...]:
        """The calls in which they had a part, the latest call first; of one call what was said last."""
        last = {one.call: one for one in self.standing(self.meetings)}
        return tuple(sorted(last.values(), key=lambda one: (one.call_at, one.call), reverse=True))

    @property
    def same_as(self) -> tuple[str, ...]:
        """The persons that this one was said to be."""
        return tuple(dict.fromkeys(one.into for one in self.standing(self.joined)))

    def standing(self, entries: Iterable[Entry]) -> tuple[Entry, ...]:
        """Those of the entries that nobody took back."""
        undone = {one.what for one in self.undone}
        return tuple(one for one in entries if one.op not in undone)
