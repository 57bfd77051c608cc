"""What the sheet shows that asks somebody into a conversation, as values that are named and decided."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class WhomView:
    """Somebody who can be asked: ``about`` is the seat or what is dialled, as it may be shown.

    ``note`` is what else is known; somebody who is not ``free`` can be seen but not asked.
    """

    id: str
    name: str
    about: str
    note: str = ""
    free: bool = True
    colleague: bool = False


@dataclass(frozen=True, slots=True)
class AskingView:
    """One act of asking; ``id`` is its own, made when the sheet was asked for."""

    id: str
    call: str
    whom: tuple[WhomView, ...]


@dataclass(frozen=True, slots=True)
class BriefView:
    """What a colleague tells who hands a call on: the name, the level, the red mark, three lines, when.

    ``note`` is their record of the call, "" where there is none.
    """

    who: str
    level: str
    red: bool
    lines: tuple[str, ...]
    at: datetime
    note: str = ""
