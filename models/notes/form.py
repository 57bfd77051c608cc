"""A note form as data: sections, fields, and the categories of call that it serves."""

from dataclasses import dataclass
from enum import StrEnum


class FieldType(StrEnum):
    """How a field is filled in.

    `YES_NO` is answered with one of the states in which a question can be; `LADDER` shows the marks for a
    caller who says nothing; `LOG` holds the timed lines of the course.
    """

    TEXT = "text"
    LONG_TEXT = "long_text"
    CHOICE = "choice"
    MULTI_CHOICE = "multi_choice"
    YES_NO = "yes_no"
    NUMBER = "number"
    DATE = "date"
    PLACE = "place"
    LADDER = "ladder"
    LOG = "log"


class Mark(StrEnum):
    """How sure an entry is: seen in a source, standard practice to be confirmed, our own decision."""

    SEEN = "S"
    PRACTICE = "P"
    DECISION = "D"


@dataclass(frozen=True, slots=True)
class Choice:
    """One entry of an enumeration, with its labels, where it comes from and how sure that is."""

    code: str
    zh: str
    en: str
    source: str = ""
    mark: str = ""

    def label(self, language: str) -> str:
        """The label in a language."""
        return self.en if language == "en" else self.zh


@dataclass(frozen=True, slots=True)
class Condition:
    """True while the field of this key (or the `category`) has one of these values."""

    key: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Field:
    """One field. `choices` names an enumeration, `most` is the limit of characters or of chosen entries.

    It is there while all of `shown_if` hold. It is `required` where its section is mandatory, for the
    categories of `required_for`, and while all of `required_if` hold (none: never by this).
    `ask`: the answer may also be that it was refused or stayed unclear. `personal`: what is typed here may
    tell who the caller is. `figures`: its codes stay readable at the server, to be counted; what ships is
    counted anyway. `mark` says how sure `source` is.
    """

    key: str
    type: FieldType
    zh: str
    en: str
    choices: str = ""
    most: int = 0
    required: bool = False
    personal: bool = False
    source: str = ""
    mark: str = ""
    ask: bool = False
    shown_if: tuple[Condition, ...] = ()
    required_if: tuple[Condition, ...] = ()
    required_for: tuple[str, ...] = ()
    help_zh: str = ""
    help_en: str = ""
    figures: bool = False

    def label(self, language: str) -> str:
        """The label in a language."""
        return self.en if language == "en" else self.zh

    def help(self, language: str) -> str:
        """What helps to fill it in, "" for nothing."""
        return self.help_en if language == "en" else self.help_zh


@dataclass(frozen=True, slots=True)
class Section:
    """Fields that belong together; categories make whole `group`s mandatory."""

    group: str
    zh: str
    en: str
    fields: tuple[Field, ...]

    def label(self, language: str) -> str:
        """The label in a language."""
        return self.en if language == "en" else self.zh


@dataclass(frozen=True, slots=True)
class Served:
    """What one category of call asks for beyond call and type: groups of its form, and the quick screen."""

    category: str
    groups: tuple[str, ...] = ()
    screen: bool = False


@dataclass(frozen=True, slots=True)
class Form:
    """A form with its version; a record keeps both for ever."""

    id: str
    version: int
    sections: tuple[Section, ...]
    serves: tuple[Served, ...] = ()
    zh: str = ""
    en: str = ""
    source: str = ""
    mark: str = ""

    @property
    def fields(self) -> tuple[Field, ...]:
        """All fields, in reading order."""
        return tuple(field for section in self.sections for field in section.fields)

    @property
    def stamp(self) -> tuple[str, int]:
        """What a record keeps of it: id and version."""
        return self.id, self.version

    def served(self, category: str) -> Served:
        """What a category asks for; nothing where the form does not serve it."""
        return next((one for one in self.serves if one.category == category), Served(category))

    def label(self, language: str) -> str:
        """What the form is called in a language."""
        return self.en if language == "en" else self.zh
