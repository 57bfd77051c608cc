"""A score raises and never lowers, nobody lowers alone, what comes late hides nothing."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.operation import Operation, Outcome
from models.risk.assessment import Assessment
from models.risk.level import Level, highest
from models.risk.quick_screen import LEVEL_ITEMS, AskState, Item
from models.risk.reduce import reduce
from models.risk.standing import NOTE, OWN, Cause

NOW = datetime(2026, 1, 1, tzinfo=UTC)
AUTHOR, LEAD = "zhang", "li"


def act(
    kind: str, n: int, second: float | None = None, actor: str = AUTHOR, /, **content: object
) -> Operation:
    """Entry `n`; a minute after the one before it unless its second is said."""
    at = NOW + timedelta(seconds=60 * n if second is None else second)
    body = {"note": "note", "call": "call", "site": "beijing", "n": n, **content}
    return Operation(f"op{n:03}", kind, "risk", actor, at, body)


def answer(n: int, item: str, state: str = "yes", second: float | None = None) -> Operation:
    return act("risk.answer", n, second, item=item, state=state)


def lower(n: int, upto: int, stood: str, to: str, actor: str = AUTHOR) -> Operation:
    return act("risk.lower", n, None, actor, upto=upto, stood=stood, to=to, reason="说清楚了")


def agree(n: int, lowering: int, actor: str = LEAD, agrees: bool = True) -> Operation:
    return act("risk.second", n, None, actor, lowering=f"op{lowering:03}", agrees=agrees)


def after(*operations: Operation) -> Assessment:
    assessment: Assessment | None = None
    for operation in operations:
        reduced = reduce(assessment, operation, 0)
        assert reduced.outcome is Outcome.APPLIED
        assessment = reduced.entity
    assert assessment
    return assessment


def complete(state: str = "no") -> list[Operation]:
    return [answer(n, item, state) for n, item in enumerate(LEVEL_ITEMS, 1)]


def test_none_is_said_only_when_all_was_asked_and_answered_no() -> None:
    assert after(*complete()).level is Level.R0
    for left_out in range(len(LEVEL_ITEMS)):
        acts = complete()
        del acts[left_out]
        assert after(*acts).level is None


@pytest.mark.parametrize("state", ["not_asked", "refused", "unclear"])
def test_what_is_open_is_never_a_no(state: str) -> None:
    said = after(*complete()[1:], answer(9, LEVEL_ITEMS[0], state))
    assert said.level is None
    assert said.standing.open_items == (Cause("quick_screen", LEVEL_ITEMS[0]),)
    # Nor by the operator's own word.
    assert after(*complete()[1:], act("risk.judge", 9, level="R0")).level is None


@pytest.mark.parametrize("item", list(Item))
@pytest.mark.parametrize("state", ["no", "refused", "unclear", "not_asked"])
def test_while_there_is_no_level_nothing_is_named_as_its_cause(item: Item, state: str) -> None:
    said = after(answer(1, item, state))
    assert (said.level, said.standing.cause) == (None, None)


def test_a_slip_below_r3_that_is_mended_at_once_leaves_no_level() -> None:
    said = after(answer(1, "ideation_2w", second=0), answer(2, "ideation_2w", "no", second=20))
    assert (said.level, said.peak) == (None, None)
    late = after(answer(1, "ideation_2w", second=0), answer(2, "ideation_2w", "no", second=20.001))
    assert (late.level, late.peak) == (Level.R2, Level.R2)


def test_a_slip_that_alerted_a_lead_is_no_slip() -> None:
    said = after(answer(1, "plan_72h", second=0), answer(2, "plan_72h", "no", second=1))
    assert (said.level, said.peak) == (Level.R4, Level.R4)


def test_a_clock_that_went_back_frees_nothing() -> None:
    said = after(answer(1, "ideation_2w", second=100), answer(2, "ideation_2w", "no", second=90))
    assert said.level is Level.R2


def test_the_highest_of_all_instruments_stands_and_says_why() -> None:
    cssrs = {"instrument": "cssrs", "version": 1, "value": "yes"}
    score = {
        "instrument": "elements12",
        "version": 1,
        "weights": "w1",
        "points": 9,
        "band": "high",
        "level": "R3",
    }
    said = after(answer(1, "ideation_2w"), act("risk.respond", 2, item="q1", **cssrs))
    assert (said.level, said.standing.cause) == (Level.R2, Cause("quick_screen", "ideation_2w"))
    said = after(answer(1, "ideation_2w"), act("risk.respond", 2, item="q4", **cssrs))
    assert (said.level, said.standing.cause) == (Level.R3, Cause("cssrs", "q4"))
    said = after(answer(1, "ideation_2w"), act("risk.score", 2, **score))
    assert (said.level, said.standing.cause) == (Level.R3, Cause("elements12", "high"))
    said = after(answer(1, "ideation_2w"), act("risk.judge", 2, level="R4"))
    assert (said.level, said.standing.cause) == (Level.R4, Cause(OWN, ""))
    assert (said.standing.own, said.standing.computed) == (Level.R4, Level.R2)


def test_what_the_note_says_is_nobody_s_own_level() -> None:
    """The reason under the level names what decided, and the operator's own level stays what it was."""
    imminent = act("risk.judge", 3, level="R4", ground="imminent")
    said = after(answer(1, "ideation_2w"), act("risk.judge", 2, level="R2"), imminent)
    assert (said.level, said.standing.cause) == (Level.R4, Cause(NOTE, "imminent"))
    assert (said.own_level, said.standing.own, said.standing.computed) == (Level.R2, Level.R2, Level.R4)
    # A level of one's own, given at once, mends nothing of it.
    assert after(imminent, act("risk.judge", 4, 181, level="R3")).level is Level.R4


def test_it_gives_no_other_level() -> None:
    reduced = reduce(None, act("risk.judge", 1, level="R2", ground="imminent"), 0)
    assert (reduced.outcome, reduced.why) == (Outcome.REJECTED, "value")


def test_an_instrument_that_was_begun_is_open_until_it_is_finished() -> None:
    cssrs = {"instrument": "cssrs", "version": 1, "value": "no"}
    begun = [
        *complete(),
        *(act("risk.respond", n, item=item, **cssrs) for n, item in enumerate(("q1", "q2"), 10)),
    ]
    assert after(*begun).level is None
    assert after(*begun, act("risk.respond", 20, item="q6_ever", **cssrs)).level is Level.R0


@pytest.mark.parametrize(
    "wrong",
    [
        act("risk.respond", 1, instrument="cssrs", version=1, item="q7", value="yes"),
        act("risk.respond", 1, instrument="cssrs", version=1, item="q1", value="perhaps"),
        act(
            "risk.score",
            1,
            instrument="elements12",
            version=1,
            weights="w",
            points=9,
            band="high",
            level="R1",
        ),
        act(
            "risk.score",
            1,
            instrument="elements12",
            version=1,
            weights="w",
            points=17,
            band="high",
            level="R3",
        ),
        act("risk.score", 1, instrument="phq9", version=1, weights="", points=27, band="severe", level="R4"),
        act("risk.unknown", 1),
    ],
)
def test_what_no_instrument_says_is_rejected(wrong: Operation) -> None:
    assert reduce(None, wrong, 0).outcome is Outcome.REJECTED


def test_a_lowering_gives_its_reason() -> None:
    wish = act("risk.lower", 2, upto=1, stood="R3", to="R1", reason="  ")
    reduced = reduce(after(answer(1, "plan_week")), wish, 0)
    assert (reduced.outcome, reduced.why) == (Outcome.REJECTED, "reason")


def test_what_others_do_begins_no_assessment() -> None:
    for one in (lower(1, 0, "R3", "R1", actor=LEAD), agree(1, 2)):
        assert reduce(None, one, 0).outcome is Outcome.HELD


def test_a_lowering_counts_once_a_second_person_agrees() -> None:
    said = [answer(1, "plan_week"), lower(2, 1, "R3", "R1")]
    waiting = after(*said)
    assert waiting.level is Level.R3
    assert waiting.standing.waiting is not None
    assert after(*said, agree(3, 2, actor=AUTHOR)).level is Level.R3
    assert after(*said, agree(3, 2, agrees=False)).level is Level.R3
    assert after(*said, agree(3, 2, agrees=False)).standing.waiting is None
    lowered = after(*said, agree(3, 2))
    assert (lowered.level, lowered.peak, lowered.standing.waiting) == (Level.R1, Level.R3, None)


def test_what_is_said_after_a_lowering_raises_again() -> None:
    said = [answer(1, "plan_week"), lower(2, 1, "R3", "R1"), agree(3, 2)]
    assert after(*said, answer(4, "ideation_2w")).level is Level.R2
    assert after(*said, answer(4, "acting")).level is Level.R4
    assert after(*said, answer(4, "plan", "no")).level is Level.R1


def test_a_lowering_that_did_not_see_a_higher_level_is_worth_nothing() -> None:
    late = answer(1, "acting")
    seen = [answer(2, "plan_week"), lower(3, 2, "R3", "R0"), agree(4, 3)]
    assert after(*seen).level is Level.R0
    assert after(*seen, late).level is Level.R4


def test_one_lowering_follows_another() -> None:
    first = [answer(1, "acting"), lower(2, 1, "R4", "R3"), agree(3, 2)]
    assert after(*first, lower(4, 3, "R3", "R1"), agree(5, 4)).level is Level.R1
    # The second one names what stood before the first: it saw more than there was, and counts too.
    assert after(*first, lower(4, 3, "R4", "R2"), agree(5, 4)).level is Level.R2


_entries = st.lists(
    st.tuples(st.sampled_from(Item), st.sampled_from(AskState), st.sampled_from([1, 30])),
    min_size=1,
    max_size=8,
)


@given(_entries, st.data())
def test_no_order_and_no_repetition_matters(
    entries: list[tuple[Item, AskState, int]], data: st.DataObject
) -> None:
    acts, second = [], 0
    for n, (item, state, pause) in enumerate(entries, 1):
        second += pause
        acts.append(answer(n, item, state, second))
    acts += [lower(50, len(entries), "R3", "R1"), agree(51, 50)]
    known = after(*acts)
    again = after(acts[0], *data.draw(st.permutations(acts)), *acts[:2])
    assert (again, again.standing) == (known, known.standing)


@given(_entries)
def test_alone_nobody_gets_below_what_stood(entries: list[tuple[Item, AskState, int]]) -> None:
    """Whatever is answered, judged or wished by one person: the level only ever grows, slips aside."""
    level: Level | None = None
    acts: list[Operation] = []
    for n, (item, state, _) in enumerate(entries, 1):
        acts.append(answer(2 * n, item, state))
        acts.append(lower(2 * n + 1, 2 * n, "R4", "R0"))
        now = after(*acts, agree(99, 2 * n + 1, actor=AUTHOR)).level
        assert highest(now, level) is now or level is Level.R0
        level = now


def test_an_assessment_names_the_earlier_ones_it_has_seen() -> None:
    said = after(act("risk.see", 1, seen=["b", "a"]), act("risk.see", 2, seen=["a", "c"]))
    assert said.seen == ("a", "b", "c")
    assert replace(said, seen=()).level is None
