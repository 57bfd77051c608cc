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


def test_an_instrument_that_is_not_here_is_told_as_it_was_recorded() -> None:
    """An old record, or one of another hotline: nothing of it is lost, and what is here goes on."""
    here = responses("gad7", "3")
    gone = (
        replace(here[0], n=7, op="g1", instrument="other", item="x1", value="refused"),
        replace(here[0], n=8, op="g2", instrument="other", item="x2", value="4"),
    )
    score = Score(99, "s", minutes(5), "other", 1, "", 12, "")
    known, missing = asked_of(SHIPPED, replace(LOW, responses=(*here, *gone), scores=(score,)))
    assert known.name == "GAD-7（近两周）"
    assert (missing.name, missing.result) == ("other", f"12，{t('risk.instrument_gone')}")
    assert [(one.item, one.answer) for one in missing.answers] == [("x1", "拒答"), ("x2", "4")]


def test_another_version_of_an_instrument_is_named() -> None:
    older = tuple(replace(one, version=7) for one in responses("gad7", "3"))
    (told,) = asked_of(SHIPPED, replace(LOW, responses=older))
    assert told.name == t("risk.asked_with", name="GAD-7（近两周）", version=7)
