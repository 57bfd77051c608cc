"""What is known of who is behind a call, as values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from models.cases.case import Case
from models.people.person import ASSESSED, Part
from models.people.together import Together
from models.risk.assessment import Assessment


@dataclass(frozen=True, slots=True)
class Behind:
    """Who may be behind a call, and who was said to be.

    `caller` is the keyed hash of its number, "" where it is hidden. `cases` are those of the open cases of
    these persons that may be read here.
    """

    call: str
    caller: str = ""
    persons: tuple[Together, ...] = ()
    cases: tuple[Case, ...] = ()

    @property
    def parts(self) -> Mapping[str, Part]:
        """Who was said to have which part in the call, by the id of the persons that are one."""
        return {
            one.id: meeting.part
            for one in self.persons
            for _, meeting in one.met
            if meeting.call == self.call
        }

    @property
    def chosen(self) -> tuple[Together, ...]:
        """The persons that were said to have a part in the call."""
        parts = self.parts
        return tuple(one for one in self.persons if one.id in parts)

    @property
    def about(self) -> tuple[Together, ...]:
        """The persons that the call is about: whose assessment it holds."""
        parts = self.parts
        return tuple(one for one in self.chosen if parts[one.id] in ASSESSED)

    @property
    def offered(self) -> tuple[Together, ...]:
        """Those who call under the number and were not said to have a part in this call."""
        parts = self.parts
        return tuple(one for one in self.persons if one.id not in parts and self.caller in one.callers)


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier assessment of a person: what everybody may know of it, and itself where it may be read here.

    `id` is the assessment's; `level` is what stands in it, `peak` its highest, "" for none.
    """

    id: str
    call: str
    at: datetime
    level: str = ""
    peak: str = ""
    assessment: Assessment | None = None


@dataclass(frozen=True, slots=True)
class Sought:
    """Persons that were found for words."""

    words: str = ""
    found: tuple[Together, ...] = ()


@dataclass(frozen=True, slots=True)
class Merging:
    """Two that may be one: what will be together is shown before anything is merged."""

    one: Together
    other: Together


@dataclass(frozen=True, slots=True)
class Known:
    """All that the desk shows of persons: behind each call, by the call."""

    behind: Mapping[str, Behind] = field(default_factory=dict)
