"""What the practice pages show."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ChoiceView:
    """A script that can be played: its name, what it trains, how long it takes and how many calls it has."""

    id: str
    title: str
    trains: str
    minutes: int
    calls: int


@dataclass(frozen=True)
class DoneView:
    """A practice that was done: its id, title, moment and who did it."""

    id: str
    title: str
    when: str
    who: str


@dataclass(frozen=True)
class SpokenView:
    """Something that was said or done: by whom, `heard` (a sound, a silence) or spoken."""

    who: str
    words: str
    heard: bool


@dataclass(frozen=True)
class QuestionView:
    """Something the operator can say to have asked."""

    id: str
    label: str
    asked: bool


@dataclass(frozen=True)
class VoiceView:
    """The call as it goes: who calls, how it stands, all that was said, oldest first."""

    caller: str
    standing: str
    spoken: tuple[SpokenView, ...]
    questions: tuple[QuestionView, ...]
    talks: bool
    over: bool


@dataclass(frozen=True)
class RowView:
    """One line of the sheet: how it compares (as_key, other, open, missed), with words for it."""

    tone: str
    outcome: str
    text: str
    more: str = ""
    source: str = ""


@dataclass(frozen=True)
class PartView:
    """A part of the sheet."""

    title: str
    rows: tuple[RowView, ...]


@dataclass(frozen=True)
class SheetView:
    """The sheet: what was practised, when and by whom, and its parts."""

    title: str
    about: str
    note: str
    parts: tuple[PartView, ...]
