from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from models.operation import Operation, Outcome
from models.risk.assessment import Assessment
from models.risk.level import Level, highest
from models.risk.quick_screen import AskState, Item
from models.risk.reduce import reduce
from models.risk.trail import Dial, Phase

NOW = datetime(2026, 1, 1, tzinfo=UTC)


def act(kind: str, n: int, **content: object) -> Operation:
    body = {"note": "note", "call": "call", "site": "beijing", "n": n, **content}
    return Operation(f"op{n}", kind, "risk", "zhang", NOW, body)


def after(*operations: Operation) -> Assessment:
    assessment: Assessment | None = None
    for operation in operations:
        reduced = reduce(assessment, operation, 0)
        assert reduced.outcome is Outcome.APPLIED
        assessment = reduced.entity
    assert assessment
    return assessment


def test_level_and_peak_stay_when_an_answer_that_alerted_is_corrected() -> None:
    said = after(
        act("risk.answer", 1, item="plan_72h", state="yes"),
        act("risk.answer", 2, item="plan_72h", state="no"),
    )
    assert said.level is Level.R4
    assert said.peak is Level.R4
    assert said.verdict.level is None


def test_the_own_level_raises_and_never_lowers() -> None:
    raised = after(act("risk.answer", 1, item="ideation_2w", state="yes"), act("risk.judge", 2, level="R3"))
    assert raised.level is Level.R3
    lowered = after(act("risk.answer", 1, item="ideation_2w", state="yes"), act("risk.judge", 2, level="R0"))
    assert lowered.level is Level.R2


def test_a_rating_is_kept_by_phase_and_its_latest_value_counts() -> None:
    rated = after(
        act("risk.rate", 1, dial="hope", phase="before", value=8),
        act("risk.rate", 2, dial="hope", phase="after", value=20),
        act("risk.rate", 3, dial="hope", phase="after", value=21),
    )
    assert rated.rating(Dial.HOPE, Phase.BEFORE) == 8
    assert rated.rating(Dial.HOPE, Phase.AFTER) == 21
    assert rated.rating(Dial.DISTRESS, Phase.BEFORE) is None


def test_a_rating_outside_the_scale_is_rejected() -> None:
    assert (
        reduce(None, act("risk.rate", 1, dial="hope", phase="before", value=101), 0).outcome
        is Outcome.REJECTED
    )


_answers = st.lists(st.tuples(st.sampled_from(Item), st.sampled_from(AskState)), min_size=1, max_size=8)


@given(_answers, st.data())
def test_the_order_of_arrival_does_not_matter(
    answers: list[tuple[Item, AskState]], data: st.DataObject
) -> None:
    acts = [act("risk.answer", n, item=item, state=state) for n, (item, state) in enumerate(answers, 1)]
    assert after(*acts) == after(*data.draw(st.permutations(acts)), *acts[:2])


@given(_answers)
def test_the_peak_is_never_below_what_stands(answers: list[tuple[Item, AskState]]) -> None:
    acts = [act("risk.answer", n, item=item, state=state) for n, (item, state) in enumerate(answers, 1)]
    said = after(*acts)
    assert highest(said.peak, said.level) is said.peak
