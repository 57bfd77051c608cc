"""What the responses to an instrument come to, as it is kept: by its version, its bands or its points."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from models.risk import elements
from models.risk.assessment import Assessment
from models.risk.elements import Element
from models.risk.level import Level
from models.risk.questionnaire import Instruments, Questionnaire, Weights
from models.risk.scales import Scale, add_up
from models.risk.trail import Response, Score


@dataclass(frozen=True, slots=True)
class Result:
    """Points so far, how many items are open, the band (its code) and level, "" and None while not certain.

    `weights` names the bands or the licensed points that were used.
    """

    points: int
    open_items: int
    weights: str
    band: str = ""
    level: Level | None = None
    opens_the_screen: bool = False

    def differs_from(self, score: Score | None) -> bool:
        """True where this is worth keeping: it says something, and something else than what is kept."""
        if not self.band:
            return False
        kept = None if score is None else (score.points, score.weights, score.band, score.level)
        return kept != (self.points, self.weights, self.band, self.level)


def latest(responses: Sequence[Response], instrument: str) -> Mapping[str, str]:
    """The last response to each item of an instrument."""
    mine = [one for one in responses if one.instrument == instrument]
    return {one.item: one.value for one in sorted(mine, key=lambda one: (one.n, one.op))}


def added_up(questionnaire: Questionnaire, scale: Scale, values: Mapping[str, str]) -> Result:
    """The result of a scale; a value that it does not offer leaves its item open."""
    points = {answer.code: answer.points for answer in questionnaire.answers}
    chosen = {
        item: points[value] for item, value in values.items() if value in points and item in scale.items
    }
    found = add_up(scale, chosen)
    band = found.band.code if found.band else ""
    return Result(found.points, len(found.open_items), scale.id, band, None, found.opens_the_screen)


def result_opens(questionnaire: Questionnaire, scale: Scale, item: str, value: str) -> bool:
    """True where this answer calls for the quick screen."""
    return item == scale.opener and added_up(questionnaire, scale, {item: value}).opens_the_screen


def weighed(weights: Weights, values: Mapping[str, str]) -> Result:
    """The result of the twelve elements with a hotline's licensed points."""
    points = {element: weights.points[element] for element in Element}
    chosen = {element: values[element] for element in Element if element in values}
    total = elements.total(chosen, points)
    return Result(total.points, len(total.open_elements), weights.name, total.band or "", total.level)


def result_of(instruments: Instruments, instrument: str, assessment: Assessment) -> Result | None:
    """What an instrument came to in this assessment; None for one that has neither bands nor points here."""
    asked, scale = instruments.find(instrument), instruments.scale(instrument)
    values = latest(assessment.responses, instrument)
    if asked is not None and scale is not None:
        return added_up(asked, scale, values)
    if instrument == elements.INSTRUMENT and instruments.weights is not None:
        return weighed(instruments.weights, values)
    return None
