"""The sheet: each outcome of items, decisions and acts, as the key has it."""

from dataclasses import replace

import pytest

from models.practice.facts import Fact, Kind, Sign
from models.practice.play import Play, begin
from models.practice.script import Act, Expected, Mark
from models.practice.sheet import Outcome, Sheet, compare
from models.risk.level import Level
from tests.models.practice.stage import KEY, WORDS, script

POLICE = Act(WORDS, WORDS, Mark.SEEN, "domain.md 1", (Sign(Kind.REFERRED, "f110"),))
TOO_SOON = Act(
    WORDS,
    WORDS,
    Mark.PRACTICE,
    "domain.md 1",
    (Sign(Kind.ENDED, "E4"),),
    unless=(Sign(Kind.JOINED, "f110"),),
)
PLAN = Expected("plan_72h", "yes", Mark.SEEN, "domain.md 3.1")
WANTED = replace(KEY, categories=("C3",), level=Level.R3, items=(PLAN,), acts=(POLICE,), never=(TOO_SOON,))


def sheet(*facts: Fact) -> Sheet:
    play: Play = replace(begin(script(key=WANTED)), facts=(Fact(Kind.ANSWERED, "", 10), *facts))
    return compare(play)


@pytest.mark.parametrize(
    ("facts", "outcome", "ticked"),
    [
        ((), Outcome.MISSED, ""),
        ((Fact(Kind.ASKED, "acting", 12, state="yes"),), Outcome.MISSED, ""),
        ((Fact(Kind.QUESTION, "plan_72h", 12),), Outcome.OPEN, ""),
        ((Fact(Kind.ASKED, "plan_72h", 12, state="yes"),), Outcome.AS_KEY, "yes"),
        ((Fact(Kind.ASKED, "plan_72h", 12, state="no"),), Outcome.OTHER, "no"),
        ((Fact(Kind.ASKED, "plan_72h", 12, state="refused"),), Outcome.OPEN, "refused"),
        ((Fact(Kind.ASKED, "plan_72h", 12, state="unclear"),), Outcome.OPEN, "unclear"),
        (
            (Fact(Kind.ASKED, "plan_72h", 12, state="no"), Fact(Kind.ASKED, "plan_72h", 13, state="yes")),
            Outcome.AS_KEY,
            "yes",
        ),
    ],
)
def test_an_item(facts: tuple[Fact, ...], outcome: Outcome, ticked: str) -> None:
    (row,) = sheet(*facts).items
    assert (row.outcome, row.ticked, row.truth) == (outcome, ticked, "yes")
    assert row.seconds == (None if outcome is Outcome.MISSED else 2)


@pytest.mark.parametrize(
    ("levels", "outcome", "reached"),
    [
        ((), Outcome.MISSED, ""),
        (("R3",), Outcome.AS_KEY, "R3"),
        (("R2",), Outcome.LOWER, "R2"),
        (("R4",), Outcome.HIGHER, "R4"),
        (("R2", "R3"), Outcome.AS_KEY, "R3"),
        (("R3", "R2"), Outcome.AS_KEY, "R3"),
    ],
)
def test_the_peak_of_the_call_decides_the_level(
    levels: tuple[str, ...], outcome: Outcome, reached: str
) -> None:
    told = sheet(*(Fact(Kind.LEVEL, level, 20 + n) for n, level in enumerate(levels)))
    assert (told.level.outcome, told.level.chosen) == (outcome, reached)


def test_where_no_level_is_wanted_none_is_missed() -> None:
    play = begin(script(key=replace(WANTED, level=None)))
    assert compare(play).level.outcome is Outcome.NOT_ASKED_FOR


@pytest.mark.parametrize(
    ("chosen", "outcome"),
    [
        ((), Outcome.MISSED),
        (("C3",), Outcome.AS_KEY),
        (("C1",), Outcome.OTHER),
        (("C1", "C3"), Outcome.AS_KEY),
    ],
)
def test_the_category_that_was_chosen_last(chosen: tuple[str, ...], outcome: Outcome) -> None:
    told = sheet(*(Fact(Kind.CATEGORY, code, 20 + n) for n, code in enumerate(chosen)))
    assert told.category.outcome is outcome


def test_an_act_that_was_done_and_one_that_was_not() -> None:
    (missed,) = sheet().acts
    (done,) = sheet(Fact(Kind.REFERRED, "f110", 40)).acts
    assert (missed.outcome, missed.seconds) == (Outcome.MISSED, None)
    assert (done.outcome, done.seconds) == (Outcome.AS_KEY, 30)


@pytest.mark.parametrize(
    ("facts", "rows"),
    [
        ((), 0),
        ((Fact(Kind.ENDED, "E2", 30),), 0),
        ((Fact(Kind.ENDED, "E4", 30),), 1),
        ((Fact(Kind.JOINED, "f110", 20), Fact(Kind.ENDED, "E4", 30)), 0),
        ((Fact(Kind.ENDED, "E4", 30), Fact(Kind.JOINED, "f110", 40)), 1),
    ],
)
def test_what_must_not_be_is_told_only_where_it_was(facts: tuple[Fact, ...], rows: int) -> None:
    assert len(sheet(*facts).never) == rows


def test_time_to_the_alert_and_time_talked() -> None:
    told = sheet(Fact(Kind.LEVEL, "R2", 15), Fact(Kind.LEVEL, "R4", 25), Fact(Kind.ENDED, "E2", 70))
    assert (told.alerted_after, told.seconds, told.answered) == (15, 60, 1)
    assert sheet(Fact(Kind.LEVEL, "R2", 15)).alerted_after is None


def test_lines_are_counted_call_by_call() -> None:
    told = sheet(Fact(Kind.LOGGED, "1", 20), Fact(Kind.LOGGED, "2", 21))
    assert told.lines == 2
