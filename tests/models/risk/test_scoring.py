from dataclasses import replace
from datetime import UTC, datetime

from models.risk.elements import Element
from models.risk.level import Level
from models.risk.questionnaire import Offered, Weights
from models.risk.scoring import Result, added_up, latest, weighed
from models.risk.trail import Response, Score
from resources.instruments.questionnaires import load, shipped

NOW = datetime(2026, 1, 1, tzinfo=UTC)
PHQ = load(shipped("phq9"))
(SCALE,) = PHQ.scales
NO, YES = Offered("no", "", "", 0), Offered("yes", "", "", 1)
# Points that nobody could take for those of the instrument.
WEIGHTS = Weights(1, "Artificial", "2026-01-01", dict.fromkeys(Element, (NO, YES)))


def response(n: int, item: str, value: str, instrument: str = "phq9") -> Response:
    return Response(n, f"op{n}", NOW, instrument, 1, item, value)


def kept(result: Result) -> Score:
    return Score(1, "op", NOW, "phq9", 1, result.weights, result.points, result.band, result.level)


def test_the_last_response_to_an_item_counts() -> None:
    said = [response(2, "i1", "3"), response(1, "i1", "0"), response(3, "i1", "1", "gad7")]
    assert latest(said, "phq9") == {"i1": "3"}


def test_a_scale_says_nothing_while_an_item_is_open() -> None:
    found = added_up(PHQ, SCALE, {"i1": "3", "i9": "1"})
    assert (found.points, found.open_items, found.band, found.opens_the_screen) == (4, 7, "", True)
    assert not found.differs_from(None)


def test_a_complete_scale_is_kept_once_with_the_bands_that_were_used() -> None:
    found = added_up(PHQ, SCALE, dict.fromkeys(SCALE.items, "1"))
    assert (found.points, found.band, found.weights, found.level) == (9, "mild", "phq9", None)
    assert found.differs_from(None)
    assert not found.differs_from(kept(found))
    assert found.differs_from(kept(replace(found, points=10)))


def test_a_value_that_is_not_offered_leaves_the_item_open() -> None:
    values = {**dict.fromkeys(SCALE.items, "1"), "i3": "refused", "other": "1"}
    assert added_up(PHQ, SCALE, values).open_items == 1


def test_the_elements_are_weighed_with_points_that_are_named() -> None:
    found = weighed(WEIGHTS, dict.fromkeys(list(Element)[:5], "yes"))
    assert (found.points, found.open_items, found.level) == (5, 7, Level.R2)
    assert found.weights == "Artificial 1 (2026-01-01)"
    assert weighed(WEIGHTS, {}).band == ""
