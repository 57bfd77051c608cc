"""The trail as it is shown: complete, in order, whatever clocks and networks did."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from models.operation import Operation
from models.risk.assessment import Assessment
from models.risk.level import Level
from models.risk.quick_screen import AskState, Item
from models.risk.reduce import reduce
from models.risk.story import Step, story, value_of
from models.risk.trail import Answer, Lowering, Rating, Second

NOW = datetime(2026, 1, 1, tzinfo=UTC)


def act(kind: str, n: int, second: int, actor: str = "zhang", **content: object) -> Operation:
    body = {"note": "note", "call": "call", "site": "beijing", "n": n, **content}
    return Operation(f"op{n:03}", kind, "risk", actor, NOW + timedelta(seconds=second), body)


def answer(n: int, item: str, state: str, second: int) -> Operation:
    return act("risk.answer", n, second, item=item, state=state)


def after(operations: Sequence[Operation]) -> Assessment:
    assessment: Assessment | None = None
    for operation in operations:
        assessment = reduce(assessment, operation, 0).entity
    assert assessment
    return assessment


def told(assessment: Assessment) -> list[tuple[str, str, str, Level | None]]:
    return [(one.who, value_of(one.entry), one.before, one.level) for one in story(assessment)]


LOWERED = [
    answer(1, "plan_week", "yes", 0),
    act("risk.rate", 2, 10, dial="hope", phase="before", value=8),
    answer(3, "plan_week", "no", 60),
    act("risk.lower", 90, 70, upto=3, stood="R3", to="R1", reason="听错了"),
    act("risk.second", 91, 80, "wang", lowering="op090", agrees=True),
    answer(4, "ideation_2w", "yes", 200),
]


def test_who_said_what_with_what_it_said_before_and_the_level_that_stood() -> None:
    assert told(after(LOWERED)) == [
        ("zhang", "yes", "", Level.R3),
        ("zhang", "8", "", Level.R3),
        ("zhang", "no", "yes", Level.R3),
        ("zhang", "R1", "", Level.R3),
        ("wang", "agrees", "", Level.R1),
        ("zhang", "yes", "", Level.R2),
    ]


def test_a_slip_is_told_and_marked() -> None:
    said = story(after([answer(1, "ideation_2w", "yes", 0), answer(2, "ideation_2w", "no", 15)]))
    assert [(one.mended, value_of(one.entry), one.before) for one in said] == [
        (True, "yes", ""),
        (False, "no", "yes"),
    ]


def test_a_clock_that_went_back_changes_no_order() -> None:
    said = story(after([answer(1, "plan", "yes", 100), answer(2, "means", "yes", 40)]))
    assert [one.entry.op for one in said] == ["op001", "op002"]
    wished = act("risk.lower", 90, 5, upto=2, stood="R3", to="R1", reason="x")
    word = act("risk.second", 91, 1, "wang", lowering="op090", agrees=False)
    whole = story(after([answer(1, "plan", "yes", 100), answer(2, "means", "yes", 40), wished, word]))
    assert [type(one.entry) for one in whole] == [Answer, Answer, Lowering, Second]


_entries = st.lists(
    st.tuples(st.sampled_from(Item), st.sampled_from(AskState), st.integers(-30, 90)), min_size=1, max_size=7
)


@given(_entries, st.data())
def test_every_entry_is_told_once_in_whatever_order_it_arrived(
    entries: list[tuple[Item, AskState, int]], data: st.DataObject
) -> None:
    acts, second = [], 0
    for n, (item, state, pause) in enumerate(entries, 1):
        second += pause
        acts.append(answer(n, item, state, second))
    acts.append(act("risk.rate", len(acts) + 1, second, dial="hope", phase="after", value=50))
    acts.append(act("risk.lower", 90, second, upto=len(entries), stood="R4", to="R0", reason="x"))
    acts.append(act("risk.second", 91, second, "wang", lowering="op090", agrees=True))
    assessment = after(acts)
    steps = story(assessment)
    assert sorted(one.entry.op for one in steps) == sorted(one.op for one in acts)
    own = [one.entry.n for one in steps if isinstance(one.entry, (Answer, Rating))]
    assert own == sorted(own)
    assert steps[-1].level == assessment.level
    assert _told_again(steps) == _told_again(story(after(data.draw(st.permutations(acts[:-2])) + acts[-2:])))


def _told_again(steps: tuple[Step, ...]) -> list[str]:
    return [one.entry.op for one in steps]
