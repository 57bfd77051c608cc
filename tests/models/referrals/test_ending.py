from itertools import permutations

import pytest

from models.operation import Operation, Outcome
from models.referrals.reduce import reduce
from models.referrals.referral import Referral, Step
from tests.models.referrals.rescues import act, opened


def after(referral: Referral, *acts: Operation) -> Referral:
    for one in acts:
        reduced = reduce(referral, one, 0)
        assert reduced.entity
        referral = reduced.entity
    return referral


CLOSE = act("close", "advance", "zhang", step="closed", detail="打错了")
AGREE = act("yes", "second", "wang", closing="close", agrees=True)


@pytest.mark.parametrize("kind", ["F110", "F119", "F120"])
def test_nobody_ends_a_rescue_alone_without_safety(kind: str) -> None:
    waiting = after(opened(kind), act("call", "advance", "zhang", step="called"), CLOSE)
    assert (waiting.is_open, waiting.state) == (True, Step.CALLED)
    assert waiting.waiting is not None
    assert waiting.waiting.detail == "打错了"
    ended = after(waiting, AGREE)
    assert (ended.is_open, ended.state, ended.waiting) == (False, Step.CLOSED, None)


def test_nobody_is_their_own_second_person() -> None:
    own = act("yes", "second", "zhang", closing="close", agrees=True)
    reduced = reduce(after(opened(), CLOSE), own, 0)
    assert (reduced.outcome, reduced.why) == (Outcome.REJECTED, "same_person")
    # Told before the wish it is kept, and still counts for nothing.
    assert after(opened(), own, CLOSE).is_open


def test_who_does_not_agree_leaves_the_rescue_open_and_the_next_wish_waits_anew() -> None:
    refused = after(opened(), CLOSE, act("no", "second", "wang", closing="close", agrees=False))
    assert refused.is_open
    assert refused.waiting is None
    again = after(refused, act("close2", "advance", "zhang", step="closed", detail="已由家人接回"))
    assert again.waiting is not None
    assert again.waiting.op == "close2"
    assert not after(again, act("yes2", "second", "wang", closing="close2", agrees=True)).is_open


def test_safety_needs_one_person_and_comes_before_any_wish_to_end() -> None:
    safe = act("safe", "advance", "zhang", step="safe", detail="民警确认")
    assert after(opened(), safe).state is Step.SAFE
    assert after(opened(), CLOSE, safe).state is Step.SAFE


def test_any_other_referral_is_ended_by_one_person() -> None:
    assert after(opened("FLINE"), CLOSE).state is Step.CLOSED
    assert after(opened("FLINE"), CLOSE).waiting is None


def test_the_order_of_arrival_does_not_matter() -> None:
    for acts in permutations((CLOSE, AGREE, AGREE)):
        ended = after(opened(), *acts)
        assert ended.state is Step.CLOSED
        assert len(ended.seconds) == 1
