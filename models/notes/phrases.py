"""Phrases and templates that an operator keeps for himself: some letters stand for a text."""

from dataclasses import dataclass, replace

from models.operation import Operation, Outcome, Reduced

ENTITY = "phrase"
PUT, DROP = "phrase.put", "phrase.drop"
MOST = 300
LONGEST = 4000
"""Characters of one text; what is longer is no phrase but a note."""
LONGEST_LETTERS = 16


@dataclass(frozen=True, slots=True)
class Phrase:
    """One text and the letters that call it."""

    id: str
    letters: str
    text: str


@dataclass(frozen=True, slots=True)
class Phrases:
    """All phrases of an operator, in the order in which they were made; `id` is the operator's.

    They hold no word of a caller: they are for what is written again and again.
    """

    id: str
    author: str
    kept: tuple[Phrase, ...] = ()


def reduce(known: Phrases | None, operation: Operation, _version: int) -> Reduced[Phrases]:
    """The phrases after one act of their owner; of two acts on one phrase that counts which came last."""
    if operation.type not in (PUT, DROP):
        return Reduced(known, Outcome.REJECTED, "unknown_type")
    if operation.id != operation.actor:
        return Reduced(known, Outcome.REJECTED, "actor")
    phrases = known or Phrases(operation.id, operation.actor)
    name = str(operation.body["phrase"])
    others = tuple(one for one in phrases.kept if one.id != name)
    if operation.type == DROP:
        if len(others) == len(phrases.kept):
            return Reduced(known, Outcome.SUPERSEDED, "gone")
        return Reduced(replace(phrases, kept=others), Outcome.APPLIED)
    phrase = Phrase(name, str(operation.body["letters"]).strip(), str(operation.body["text"]))
    fault = fault_of(phrases, phrase)
    if fault:
        return Reduced(known, Outcome.REJECTED, fault)
    place = next((at for at, one in enumerate(phrases.kept) if one.id == name), len(others))
    kept = (*others[:place], phrase, *others[place:])
    return Reduced(replace(phrases, kept=kept), Outcome.APPLIED)


def fault_of(phrases: Phrases, phrase: Phrase) -> str:
    """Why this cannot be kept: `empty`, `long`, `many`; "" where it can."""
    if not phrase.letters or not phrase.text.strip():
        return "empty"
    if len(phrase.letters) > LONGEST_LETTERS or len(phrase.text) > LONGEST:
        return "long"
    known = any(one.id == phrase.id for one in phrases.kept)
    return "" if known or len(phrases.kept) < MOST else "many"


def found(phrases: Phrases, typed: str) -> tuple[Phrase, ...]:
    """The phrases that some letters may mean: exactly, by their beginning, then by words in the text."""
    wanted = typed.strip().casefold()
    ranked = [(rank, one) for one in phrases.kept if (rank := _rank(one, wanted)) is not None]
    return tuple(one for _, one in sorted(ranked, key=lambda pair: pair[0]))


def _rank(phrase: Phrase, wanted: str) -> int | None:
    letters = phrase.letters.casefold()
    if letters == wanted:
        return 0
    if letters.startswith(wanted):
        return 1
    return 2 if wanted in phrase.text.casefold() else None
