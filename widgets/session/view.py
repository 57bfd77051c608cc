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
    """The wish to sign in; no password and no code is in any text made of it.

    `code` is that of the second factor, `former` the password before the last change; "" where not asked for.
    """

    operator: str
    password: str = field(repr=False)
    seat: str
    code: str = field(default="", repr=False)
    former: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class PasswordChange:
    """The wish for another password; none is in any text made of it."""

    old: str = field(repr=False)
    new: str = field(repr=False)
    code: str = field(default="", repr=False)
