"""What the bars and the sign-in page show and wish, as values."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Link(StrEnum):
    """How a connection is: there, being made or caught up, gone."""

    UP = "up"
    WORKING = "working"
    DOWN = "down"


@dataclass(frozen=True, slots=True)
class LinkView:
    """A connection, since when it is so (shown while it is gone) and how much waits to be sent over it."""

    link: Link
    since: datetime | None = None
    waiting: int = 0


class Saving(StrEnum):
    """What is known of the last keystrokes."""

    NOTHING = "nothing"
    PENDING = "pending"
    SAVED = "saved"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class SavedView:
    """The state of saving; ``at`` is the moment of the last commit on disk."""

    saving: Saving
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class SignIn:
    """The wish to sign in; the password is in no text made of it."""

    operator: str
    password: str = field(repr=False)
    seat: str
