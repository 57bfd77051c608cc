"""Calls from a seat, over both lines."""

from models.calls.call import CallState
from models.calls.events import Direction
from models.ids import new_id
from tests.console.line.stages import Stage
from tests.console.line.test_contract import Play, play, state

__all__ = ["play"]


def test_a_call_goes_out_once_and_is_given_up(play: Play) -> None:
    async def story(here: Stage) -> None:
        async with here.working():
            call, about = new_id(), "b" * 32
            for _ in range(2):
                assert (await here.line.outgoing.dial_out(call, "13800000009", "回电", about)).ok
            await here.ears.until(lambda: state(here, call) is CallState.DIALLING)
            known = here.ears.calls[call]
            assert (known.direction, known.number, known.about) == (Direction.OUT, "13800000009", about)
            other = await here.line.outgoing.dial_out(new_id(), "13800000009", "", "")
            assert other.why == "not_now"
            assert not (await here.line.hold(call)).ok
            assert (await here.line.hang_up(call)).ok
            await here.ears.until(lambda: state(here, call) is CallState.ENDED)
            assert here.ears.calls[call].cause == "cancelled"

    play(story)
