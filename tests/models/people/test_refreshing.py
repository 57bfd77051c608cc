from hypothesis import given
from hypothesis import strategies as st

from models.people.refreshing import REPEAT_SECONDS, Family, Verdict, judge

FAMILY = Family(generation=3, former="second", rotated_at=1000.0)


def test_the_newest_rotates_and_its_former_repeats_for_a_minute() -> None:
    assert judge(FAMILY, "third", 3, 999_999.0) is Verdict.ROTATE
    assert judge(FAMILY, "second", 2, 1000.0 + REPEAT_SECONDS) is Verdict.REPEAT
    assert judge(FAMILY, "second", 2, 1000.1 + REPEAT_SECONDS) is Verdict.REUSED
    assert judge(FAMILY, "second", 2, 999.0) is Verdict.REUSED
    assert judge(FAMILY, "first", 1, 1000.0) is Verdict.REUSED
    assert judge(FAMILY, "another of the second", 2, 1000.0) is Verdict.REUSED


@given(st.lists(st.integers(0, 200), max_size=12))
def test_a_copy_and_its_owner_never_both_go_on(gaps: list[int]) -> None:
    """Whoever alternates with a copy of a token is found out at the latest at the second use."""
    now, family = 0.0, Family(1, "", 0.0)
    owner = thief = ("t1", 1)
    for turn, gap in enumerate(gaps):
        now += gap
        token, generation = owner if turn % 2 == 0 else thief
        verdict = judge(family, token, generation, now)
        if verdict is Verdict.REUSED:
            return
        if verdict is Verdict.ROTATE:
            family = Family(generation + 1, token, now)
        fresh = (f"t{turn}", family.generation)
        owner, thief = (fresh, thief) if turn % 2 == 0 else (owner, fresh)
    assert len(gaps) <= 3
