"""The rules of the instruments as whole tables, and what no trail of entries can break."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import combinations_with_replacement, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.risk.cssrs import Question
from models.risk.elements import Band
from models.risk.level import Level, highest
from models.risk.quick_screen import LEVEL_ITEMS, AskState, Item
from models.risk.scales import add_up
from models.risk.standing import Trail, stands
from models.risk.trail import Answer, Judgement, Lowering, Response, Score, Second
from resources.instruments.questionnaires import load, shipped

NOW = datetime(2026, 1, 1, tzinfo=UTC)
YES, NO = AskState.YES, AskState.NO
BANDS = {
    ("phq9", "phq9"): ((0, 4), (5, 9), (10, 14), (15, 19), (20, 27)),
    ("gad7", "gad7"): ((0, 4), (5, 9), (10, 14), (15, 21)),
    ("k10", "abs"): ((10, 15), (16, 21), (22, 29), (30, 50)),
    ("k10", "meteor"): ((10, 19), (20, 24), (25, 29), (30, 50)),
}


def later(n: int) -> datetime:
    return NOW + timedelta(minutes=n)


@pytest.mark.parametrize("which", list(BANDS), ids="-".join)
def test_every_set_of_points_has_its_sum_and_its_band(which: tuple[str, str]) -> None:
    name, bands = which
    scale = next(one for one in load(shipped(name)).scales if one.id == bands)
    names = [band.name.code for band in scale.bands]
    sums = set()
    for points in combinations_with_replacement(range(scale.least, scale.most + 1), len(scale.items)):
        found = add_up(scale, dict(zip(scale.items, points, strict=True)))
        place = next(i for i, (low, high) in enumerate(BANDS[which]) if low <= sum(points) <= high)
        assert (found.points, found.band and found.band.code) == (sum(points), names[place])
        sums.add(found.points)
    assert sums == set(range(BANDS[which][0][0], BANDS[which][-1][1] + 1))


def test_every_way_to_answer_the_gad_adds_up() -> None:
    (scale,) = load(shipped("gad7")).scales
    for points in product(range(4), repeat=7):
        assert add_up(scale, dict(zip(scale.items, points, strict=True))).points == sum(points)


def test_the_ninth_item_alone_opens_the_screen() -> None:
    (scale,) = load(shipped("phq9")).scales
    for points in product((0, 1, 3), repeat=9):
        found = add_up(scale, dict(zip(scale.items, points, strict=True)))
        assert found.opens_the_screen is (points[8] >= 1)


def test_every_way_through_the_cssrs_stands_beside_a_finished_screen() -> None:
    """Three answers to seven questions: 2,187 paths; the screen alone would say R0."""
    answers = tuple(Answer(n, f"a{n}", NOW, item, NO) for n, item in enumerate(LEVEL_ITEMS))
    for states in product((YES, NO, AskState.REFUSED), repeat=len(Question)):
        said = dict(zip(Question, states, strict=True))
        responses = tuple(
            Response(10 + n, f"r{n}", later(n), "cssrs", 1, question, state)
            for n, (question, state) in enumerate(said.items())
        )
        standing = stands(Trail(answers, responses))
        assert standing.level is _by_cssrs(said), said


def _by_cssrs(said: dict[Question, AskState]) -> Level | None:
    """The screener's levels, said another way (domain.md 3.3)."""
    q = Question
    if YES in (said[q.Q4], said[q.Q5], said[q.Q6_RECENT]):
        return Level.R3
    if YES in (said[q.Q3], said[q.Q6_EVER]):
        return Level.R2
    if YES in (said[q.Q1], said[q.Q2]):
        return Level.R1
    # Whatever was put and refused is open; the second half of Q6 has no meaning without the first.
    refused = {one for one, state in said.items() if state is AskState.REFUSED} - {q.Q6_RECENT}
    return None if refused else Level.R0


_answers = st.builds(
    Answer,
    st.integers(1, 20),
    st.uuids().map(str),
    st.integers(0, 20).map(later),
    st.sampled_from(Item),
    st.sampled_from(AskState),
)
_responses = st.builds(
    lambda n, op, question, state: Response(n, op, later(n), "cssrs", 1, question, state),
    st.integers(1, 20),
    st.uuids().map(str),
    st.sampled_from(Question),
    st.sampled_from(AskState),
)
_scores = st.sampled_from([(2, Band.LOW, Level.R1), (5, Band.MIDDLE, Level.R2), (9, Band.HIGH, Level.R3)])
_score = st.builds(
    lambda n, op, said: Score(n, op, later(n), "elements12", 1, "w", said[0], said[1], said[2]),
    st.integers(1, 25),
    st.uuids().map(str),
    _scores,
)
_judged = st.builds(
    lambda n, op, level: Judgement(n, op, later(n), level),
    st.integers(1, 20),
    st.uuids().map(str),
    st.sampled_from(Level),
)
_trails = st.builds(
    Trail,
    st.lists(_answers, max_size=8).map(tuple),
    st.lists(_responses, max_size=6).map(tuple),
    st.lists(_score, max_size=2).map(tuple),
    st.lists(_judged, max_size=2).map(tuple),
)


@given(_trails, _score)
def test_a_score_never_lowers(trail: Trail, score: Score) -> None:
    before = stands(trail)
    after = stands(replace(trail, scores=(*trail.scores, score)))
    assert highest(before.level, after.level) is after.level
    assert highest(before.peak, after.peak) is after.peak


@given(_trails, st.sampled_from(LEVEL_ITEMS))
def test_what_is_not_asked_is_never_a_no(trail: Trail, item: Item) -> None:
    """Taking an answer out of a trail, or never giving it, may leave a level open; it never says "none"."""
    without = replace(trail, answers=[one for one in trail.answers if one.item is not item])
    assert stands(without).level is not Level.R0
    taken_back = Answer(99, "last", later(99), item, AskState.NOT_ASKED)
    assert stands(replace(trail, answers=(*trail.answers, taken_back))).level is not Level.R0


@given(_trails, st.sampled_from(Level), st.booleans())
def test_nobody_alone_lowers_below_what_is_computed(trail: Trail, to: Level, agrees: bool) -> None:
    before = stands(trail)
    if before.level is None or not to < before.level:
        return
    wish = Lowering("w", later(50), "zhang", 25, before.level, to, "x")
    alone = (Second("s", later(51), "zhang", "w", agrees),)
    own = Judgement(30, "own", later(52), to)
    after = stands(replace(trail, lowerings=(wish,), seconds=alone, judgements=(*trail.judgements, own)))
    assert highest(before.computed, after.level) is after.level
