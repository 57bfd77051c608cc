"""What every adapter of the exchange port must do with a conversation that is left or given away."""

from models.calls.call import CallState
from models.calls.events import (
    CallEnd,
    Ended,
    HandedOver,
    Held,
    Invited,
    Joined,
    Left,
    Offered,
    PartyRang,
    Released,
    Withdrawn,
)
from models.calls.place import state_at
from models.ids import new_id
from server.gateway.exchange.port import ExchangePicture, LineChanged
from tests.server.gateway.played import Played
from tests.server.gateway.stage import Stage


async def left(stage: Stage) -> str:
    """A call in which caller and third party go on without the operator; its id."""
    call = await stage.talking()
    await stage.joined(call)
    await stage.exchange.handing.leave(call)
    await stage.ears.until(Released, lambda one: one.on)
    return call


async def asked(stage: Stage, call: str) -> str:
    """A colleague at whose seat the call rings; the id of the invitation."""
    party = new_id()
    await stage.exchange.handing.ask_colleague(call, party, stage.colleague, "练习员")
    await stage.ears.until(Offered, lambda one: one.seat == stage.colleague)
    return party


async def consulted(stage: Stage, call: str) -> str:
    """A colleague who takes part; the id of the invitation."""
    party = await asked(stage, call)
    await stage.exchange.answer(call, stage.colleague)
    await stage.ears.until(Joined, lambda one: one.party == party)
    return party


async def found_again(stage: Stage) -> ExchangePicture:
    """What the exchange shows to who lost it for a moment."""
    await stage.line_breaks()
    await stage.ears.until(LineChanged, lambda one: one.problem == "line_lost")
    await stage.line_returns()
    return await stage.picture_shows(lambda one: not one.problem)


class HandingContract(Played):
    """Leaving and coming back, keypad tones, colleagues, giving a caller away."""

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
            picture = await found_again(stage)
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

    def test_a_colleague_is_asked_while_the_caller_is_held_and_takes_over(self) -> None:
        async def story(stage: Stage) -> None:
            await stage.staffed(stage.colleague)
            call = await stage.talking()
            await stage.exchange.hold(call)
            await stage.ears.until(Held)
            party = await asked(stage, call)
            shown = await stage.call(call)
            assert shown
            assert state_at(shown, stage.colleague) is CallState.RINGING
            assert shown.parties[party].seat == stage.colleague
            await stage.exchange.answer(call, stage.colleague)
            await stage.ears.until(Joined)
            await self.settled(stage, call, CallState.HELD)
            await stage.exchange.resume(call)
            await self.settled(stage, call, CallState.TALKING)
            await stage.exchange.handing.leave(call)
            assert (await stage.ears.until(HandedOver)).seat == stage.colleague
            await self.settled(stage, call, CallState.TALKING)
            await stage.picture_shows(lambda one: one.calls[0].holder == stage.colleague)
            await stage.exchange.hold(call)
            await self.settled(stage, call, CallState.HELD)
            await stage.exchange.resume(call)
            await self.settled(stage, call, CallState.TALKING)
            await stage.exchange.hang_up(call)
            assert (await stage.ears.until(Ended)).end is CallEnd.OPERATOR_ENDED

        self.play(story)

    def test_a_colleague_who_is_let_go_rings_no_more(self) -> None:
        async def story(stage: Stage) -> None:
            await stage.staffed(stage.colleague)
            call = await stage.talking()
            party = await asked(stage, call)
            await stage.exchange.handing.ask_colleague(call, party, stage.colleague, "练习员")
            again = stage.exchange.handing.ask_colleague(call, new_id(), stage.colleague, "练习员")
            await self.refuses("not_now", again)
            await stage.exchange.drop(call, party)
            await stage.ears.until(Left)
            await stage.ears.until(Withdrawn, lambda one: one.seat == stage.colleague)
            await self.settled(stage, call, CallState.TALKING)
            await self.refuses("not_now", stage.exchange.answer(call, stage.colleague))

        self.play(story)

    def test_a_conversation_that_was_handed_over_is_found_by_a_new_connection(self) -> None:
        async def story(stage: Stage) -> None:
            await stage.staffed(stage.colleague)
            call = await stage.talking()
            await consulted(stage, call)
            await stage.exchange.handing.leave(call)
            await stage.ears.until(HandedOver)
            await stage.ears.until(Left)
            picture = await found_again(stage)
            assert [(one.id, one.state, one.holder) for one in picture.calls] == [
                (call, CallState.TALKING, stage.colleague)
            ]
            await stage.exchange.mute(call, True)

        self.play(story)

    def test_a_caller_is_given_to_a_colleague(self) -> None:
        async def story(stage: Stage) -> None:
            await stage.staffed(stage.colleague)
            call = await stage.talking()
            await stage.exchange.handing.transfer(call, "", stage.colleague, "练习员")
            await stage.ears.until(Released, lambda one: one.on)
            await stage.ears.until(Offered, lambda one: one.seat == stage.colleague)
            await self.settled(stage, call, CallState.RELEASED)
            await stage.exchange.answer(call, stage.colleague)
            await stage.ears.until(HandedOver)
            await self.settled(stage, call, CallState.TALKING)
            await stage.picture_shows(lambda one: one.calls[0].holder == stage.colleague)

        self.play(story)

    def test_a_caller_is_given_to_somebody_outside(self) -> None:
        async def story(stage: Stage) -> None:
            call = await stage.talking()
            await stage.exchange.handing.transfer(call, stage.party, "", "110")
            await stage.ears.until(PartyRang)
            await stage.party_answers()
            await stage.ears.until(Joined)
            await self.settled(stage, call, CallState.RELEASED)
            await stage.party_leaves()
            assert (await stage.ears.until(Ended)).end is CallEnd.TRANSFERRED
            picture = await stage.picture_shows(lambda one: one.calls == ())
            assert picture.queue.waiting == 0

        self.play(story)

    def test_a_caller_whom_nobody_takes_is_first_in_the_queue_again(self) -> None:
        async def story(stage: Stage) -> None:
            call = await stage.talking()
            await stage.exchange.set_ready(stage.seat, False, "wrap_up")
            await stage.exchange.handing.transfer(call, stage.party, "", "110")
            await stage.ears.until(PartyRang)
            await stage.party_refuses()
            assert (await stage.ears.until(Left)).cause == "busy"
            assert (await stage.ears.until(Ended)).end is CallEnd.TRANSFERRED
            picture = await stage.picture_shows(lambda one: one.queue.waiting == 1)
            (waiting,) = picture.calls
            assert waiting.id != call
            assert (waiting.state, waiting.number) == (CallState.WAITING, "13800000001")
            assert waiting.dialled == stage.dialled
            await stage.exchange.set_ready(stage.seat, True, "")
            await stage.ears.until(Offered, lambda one: one.call == waiting.id)
            await stage.exchange.answer(waiting.id, stage.seat)
            await self.settled(stage, waiting.id, CallState.TALKING)
            await stage.exchange.hold(waiting.id)
            await self.settled(stage, waiting.id, CallState.HELD)
            await self.refuses("no_such_call", stage.exchange.hold(call))

        self.play(story)

    def test_a_caller_is_not_given_away_from_among_others_or_to_no_number(self) -> None:
        async def story(stage: Stage) -> None:
            call = await stage.talking()
            transfer = stage.exchange.handing.transfer
            await self.refuses("bad_number", transfer(call, "12a", "", "x"))
            await self.refuses("not_now", transfer(call, "", stage.seat, "x"))
            await stage.inviting(call)
            await self.refuses("not_now", transfer(call, stage.party, "", "110"))
            await self.settled(stage, call, CallState.TALKING)
            assert len(stage.ears.all(Invited)) == 1

        self.play(story)
