from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.cases.closing import (
    TAKEN_ON,
    Facts,
    RecordState,
    Way,
    closing_state,
    record_state,
)
from models.notes.note import NoteState
from models.referrals.referral import Step
from models.risk.level import Level

LEVELS: tuple[Level | None, ...] = (None, *Level)
REFERRALS = (frozenset[Step](), *(frozenset({step}) for step in Step))
COMBINED = tuple(product(LEVELS, REFERRALS, (False, True), (False, True), (False, True)))


def test_every_combination_is_closed_by_one_whole_way_and_by_nothing_less() -> None:
    """Level x state of the referral x plan x follow-up x signed reason: all of them."""
    assert len(COMBINED) == 6 * 12 * 8
    for peak, referrals, plan, followup, signed in COMBINED:
        closing = closing_state(peak, Facts(referrals, plan, followup, signed))
        asked = peak in (Level.R3, Level.R4)
        taken_on = bool(referrals & {Step.ACCEPTED, Step.ARRIVED, Step.SAFE})
        assert closing.asked is asked
        assert closing.closed is (not asked or taken_on or (plan and followup) or signed)


@pytest.mark.parametrize(
    ("plan", "followup", "missing"),
    [
        (False, False, (Way.REFERRAL, Way.PLAN, Way.FOLLOW_UP, Way.REASON)),
        (True, False, (Way.REFERRAL, Way.FOLLOW_UP, Way.REASON)),
        (False, True, (Way.REFERRAL, Way.PLAN, Way.REASON)),
    ],
)
def test_it_says_what_is_missing_for_each_way(plan: bool, followup: bool, missing: tuple[Way, ...]) -> None:
    assert closing_state(Level.R3, Facts(plan=plan, followup=followup)).missing == missing


def test_one_referral_that_was_taken_on_is_enough_beside_any_others() -> None:
    for other in Step:
        assert closing_state(Level.R4, Facts(frozenset({other, Step.ACCEPTED}))).closed
    refused = frozenset(set(Step) - TAKEN_ON)
    assert not closing_state(Level.R4, Facts(refused)).closed


def test_open_danger_stands_before_everything_else_in_a_list() -> None:
    for peak, state, incomplete in product(LEVELS, NoteState, (False, True)):
        shown = record_state(closing_state(peak, Facts()), state, incomplete=incomplete)
        if peak in (Level.R3, Level.R4):
            assert shown is RecordState.UNCLOSED
        elif state is NoteState.DRAFT:
            assert shown is RecordState.DRAFT
        else:
            assert shown is (RecordState.INCOMPLETE if incomplete else RecordState.COMPLETE)


@given(
    st.sampled_from(LEVELS),
    st.frozensets(st.sampled_from(list(Step))),
    st.booleans(),
    st.booleans(),
    st.booleans(),
)
def test_no_further_deed_opens_a_closed_record_again(
    peak: Level | None, referrals: frozenset[Step], plan: bool, followup: bool, signed: bool
) -> None:
    before = closing_state(peak, Facts(referrals, plan, followup, signed))
    for step in Step:
        more = closing_state(peak, Facts(referrals | {step}, True, followup, signed))
        assert more.closed >= before.closed
