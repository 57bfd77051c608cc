"""What a workstation works with."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from console.access.service import Judging
from console.line import port
from console.risk.service import NO_INSTRUMENTS
from console.runtime.db_thread import DbThread
from console.runtime.problems import Problems
from console.search.reading import Reading
from models.clock import Clock
from models.followups.dates import Calendar
from models.risk.questionnaire import Instruments


@dataclass(frozen=True)
class Forms:
    """What is filled in: the note forms by id and version, and the instruments beside the quick screen.

    `note` is the form of a note without a category, `categories` those of each category. `calendar` is the
    time of the site, in which dates are counted.
    """

    note: tuple[str, int]
    instruments: Instruments = NO_INSTRUMENTS
    calendar: Calendar = field(default_factory=Calendar)
    categories: Mapping[str, tuple[str, int]] = field(default_factory=dict)


@dataclass(frozen=True)
class Surroundings:
    """The threads, the line and the hotline's data around one operator at one seat."""

    clock: Clock
    db: DbThread[Any]
    problems: Problems
    line: port.Line
    forms: Forms
    judging: Judging
    reading: Reading
