"""Two texts of one note: where they differ, and what holds both."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from models.notes.note import LogLine, NoteBody, Value

CATEGORY = "category"
LOG = "log"


@dataclass(frozen=True, slots=True)
class Difference:
    """One field that is not alike; None where a text has nothing there."""

    key: str
    mine: Value | None
    other: Value | None


def differences(mine: NoteBody, other: NoteBody, keys: tuple[str, ...]) -> tuple[Difference, ...]:
    """Where two texts differ: the category, the fields in the order of `keys`, then any other, the course."""
    found = []
    if mine.category != other.category:
        found.append(Difference(CATEGORY, mine.category or None, other.category or None))
    named = dict.fromkeys((*keys, *mine.values, *other.values))
    for key in named:
        one, two = _there(mine.values.get(key)), _there(other.values.get(key))
        if one != two:
            found.append(Difference(key, one, two))
    lines = [tuple(line.text for line in body.log if line.text) for body in (mine, other)]
    if lines[0] != lines[1]:
        found.append(Difference(LOG, lines[0] or None, lines[1] or None))
    return tuple(found)


def _there(value: Value | None) -> Value | None:
    return None if value in ("", ()) else value


def joined(mine: NoteBody, other: NoteBody, glue: Mapping[str, str]) -> NoteBody:
    """One text with the words of both; `glue` says what stands between them, for each field of words.

    Choices of several come together. Where only one can stand (category, a single choice, a number) it is
    the one of `mine`, if there is any; the form is that of the category. Lines of the course stand in the
    order of their times; a line that was written twice is there with both texts.
    """
    values = dict(other.values)
    for key, value in mine.values.items():
        values[key] = _both(value, values.get(key), glue.get(key))
    form = mine if mine.category or not other.category else other
    category = mine.category or other.category
    return NoteBody(category, values, _log(mine.log, other.log), form.form, form.form_version)


def _both(mine: Value, other: Value | None, glue: str | None) -> Value:
    if other is None or other in ("", ()):
        return mine
    if isinstance(mine, tuple) and isinstance(other, tuple):
        return (*mine, *(one for one in other if one not in mine))
    if isinstance(mine, str) and isinstance(other, str) and glue is not None:
        return _words(mine, other, glue)
    return other if mine in ("", ()) else mine


def _words(mine: str, other: str, glue: str) -> str:
    if other in mine:
        return mine
    return other if mine in other else f"{mine}{glue}{other}"


def _log(mine: tuple[LogLine, ...], other: tuple[LogLine, ...]) -> tuple[LogLine, ...]:
    texts = {line.id: line.text for line in other}
    both = [replace(line, text=_words(line.text, texts.get(line.id, ""), "\n")) for line in mine]
    here = {line.id for line in mine}
    both += [line for line in other if line.id not in here]
    return tuple(sorted(both, key=lambda line: line.at))
