from dataclasses import replace

import pytest

from console.presenters.asked import asked_of
from models.risk.trail import Score
from resources.texts import t, use_language
from tests.widgets.look_risk import SHIPPED, responses
from tests.widgets.look_samples import LOW, minutes


@pytest.fixture(autouse=True)
def _chinese() -> None:
    use_language("zh_CN")


def test_what_was_not_begun_is_not_told() -> None:
    assert asked_of(SHIPPED, LOW) == ()


def test_each_item_of_a_begun_instrument_is_told_with_its_answer() -> None:
    (told,) = asked_of(SHIPPED, replace(LOW, responses=responses("cssrs", "yes", "no", "refused")))
    assert [(one.answer, one.tone) for one in told.answers][:4] == [
        ("是", "care"),
        ("否", "plain"),
        ("拒答", "unsure"),
        ("未问", "unsure"),
    ]
    assert told.result == ""


def test_points_are_told_by_the_words_of_their_answers() -> None:
    (told,) = asked_of(SHIPPED, replace(LOW, responses=responses("gad7", *"3110110")))
    assert told.answers[0].answer == "几乎每天"
    assert told.result == t("risk.total", points=7, band="轻度", used="")


def test_an_old_record_keeps_the_bands_that_were_used() -> None:
    """Twenty points are `low` by the first set of bands, in use today, and `mild` by the one of that time."""
    score = Score(99, "s", minutes(5), "k10", 1, "meteor", 20, "mild")
    (told,) = asked_of(SHIPPED, replace(LOW, responses=responses("k10", *"2222222222"), scores=(score,)))
    assert told.result == t("risk.total", points=20, band="轻度", used=t("risk.used", weights="meteor"))
