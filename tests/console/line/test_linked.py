"""What the operator is told of the line, lastingly."""

from datetime import UTC, datetime

import pytest

from console.line import port
from console.line.linked import Linked
from console.presenters.bars import problem_sentence
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


def test_what_is_wrong_with_the_gateway_stands_until_it_says_otherwise() -> None:
    problems = Problems(ManualClock())
    linked = Linked(problems, ManualClock())

    def standing() -> set[str]:
        return {one.code for one in problems.store.value}

    linked.troubled(("recordings_full", "gateway_disk", "of_a_newer_gateway"))
    assert standing() == {"recordings_full", "gateway_disk"}
    for one in problems.store.value:
        assert problem_sentence(one.code, **one.params)
    linked.troubled(("gateway_disk",))
    assert standing() == {"gateway_disk"}
    # A gateway that is reached anew says again what is wrong, or nothing where nothing is.
    linked.gateway(port.Connected("zhang", "1001", "", practice=False))
    assert standing() == set()
