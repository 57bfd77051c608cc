import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.risk.case_level import Assessed, case_level
from models.risk.level import Level, highest


@pytest.mark.parametrize(
    ("assessments", "level"),
    [
        ([], None),
        ([Assessed("a", None)], None),
        ([Assessed("a", Level.R3), Assessed("b", Level.R1, ["a"])], Level.R1),
        # It came late from a workstation that was off line: it knew nothing of the first one.
        ([Assessed("a", Level.R3), Assessed("b", Level.R1)], Level.R3),
        ([Assessed("a", Level.R3), Assessed("b", None, ["a"])], Level.R3),
        (
            [Assessed("a", Level.R4), Assessed("b", Level.R2, ["a"]), Assessed("c", Level.R1, ["a", "b"])],
            Level.R1,
        ),
        ([Assessed("a", Level.R2), Assessed("b", Level.R1, ["a"]), Assessed("c", Level.R3, ["a"])], Level.R3),
        ([Assessed("a", Level.R3, ["a"])], Level.R3),
        ([Assessed("a", Level.R3, ["b"]), Assessed("b", Level.R1, ["a"])], Level.R3),
    ],
)
def test_what_nobody_has_seen_since_still_counts(assessments: list[Assessed], level: Level | None) -> None:
    assert case_level(assessments) is level
    assert case_level(assessments[::-1]) is level


@given(st.lists(st.tuples(st.sampled_from([None, *Level]), st.sets(st.integers(0, 5))), max_size=6))
def test_one_that_saw_nothing_can_only_raise(known: list[tuple[Level | None, set[int]]]) -> None:
    before = [
        Assessed(str(n), level, [str(one) for one in seen if one < n])
        for n, (level, seen) in enumerate(known)
    ]
    for late in Level:
        after = case_level([*before, Assessed("late", late)])
        assert after is highest(case_level(before), late)
