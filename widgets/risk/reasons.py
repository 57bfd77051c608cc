"""Why a level stands, what is open and what contradicts itself, in words."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from models.risk import cssrs, elements
from models.risk.assessment import Assessment
from models.risk.contradictions import contradictions
from models.risk.level import Level
from models.risk.quick_screen import LEVEL_ITEMS
from models.risk.standing import OWN, SCREEN, Cause, Standing
from models.risk.trail import Answer, Judgement, Response, Score
from resources.texts import t
from widgets.base.levels import level_text


def reasons(assessment: Assessment | None) -> list[str]:
    """All lines under the level, the most important first."""
    if assessment is None:
        return [t("risk.unfinished", n=len(LEVEL_ITEMS))]
    standing = assessment.standing
    lines = [] if standing.cause is None else [_cause(assessment, standing.cause)]
    if (
        standing.cause is not None
        and standing.cause.instrument == OWN
        and standing.computed not in (None, Level.R0)
    ):
        lines.append(t("risk.computed", level=level_text(str(standing.computed))))
    lines += _open(standing)
    lines += _contradictions(assessment)
    if standing.waiting is not None:
        lines.append(t("risk.waiting", to=level_text(standing.waiting.to), reason=standing.waiting.reason))
    if standing.peak is not None and standing.peak is not standing.level:
        lines.append(t("risk.peak", level=level_text(standing.peak)))
    return lines


def _open(standing: Standing) -> list[str]:
    if standing.open_items:
        fired = standing.computed is not None
        return [] if fired else [t("risk.unfinished", n=len(standing.open_items))]
    return [t("risk.by_screen_none")] if standing.level is Level.R0 and standing.cause is None else []


def _contradictions(assessment: Assessment) -> Iterator[str]:
    """A line for each answer that is denied, with all that it stands against: one slip is one line."""
    against: dict[Cause, list[str]] = {}
    for found in contradictions(assessment.current, assessment.questions):
        against.setdefault(found.no, []).append(t("risk.contradiction_item", words=_named(found.yes)))
    for no, items in against.items():
        yes = t("risk.contradiction_and").join(items)
        yield t("risk.contradiction", yes=yes, no=t("risk.contradiction_item", words=_named(no)))


def _cause(assessment: Assessment, cause: Cause) -> str:
    time = f"{_since(assessment, cause).astimezone():%H:%M}"
    match cause.instrument:
        case "own":
            return t("risk.by_operator", time=time)
        case "note":
            return t("risk.by_imminent", time=time)
        case cssrs.INSTRUMENT:
            return t("risk.by_cssrs", question=_named(cause), time=time)
        case elements.INSTRUMENT:
            return t("risk.by_elements", points=assessment.scores[-1].points, time=time)
    return t("risk.by_screen", rule=t(f"risk.fired_{cause.item}"), time=time)


def _named(cause: Cause) -> str:
    """A question by its number, an item by the words of its rule."""
    if cause.instrument == SCREEN:
        return t(f"risk.fired_{cause.item}")
    number, _, part = cause.item.partition("_")
    named = {"ever": "risk.question_ever", "3m": "risk.question_recent"}
    return t(named[part], number=number.upper()) if part else number.upper()


def _since(assessment: Assessment, cause: Cause) -> datetime:
    """When the level was first given for this reason."""
    entries: Iterable[Answer | Response | Score | Judgement]
    match cause.instrument:
        case "own":
            mine = [one for one in assessment.judgements if one.ground is None]
            entries = [one for one in mine if one.level is assessment.level]
        case "note":
            entries = [one for one in assessment.judgements if one.ground == cause.item]
        case cssrs.INSTRUMENT:
            entries = [one for one in assessment.responses if one.item == cause.item]
        case elements.INSTRUMENT:
            entries = assessment.scores
        case _:
            entries = [one for one in assessment.answers if one.item == cause.item]
    moments: Sequence[datetime] = sorted(one.at for one in entries)
    return moments[0]
