from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from models.operation import Operation, Outcome
from models.risk.planning import PUT, reduce
from models.risk.safety_plan import PlanStep, SafetyPlan, in_force

NOW = datetime(2026, 1, 1, tzinfo=UTC)


def put(  # one act as a workstation writes it
    name: str, text: str, *on: str, step: str = "signs", at: int = 0, by: str = "zhang", kept: bool = False
) -> Operation:
    body = {"note": "n", "call": "c", "site": "beijing", "version": 1}
    body |= {"step": step, "text": text, "on": list(on), "kept": kept}
    return Operation(name, PUT, "n", by, NOW + timedelta(seconds=at), body)


def after(acts: Sequence[Operation], plan: SafetyPlan | None = None) -> SafetyPlan:
    for act in acts:
        reduced = reduce(plan, act, 0)
        assert reduced.outcome is Outcome.APPLIED
        plan = reduced.entity
    assert plan
    return plan


def test_what_is_typed_on_takes_the_place_of_what_was_there() -> None:
    plan = after([put("a", "睡不"), put("b", "睡不着", "a", at=1)])
    assert plan.text(PlanStep.SIGNS) == "睡不着"
    assert [one.op for one in plan.words] == ["b"]


def test_a_wording_that_is_kept_stays_in_the_trail() -> None:
    plan = after([put("a", "睡不着", kept=True), put("b", "", "a", at=9)])
    assert plan.text(PlanStep.SIGNS) == ""
    assert [(one.op, one.text) for one in plan.words] == [("a", "睡不着"), ("b", "")]


def test_two_writers_do_not_overwrite_each_other() -> None:
    plan = after(
        [put("a", "听歌", kept=True), put("b", "听歌、散步", "a", at=1), put("c", "打电话", "a", at=2)]
    )
    assert plan.text(PlanStep.SIGNS) == "听歌、散步\n打电话"
    assert [one.op for one in plan.standing(PlanStep.SIGNS)] == ["b", "c"]
    settled = after([put("d", "听歌、散步、打电话", "b", "c", at=3)], plan)
    assert settled.text(PlanStep.SIGNS) == "听歌、散步、打电话"


def test_a_colleague_never_removes_a_wording_of_somebody_else_from_the_trail() -> None:
    plan = after([put("a", "听歌"), put("b", "", "a", at=1, by="wang")])
    assert plan.text(PlanStep.SIGNS) == ""
    assert [one.text for one in plan.words] == ["听歌", ""]


def test_it_is_whole_once_each_step_has_words() -> None:
    acts = [put(step, "话", step=step) for step in PlanStep]
    assert not after(acts[:-1]).is_whole
    assert after(acts).is_whole
    assert list(after(acts[::-1]).texts) == list(PlanStep)
    assert not after([*acts, put("x", "  ", "own", step="own", at=5)]).is_whole


def test_an_act_of_another_kind_is_none() -> None:
    other = Operation("o", "safety_plan.drop", "n", "zhang", NOW, {})
    assert reduce(None, other, 0).outcome is Outcome.REJECTED


@given(st.data())
def test_in_whatever_order_acts_come_the_same_words_stand_and_none_that_is_kept_is_lost(
    data: st.DataObject,
) -> None:
    acts: list[Operation] = []
    for n in range(data.draw(st.integers(1, 7))):
        seen = data.draw(st.sets(st.integers(0, n - 1), max_size=2)) if acts else set()
        writer, kept = data.draw(st.sampled_from(["zhang", "wang"])), data.draw(st.booleans())
        acts.append(put(f"{n}", f"字{n}", *(f"{one}" for one in sorted(seen)), at=n, by=writer, kept=kept))
    plan = after(acts)
    shuffled = data.draw(st.permutations(acts))
    other = after([*shuffled, *shuffled])
    assert other.text(PlanStep.SIGNS) == plan.text(PlanStep.SIGNS)
    assert other.standing(PlanStep.SIGNS)
    kept_ones = {act.op for act in acts if act.body["kept"]}
    assert kept_ones <= {one.op for one in other.words}
    named = {name for act in acts for name in act.body["on"]}
    assert {act.body["text"] for act in acts if act.op not in named} <= set(
        other.text(PlanStep.SIGNS).split("\n")
    )


def test_the_plan_in_force_is_the_one_that_was_written_in_last_and_has_words() -> None:
    older = after([put("a", "睡不着", at=1)])
    newer = replace(after([put("b", "想到祖母", at=5)]), id="m")
    emptied = replace(after([put("c", "夜里", at=7), put("d", "", "c", at=9)]), id="o")
    assert in_force((newer, older, emptied)) == newer
    assert in_force((emptied,)) is None
