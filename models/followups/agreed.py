"""Whether a record of high risk has the follow-up that its closing asks for: pure."""

from collections.abc import Iterable

from models.followups.followup import Consent, Ending, Followup

_KEPT = frozenset({None, Ending.FINISHED, Ending.REPLACED})


def has_followup_agreed(known: Iterable[Followup], note: str) -> bool:
    """True where the person of this note agreed to be called, with a date and a number to call.

    A series that was replaced by a later one or is finished still counts; one that was declined, stopped,
    lost or withdrawn does not: then the record needs another ground to be closed on.
    """
    return any(
        one.note == note
        and one.agreed.consent is Consent.AGREED
        and bool(one.due)
        and bool(one.dial)
        and one.closing in _KEPT
        for one in known
    )
