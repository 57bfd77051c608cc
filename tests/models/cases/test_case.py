"""A case: two who write it side by side lose nothing, whatever order their acts arrive in."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.cases.case import Case, Step, Why
from models.cases.reduce import reduce
from models.cases.standing import Standing, standing_of
from models.operation import Operation, Outcome
from models.people.person import Part
from models.people.together import grouped
from models.risk.level import Level
from models.sync.reduce import reduce_document
from tests.models.people.test_person import act as person_act
from tests.models.people.test_person import meet, person

START = datetime(2026, 11, 1, 14, 0, tzinfo=UTC)


def act(act_kind: str, op: str, by: str = "li", after: float = 0, **body: Any) -> Operation:
    return Operation(op, f"case.{act_kind}", "k", by, START + timedelta(minutes=after), body)


def case(*acts: Operation) -> Case:
    known = reduce(None, act("add", "add", site="jinzhong", person="p"), 0).entity
    for one in acts:
        assert known
        known = reduce(known, one, 0).entity
    assert known
    return known


def test_a_case_is_of_a_person() -> None:
    assert reduce(None, act("add", "a", site="jinzhong", person=""), 0).outcome is Outcome.REJECTED
    known = case()
    assert (known.person, known.author, known.is_open) == ("p", "li", True)
    assert reduce(known, act("add", "b", "wang", site="jinzhong", person="q"), 0).entity == known


def test_what_comes_before_the_case_waits() -> None:
    assert reduce(None, act("write", "w", text="她来电了"), 0).outcome is Outcome.HELD
    assert reduce(case(), act("burn", "w"), 0).why == "unknown_type"


def test_lines_of_the_story_are_struck_out_and_stay() -> None:
    known = case(act("write", "w1", text="一"), act("write", "w2", text="二"), act("undo", "u", what="w1"))
    assert [line.text for line in known.standing(known.story)] == ["二"]
    assert [line.text for line in known.story] == ["一", "二"]


def test_whoever_ever_had_it_reads_it_and_the_last_one_is_its_counsellor() -> None:
    known = case(act("give", "g1", to="wang"), act("give", "g2", after=1, to="li"))
    assert (known.counsellor, known.counsellors) == ("li", ("li", "wang"))
    nobody = case(act("give", "g1", to="wang"), act("give", "g2", after=1, to=""))
    assert (nobody.counsellor, nobody.counsellors) == ("", ("wang",))


@pytest.mark.parametrize("why", Why)
def test_it_is_closed_with_a_reason_and_opened_again(why: Why) -> None:
    closed = case(act("turn", "t1", why=why, words="已稳定"))
    assert (closed.closing, closed.is_open) == (why.value, False)
    again = reduce(closed, act("turn", "t2", after=1, why=None, words="又来电"), 0).entity
    assert again
    assert again.is_open
    assert len(again.turns) == 2


def test_it_is_not_closed_without_a_reason_that_is_known() -> None:
    document = reduce_document(None, act("add", "a", site="jinzhong", person="p"), 1).entity
    refused = reduce_document(document, act("turn", "t", why="bored"), 2)
    assert (refused.outcome, refused.entity) == (Outcome.REJECTED, document)


@pytest.mark.parametrize("step", Step)
def test_a_task_is_owed_until_somebody_says_what_came_of_it(step: Step) -> None:
    due = (START + timedelta(days=1)).isoformat()
    known = case(act("task", "t", words="家访", target="FVOL", due_at=due, answer_to="li"))
    assert known.due(START) == ()
    (task,) = known.due(START + timedelta(days=1))
    after = reduce(known, act("step", "s", task="t", step=step, words="见到祖母"), 0).entity
    assert after
    assert after.is_owed(task) is (step is Step.TAKEN)
    assert after.last_stepped["t"].words == "见到祖母"


def test_a_task_that_was_struck_out_is_not_owed() -> None:
    due = START.isoformat()
    assert case(act("task", "t", words="家访", due_at=due), act("undo", "u", what="t")).due(START) == ()


def test_the_outcome_goes_back_to_who_asked_until_they_took_note() -> None:
    known = case(
        act("task", "t", words="家访", answer_to="li"),
        act("step", "s", "wang", 2, task="t", step="done", words="见到祖母"),
    )
    (answer,) = known.answers_for("li")
    assert (answer.words, known.answers_for("wang")) == ("见到祖母", ())
    heeded = reduce(known, act("heed", "h", "li", 3, what="s"), 0).entity
    assert heeded
    assert heeded.answers_for("li") == ()
    own = case(act("task", "t", words="家访", answer_to="li"), act("step", "s", task="t", step="done"))
    assert own.answers_for("li") == ()


ACTS = (
    act("write", "w1", "li", 1, text="她第一次来电", name="李"),
    act("write", "w2", "wang", 1, text="她又来电", name="王"),
    act("link", "l", "wang", 2, kind="referral", record="r"),
    act("involve", "i", "li", 2, name="祖母", relation="亲友", may_know="知道来电"),
    act("task", "t", "li", 3, words="家访", target="FVOL", due_at=START.isoformat()),
    act("step", "s1", "wang", 5, task="t", step="done", words="已访"),
    act("step", "s2", "li", 4, task="t", step="taken"),
    act("heed", "h", "li", 6, what="s1"),
    act("give", "g1", "li", 1, to="li"),
    act("give", "g2", "wang", 6, to="wang"),
    act("turn", "e1", "li", 7, why="recovered"),
    act("turn", "e2", "wang", 8, why=None, words="又来电"),
    act("undo", "u", "li", 0, what="w2"),
)


@given(st.permutations(ACTS), st.lists(st.sampled_from(ACTS), max_size=4))
def test_the_order_of_arrival_says_nothing(order: Sequence[Operation], again: list[Operation]) -> None:
    known = case(*order, *again)
    assert known == case(*ACTS)
    assert (known.counsellor, known.is_open, len(known.story)) == ("wang", True, 2)
    assert known.last_stepped["t"].step is Step.DONE


def told(call: str, level: str, *seen: str, after: float = 1) -> Operation:
    body: dict[str, Any] = {"call": call, "assessment": f"a-{call}", "level": level, "peak": level}
    return person_act("tell", f"t-{call}-{after}", after=after, seen=list(seen), **body)


def standing(*acts: Operation) -> Standing:
    (together,) = grouped([person(*acts)])
    return standing_of(together)


def test_the_level_comes_from_a_call_that_none_has_superseded() -> None:
    calls = meet("m1", "c1"), meet("m2", "c2", day=1), meet("m3", "c3", day=2)
    assert standing() == Standing()
    assert standing(*calls, told("c1", "R3"), told("c2", "R1")).call == "c1"
    lowered = standing(*calls, told("c1", "R3"), told("c2", "R1", "a-c1"))
    assert (lowered.level, lowered.call, lowered.at) == (Level.R1, "c2", START + timedelta(days=1))
    # The third came late from off line: it had not seen the second, and hides nothing of it.
    late = standing(*calls, told("c1", "R3"), told("c2", "R4"), told("c3", "R1", "a-c1"))
    assert (late.level, late.call) == (Level.R4, "c2")


def test_who_called_for_somebody_else_has_no_level_of_that() -> None:
    assert standing(meet("m", "c1", Part.CALLER), told("c1", "R4")) == Standing()
    assert standing(meet("m", "c1", Part.SUBJECT), told("c1", "R4")).level is Level.R4


def test_an_assessment_that_is_not_finished_says_nothing() -> None:
    assert standing(meet("m", "c1"), told("c1", "")) == Standing()
