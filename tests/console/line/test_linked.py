"""What the operator is told of the line, lastingly."""

from datetime import UTC, datetime

import pytest

from console.line.linked import Linked
from console.runtime.problems import Problems
from models.calls.call import Call
from models.calls.events import CallEnd
from models.calls.quality import Grade, Quality
from models.clock import ManualClock

AT = datetime(2026, 1, 1, tzinfo=UTC)


def quality(grade: Grade) -> Quality:
    return Quality(grade, 1, 2, 3, AT, "q")


@pytest.mark.parametrize(("grade", "told"), [(Grade.GOOD, False), (Grade.POOR, False), (Grade.BAD, True)])
def test_a_call_that_can_hardly_be_heard_is_a_problem_while_it_lasts(grade: Grade, told: bool) -> None:
    problems = Problems(ManualClock())
    linked = Linked(problems, ManualClock())

    def stands() -> bool:
        return "hard_to_hear" in {one.code for one in problems.store.value}

    linked.see_calls((Call("c", answered_at=AT, quality=quality(grade)),))
    assert stands() is told
    over = Call("c", answered_at=AT, quality=quality(grade), ended_at=AT, end=CallEnd.NORMAL)
    linked.see_calls((over,))
    assert not stands()
