"""The rights matrix: role × entity × part × action × time window, as the hotline's data states it."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from functools import cached_property

from models.people.operator import Role


class Entity(StrEnum):
    """What a right is about. `CALLER` is the card of a number, `ACT` an act the server holds.

    `ALARM` is what was found wrong with the trace or with what a workstation holds. `ALERT` is that a caller
    is in danger or an operator needs help, `SIGHT` that somebody has seen it. `CALLBACK` is a call
    that is owed. `PHRASE` is what an operator keeps to write with. `PERSON` is who calls under one or more
    numbers, without a clinical word; `CASE` is the story of a person over many calls. `FOLLOWUP` is a
    series of calls that was agreed on, `CONTACT` the wish not to be called, `CALLER_PLAN` how a caller is
    answered, `MARK` that a number is misused. `STAFF` is the card of somebody who works here.
    """

    CALL = "call"
    NOTE = "note"
    RISK = "risk"
    SAFETY_PLAN = "safety_plan"
    REFERRAL = "referral"
    CALLER = "caller"
    GRANT = "grant"
    ACT = "act"
    LEGAL_HOLD = "legal_hold"
    ERASURE = "erasure"
    ALARM = "alarm"
    RECORDING = "recording"
    ALERT = "alert"
    SIGHT = "sight"
    CALLBACK = "callback"
    PERSON = "person"
    CASE = "case"
    PHRASE = "phrase"
    FOLLOWUP = "followup"
    CONTACT = "contact"
    CALLER_PLAN = "caller_plan"
    MARK = "mark"
    STAFF = "staff"


CLINICAL = frozenset(
    {
        Entity.CALL,
        Entity.NOTE,
        Entity.RISK,
        Entity.SAFETY_PLAN,
        Entity.REFERRAL,
        Entity.CALLER,
        Entity.RECORDING,
        Entity.ALERT,
        Entity.SIGHT,
        Entity.CALLBACK,
        Entity.PERSON,
        Entity.CASE,
        Entity.FOLLOWUP,
        Entity.CONTACT,
        Entity.CALLER_PLAN,
        Entity.MARK,
    }
)
"""What tells of callers."""


class Part(StrEnum):
    """A group of fields: times and codes, free text and answers, the caller's number."""

    CODED = "coded"
    WORDS = "words"
    NUMBER = "number"


class Action(StrEnum):
    """What somebody does. `ASK` and `GIVE`: the full text of a record for a time, for oneself or another.

    `HAND`: the same for a colleague to whom the conversation was handed, who has a note of it too.
    `LOWER`: wish for a lower level of risk, which a second person confirms. `ADD`: put words beside a note
    that was handed in, `SIGN`: stand in for what it says.
    """

    READ = "read"
    WRITE = "write"
    FINISH = "finish"
    ADVANCE = "advance"
    UNMASK = "unmask"
    ASK = "ask"
    GIVE = "give"
    HAND = "hand"
    RESOLVE = "resolve"
    SET = "set"
    LIFT = "lift"
    REQUEST = "request"
    CONFIRM = "confirm"
    PLAY = "play"
    LOWER = "lower"
    ADD = "add"
    SIGN = "sign"


class Standing(StrEnum):
    """How somebody stands to a record: its author, of its site, alarmed by R3 or R4, granted it, anybody."""

    OWN = "own"
    SITE = "site"
    ALERT = "alert"
    GRANT = "grant"
    ANY = "any"


@dataclass(frozen=True, slots=True)
class Cell:
    """One right. `window` is the age of the record up to which it holds (None: always).

    The age counts from the moment the server first took the record. `reason`: only with one that is kept.
    `longest` is how long what is granted may last (None: nothing is granted).
    """

    role: Role
    entity: Entity
    part: Part
    action: Action
    of: Standing
    window: timedelta | None = None
    reason: bool = False
    longest: timedelta | None = None


@dataclass(frozen=True)
class Matrix:
    """All rights; what no cell gives nobody has.

    `retention_years`: how long a record cannot be erased. `unmasked`: how long a whole number stays in sight.
    """

    cells: tuple[Cell, ...]
    retention_years: int
    unmasked: timedelta

    def of(self, entity: Entity, part: Part, action: Action) -> tuple[Cell, ...]:
        """The cells about one kind of act, whoever's."""
        return self._by_kind.get((entity, part, action), ())

    @cached_property
    def _by_kind(self) -> dict[tuple[Entity, Part, Action], tuple[Cell, ...]]:
        # Asked for every operation of every push.
        kinds: dict[tuple[Entity, Part, Action], tuple[Cell, ...]] = {}
        for cell in self.cells:
            kind = (cell.entity, cell.part, cell.action)
            kinds[kind] = (*kinds.get(kind, ()), cell)
        return kinds
