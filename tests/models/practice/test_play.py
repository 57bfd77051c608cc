"""What a scripted caller does: each condition, each order, and that every call comes to its end."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.practice.facts import Fact, Kind, Sign
from models.practice.play import LONGEST_WRITING, MOST_RINGS, HangUp, Phase, Ring, Said, advance, due, hear
from models.practice.script import Does, Need, Script, When
from models.risk.quick_screen import AskState, Item
from resources.practice.scripts import shipped
from tests.models.practice.stage import Evening, line, script

ANSWERED = When(sign=Sign(Kind.ANSWERED))
ASKED = When(sign=Sign(Kind.ASKED, "plan_72h"))
SHIPPED = shipped()


def test_it_rings_after_its_pause_and_speaks_when_answered() -> None:
    evening = Evening.of(script(line("hello", ANSWERED, after=2)))
    evening.until(3.9)
    assert not evening.deeds
    evening.until(20)
    (rang, ring), (spoke, said) = evening.deeds
    assert isinstance(ring, Ring)
    assert isinstance(said, Said)
    assert (rang, spoke) == (4, 6)


@pytest.mark.parametrize(
    ("when", "kind", "value", "state"),
    [
        (ASKED, Kind.ASKED, "plan_72h", "yes"),
        (ASKED, Kind.QUESTION, "plan_72h", ""),
        (When(sign=Sign(Kind.ASKED, "plan_72h=no")), Kind.ASKED, "plan_72h", "no"),
        (When(sign=Sign(Kind.LOGGED, "2")), Kind.LOGGED, "3", ""),
        (When(sign=Sign(Kind.PLACED, "太原")), Kind.PLACED, "太原市汾河大桥", ""),
        (When(sign=Sign(Kind.CATEGORY)), Kind.CATEGORY, "C3", ""),
        (When(sign=Sign(Kind.JOINED, "f110")), Kind.JOINED, "f110", ""),
        (When(sign=Sign(Kind.HELD)), Kind.HELD, "", ""),
    ],
)
def test_a_line_waits_for_what_the_operator_does(when: When, kind: Kind, value: str, state: str) -> None:
    does = Does.HANGS_UP if kind is Kind.HELD else Does.SPEAKS
    evening = Evening.of(script(line("it", when, after=1, does=does)))
    evening.until(50)
    assert not evening.said
    evening.happens(kind, value, state)
    evening.until(50.9)
    assert not evening.said
    evening.until(51)
    assert evening.said == ["it"]


@pytest.mark.parametrize(
    ("sign", "kind", "value", "state"),
    [
        (Sign(Kind.ASKED, "plan_72h"), Kind.ASKED, "acting", "yes"),
        (Sign(Kind.ASKED, "plan_72h=no"), Kind.ASKED, "plan_72h", "yes"),
        (Sign(Kind.LOGGED, "2"), Kind.LOGGED, "1", ""),
        (Sign(Kind.PLACED, "太原"), Kind.PLACED, "北京市", ""),
        (Sign(Kind.QUESTION, "place"), Kind.ASKED, "place", "yes"),
    ],
)
def test_what_is_something_else_is_no_sign(sign: Sign, kind: Kind, value: str, state: str) -> None:
    evening = Evening.of(script(line("it", When(sign=sign))))
    evening.until(10)
    evening.happens(kind, value, state)
    evening.until(90)
    assert not evening.said


def test_time_silence_and_other_lines() -> None:
    told = script(
        line("second", When(Need.SAID, line="first"), after=1),
        line("first", When(Need.TIME, 10)),
        line("later", When(Need.QUIET, 20)),
    )
    evening = Evening.of(told)
    evening.until(90)
    assert evening.said == ["first", "second", "later"]


def test_trust_and_distress_order_lines() -> None:
    told = script(
        line("opens", When(Need.TRUST, 50), ANSWERED),
        line("warms", ASKED, trust=30),
        line("calm", When(Need.DISTRESS, 10)),
    )
    evening = Evening.of(told)
    evening.until(10)
    evening.happens(Kind.QUESTION, "plan_72h")
    evening.until(90)
    assert evening.said == ["warms", "opens"]


def test_on_hold_the_caller_hears_music_and_says_nothing() -> None:
    evening = Evening.of(script(line("it", When(Need.TIME, 10))))
    evening.until(5)
    evening.happens(Kind.HELD)
    evening.until(60)
    assert not evening.said
    evening.happens(Kind.RESUMED)
    evening.until(61)
    assert evening.said == ["it"]


def test_who_is_taken_back_in_time_does_not_leave() -> None:
    evening = Evening.of(script(line("leaves", When(sign=Sign(Kind.HELD)), after=30, does=Does.HANGS_UP)))
    evening.until(5)
    evening.happens(Kind.HELD)
    evening.until(20)
    evening.happens(Kind.RESUMED)
    evening.until(90)
    assert not evening.said


def test_nobody_speaks_in_the_same_breath() -> None:
    evening = Evening.of(script(line("a", ANSWERED), line("b", ANSWERED)))
    evening.until(90)
    first, second = (at for at, deed in evening.deeds if isinstance(deed, Said))
    assert second - first >= 1.5


def test_a_line_is_left_out_once_it_is_needless() -> None:
    needless = replace(line("again", When(Need.TIME, 40)), unless=(When(Need.SAID, line="place"),))
    told = script(line("place", ASKED), needless)
    evening = Evening.of(told)
    evening.until(10)
    evening.happens(Kind.QUESTION, "plan_72h")
    evening.until(90)
    assert evening.said == ["place"]


def test_a_call_ends_at_the_latest_when_the_script_says() -> None:
    evening = Evening.of(script(line("hello", ANSWERED)))
    evening.until(200)
    assert evening.over
    assert isinstance(evening.deeds[-1][1], HangUp)
    assert evening.deeds[-1][0] == 104


def test_a_call_that_nobody_answers_is_tried_again_and_then_over() -> None:
    evening = Evening.of(script(), answers=False)
    evening.until(1000)
    assert evening.over
    assert sum(isinstance(deed, Ring) for _, deed in evening.deeds) == MOST_RINGS


def test_the_caller_calls_again_once_the_note_is_handed_in() -> None:
    evening = Evening.of(script(line("bye", ANSWERED, does=Does.HANGS_UP), calls=2))
    evening.until(50)
    assert (evening.play.phase, evening.play.call) == (Phase.WAITS, 1)
    evening.play = hear(evening.play, Fact(Kind.FINISHED, "", evening.now, 0))
    evening.until(53.9)
    assert evening.play.phase is Phase.WAITS
    evening.until(70)
    assert evening.over


def test_the_caller_calls_again_even_if_the_note_never_is() -> None:
    evening = Evening.of(script(line("bye", ANSWERED, does=Does.HANGS_UP), calls=2))
    evening.until(50 + LONGEST_WRITING)
    assert evening.over


def test_a_later_call_knows_what_was_done_in_an_earlier_one() -> None:
    remembers = When(Need.EARLIER, sign=Sign(Kind.ASKED, "plan_72h"))
    told = script(line("knows", remembers), line("bye", When(Need.TIME, 20), does=Does.HANGS_UP), calls=2)
    evening = Evening.of(told)
    evening.until(5)
    evening.happens(Kind.ASKED, "plan_72h", "yes")
    evening.until(2000)
    assert evening.said == ["bye", "knows", "bye"]


_ITEMS = [(Kind.ASKED, item, state) for item in Item for state in AskState]
_ACTS = [
    (Kind.HELD, "", ""),
    (Kind.RESUMED, "", ""),
    (Kind.REFERRED, "f110", ""),
    (Kind.JOINED, "f110", ""),
    (Kind.CATEGORY, "C3", ""),
    (Kind.LOGGED, "2", ""),
    (Kind.FINISHED, "", ""),
    (Kind.QUESTION, "place", ""),
    (Kind.ENDED, "E4", ""),
]


@pytest.mark.parametrize("played", SHIPPED, ids=lambda one: one.id)
@given(
    acts=st.lists(st.tuples(st.floats(0, 400), st.sampled_from(_ITEMS + _ACTS)), max_size=30),
    answers=st.booleans(),
)
def test_whatever_the_operator_does_the_practice_ends(
    played: Script, acts: list[tuple[float, tuple[Kind, str, str]]], answers: bool
) -> None:
    evening, again = Evening.of(played, answers), Evening.of(played, answers)
    for pause, (kind, value, state) in acts:
        for one in (evening, again):
            one.until(one.now + pause)
            one.happens(kind, value, state)
    longest = sum(one.lasts + one.rings_after + 2 * one.patience + LONGEST_WRITING for one in played.scenes)
    evening.until(evening.now + 2 * longest)
    assert evening.over
    # Looked at every few seconds or only once: the caller does the same.
    while again.now < evening.now:
        again.until(min(evening.now, again.now + 7.3))
    assert again.said == evening.said
    assert due(evening.play) is None
    assert advance(evening.play, evening.now + longest) == (evening.play, ())
