"""What the list of open tasks shows, as values that are already named and masked."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class RescueTask:
    """A rescue under way since a moment: to whom, how far, who began it.

    ``wish`` is somebody's reason to end it without safety, "" for none; ``may_second``: a second person's
    word is wanted, and may be said here.
    """

    id: str
    note: str
    target: str
    state: str
    who: str
    since: datetime
    wish: str = ""
    may_second: bool = False


@dataclass(frozen=True, slots=True)
class UnclosedTask:
    """A record of R3 or R4 that is not closed: whom to call back, and what is missing for each way.

    ``reason`` is what its operator wrote; ``may_sign``: a lead's signature is wanted, and may be given here.
    """

    note: str
    call: str
    number: str
    level: str
    who: str
    at: datetime
    missing: tuple[str, ...]
    draft: bool = False
    reason: str = ""
    may_sign: bool = False


@dataclass(frozen=True, slots=True)
class PlainTask:
    """A call that is due, or a record that is not finished; ``note`` can be opened, "" for none."""

    id: str
    at: datetime
    text: str
    tag: str
    tone: str = "care"
    note: str = ""


@dataclass(frozen=True, slots=True)
class TaskView:
    """All that is shown, each kind in its order."""

    rescues: tuple[RescueTask, ...] = ()
    unclosed: tuple[UnclosedTask, ...] = ()
    due: tuple[PlainTask, ...] = ()
    unfinished: tuple[PlainTask, ...] = ()
