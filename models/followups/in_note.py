"""What the note and the sheet for follow-ups both ask, by the keys of the note's fields: asked once."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from models.calls.call import Call
from models.calls.own_number import own_number
from models.followups.callback import SOURCED, Result
from models.followups.followup import Arrangement, Consent
from models.people.number import normalise

CONSENT, RESULT, SOURCE = "contact_consent", "follow_up_result", "result_source"
NUMBER = "safe_number"
"""Masked like any number wherever the note is read (domain.md 7)."""
_LINES = {
    "times": "safe_times",
    "number": NUMBER,
    "code_word": "code_word",
    "others": "others_may",
    "told": "others_told",
}
"""The lines of the sheet and the fields of the note."""


def arranged(values: Mapping[str, Any], agreed: Arrangement | None = None) -> Arrangement:
    """What was agreed already, with what the note says of it in the words of the note."""

    def said(line: str, before: str) -> str:
        value = values.get(_LINES[line])
        return value if isinstance(value, str) and value else before

    known = agreed or Arrangement(Consent.AGREED)
    return replace(
        known,
        times=said("times", known.times),
        number=said("number", known.number),
        code_word=said("code_word", known.code_word),
        others=said("others", known.others),
        told=said("told", known.told),
    )


def number_to_call(call: Call, values: Mapping[str, Any]) -> str:
    """The number of who called, else the one that the note of the call says; "" where none is known."""
    said = values.get(NUMBER)
    return own_number(call) or (normalise(said) if isinstance(said, str) else "")


def noted(agreed: Arrangement, values: Mapping[str, Any]) -> dict[str, str]:
    """The note's fields as they say what was agreed; consent first, for the others are there after it.

    What nobody filled in on either side stays out.
    """
    said = {key: str(getattr(agreed, line)) for line, key in _LINES.items()}
    fields = {key: text for key, text in said.items() if text or values.get(key)}
    return {CONSENT: agreed.consent.value, **fields}


def result_in(values: Mapping[str, Any]) -> tuple[Result, str] | None:
    """The result that a note says, with its source; None where it says none, or no source that is needed."""
    code, source = values.get(RESULT), values.get(SOURCE)
    if code not in set(Result):
        return None
    said = source.strip() if isinstance(source, str) else ""
    result = Result(str(code))
    return None if result in SOURCED and not said else (result, said)


def noted_result(result: Result, source: str) -> dict[str, str]:
    """The note's fields as they say what came of the call."""
    return {RESULT: result.value, **({SOURCE: source} if source else {})}
