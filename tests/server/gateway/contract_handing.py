"""What every adapter of the exchange port must do with a conversation that is left or given away."""

from models.calls.call import CallState
from models.calls.events import CallEnd, Ended, Held, Left, Released
from tests.server.gateway.played import Played
from tests.server.gateway.stage import Stage


async def left(stage: Stage) -> str:
    """A call in which caller and third party go on without the operator; its id."""
    call = await stage.talking()
    await stage.joined(call)
    await stage.exchange.handing.leave(call)
    await stage.ears.until(Released, lambda one: one.on)
    return call


class HandingContract(Played):
    """Leaving and coming back, keypad tones."""

    def test_the_operator_leaves_and_the_others_go_on(self) -> None:
        async def story(stage: Stage) -> None:
            call = await left(stage)
            await self.settled(stage, call, CallState.RELEASED)
            await self.refuses("not_now", stage.exchange.handing.leave(call))
            await self.refuses("not_now", stage.exchange.hold(call))
            await stage.party_leaves()
            assert (await stage.ears.until(Ended)).end is CallEnd.TRANSFERRED
            await stage.picture_shows(lambda one: one.calls == ())

        self.play(story)

    def test_nobody_is_left_alone(self) -> None:
        async def story(stage: Stage) -> None:
            call = await stage.talking()
            await self.refuses("not_now", stage.exchange.handing.leave(call))
            await stage.inviting(call)
            await self.refuses("not_now", stage.exchange.handing.leave(call))
            await self.settled(stage, call, CallState.TALKING)

        self.play(story)

    def test_a_held_caller_is_given_to_the_others(self) -> None:
        async def story(stage: Stage) -> None:
            call = await stage.talking()
            await stage.joined(call)
            await stage.exchange.hold(call)
            await stage.ears.until(Held)
            await stage.exchange.handing.leave(call)
            await stage.ears.until(Released, lambda one: one.on)
            shown = await stage.picture_shows(lambda one: one.calls[0].state is CallState.RELEASED)
            assert shown.calls[0].held
            assert not shown.calls[0].held.on

        self.play(story)

    def test_the_operator_comes_back_and_the_third_party_goes(self) -> None:
        async def story(stage: Stage) -> None:
            call = await left(stage)
            await stage.exchange.handing.come_back(call, stage.seat)
            await stage.ears.until(Released, lambda one: not one.on)
            await self.settled(stage, call, CallState.TALKING)
            await stage.exchange.handing.come_back(call, stage.seat)
            await stage.party_leaves()
            await stage.ears.until(Left)
            await self.settled(stage, call, CallState.TALKING)
            await stage.exchange.hold(call)
            await self.settled(stage, call, CallState.HELD)
            await stage.exchange.resume(call)
            await self.settled(stage, call, CallState.TALKING)
            await stage.exchange.hang_up(call)
            assert (await stage.ears.until(Ended)).end is CallEnd.OPERATOR_ENDED

        self.play(story)

    def test_who_left_can_end_the_call_and_let_the_third_party_go(self) -> None:
        async def story(stage: Stage) -> None:
            call = await left(stage)
            await stage.exchange.hang_up(call)
            assert (await stage.ears.until(Ended)).end is CallEnd.OPERATOR_ENDED

        self.play(story)

    def test_a_call_that_was_left_is_found_by_a_new_connection(self) -> None:
        async def story(stage: Stage) -> None:
            call = await left(stage)
            await stage.line_breaks()
            await stage.line_returns()
            picture = await stage.picture_shows(lambda one: not one.problem)
            assert [(one.id, one.state, one.holder) for one in picture.calls] == [
                (call, CallState.RELEASED, stage.seat)
            ]
            await stage.exchange.handing.come_back(call, stage.seat)
            await self.settled(stage, call, CallState.TALKING)

        self.play(story)

    def test_keys_are_heard_by_the_third_party(self) -> None:
        async def story(stage: Stage) -> None:
            call = await stage.talking()
            await stage.joined(call)
            await stage.exchange.press(call, "1*9#")
            await stage.party_heard("1*9#")

        self.play(story)
