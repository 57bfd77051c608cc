"""What every adapter of the exchange port must do with a call from here."""

from dataclasses import replace

import pytest

from models.calls.call import Call, CallState
from models.calls.events import CallEnd, Direction, Ended, HandedOver, Held
from models.calls.outgoing import Placed, Rang
from models.calls.place import state_at
from models.ids import new_id
from server.gateway.exchange.port import LineChanged
from tests.server.gateway.contract_handing import consulted, found_again
from tests.server.gateway.played import Played
from tests.server.gateway.stage import Stage

NUMBER = "13800000009"


async def placed(stage: Stage) -> str:
    """A call that rings at somebody outside; its id."""
    call = new_id()
    await stage.exchange.outgoing.place(call, stage.seat, NUMBER, stage.dialled)
    await stage.ears.until(Rang)
    return call


async def reached(stage: Stage) -> str:
    """A call that was answered outside; its id."""
    call = await placed(stage)
    await stage.callee_answers(call)
    await stage.picture_shows(lambda one: [it.state for it in one.calls] == [CallState.TALKING])
    return call


def facts(call: Call) -> Call:
    """What no moment is part of."""
    return replace(call, entered_at=None, rang_at=None, answered_at=None, offers={}, parties={}, held=None)


class OutgoingContract(Played):
    """Placed, ringing there, answered; or ended with why it reached nobody."""

    def test_a_call_goes_out_and_is_a_call_like_every_other(self) -> None:
        async def story(stage: Stage) -> None:
            call = await placed(stage)
            told = await stage.ears.until(Placed)
            assert (told.call, told.seat, told.number, told.dialled) == (
                *(call, stage.seat),
                *(NUMBER, stage.dialled),
            )
            await self.settled(stage, call, CallState.DIALLING)
            await self.refuses("not_now", stage.exchange.hold(call))
            await stage.callee_answers(call)
            await self.settled(stage, call, CallState.TALKING)
            shown = await stage.call(call)
            assert shown
            assert (shown.direction, shown.holder, shown.number) == (Direction.OUT, stage.seat, NUMBER)
            assert state_at(shown, stage.seat) is CallState.TALKING
            await stage.exchange.hold(call)
            await stage.ears.until(Held)
            await stage.exchange.resume(call)
            await self.settled(stage, call, CallState.TALKING)
            await stage.callee_leaves(call)
            ended = await stage.ears.until(Ended)
            assert (ended.end, ended.cause) == (CallEnd.CALLER_HUNG_UP, "")
            await stage.picture_shows(lambda one: one.calls == ())

        self.play(story)

    def test_the_same_call_twice_is_one_call(self) -> None:
        async def story(stage: Stage) -> None:
            call = await placed(stage)
            await stage.exchange.outgoing.place(call, stage.seat, NUMBER, stage.dialled)
            other = stage.exchange.outgoing.place(new_id(), stage.seat, NUMBER, stage.dialled)
            await self.refuses("not_now", other)
            await stage.callee_answers(call)
            await self.settled(stage, call, CallState.TALKING)
            await stage.exchange.outgoing.place(call, stage.seat, NUMBER, stage.dialled)
            await stage.exchange.hang_up(call)
            assert (await stage.ears.until(Ended)).end is CallEnd.OPERATOR_ENDED
            assert len(stage.ears.all(Placed)) == len(stage.ears.all(Rang)) == 1

        self.play(story)

    def test_a_busy_telephone_is_told_as_that(self) -> None:
        async def story(stage: Stage) -> None:
            call = await placed(stage)
            await stage.callee_refuses(call)
            ended = await stage.ears.until(Ended)
            assert (ended.end, ended.cause) == (CallEnd.NORMAL, "busy")
            await stage.picture_shows(lambda one: one.calls == ())
            another = new_id()
            await stage.exchange.outgoing.place(another, stage.seat, NUMBER, stage.dialled)
            await stage.ears.until(Rang, lambda one: one.call == another)

        self.play(story)

    def test_an_operator_gives_up_before_anybody_answers(self) -> None:
        async def story(stage: Stage) -> None:
            call = await placed(stage)
            await stage.exchange.hang_up(call)
            ended = await stage.ears.until(Ended)
            assert (ended.end, ended.cause) == (CallEnd.OPERATOR_ENDED, "cancelled")
            await stage.picture_shows(lambda one: one.calls == ())

        self.play(story)

    def test_a_colleague_joins_and_has_the_conversation_then(self) -> None:
        async def story(stage: Stage) -> None:
            await stage.staffed(stage.colleague)
            call = await reached(stage)
            await consulted(stage, call)
            await stage.exchange.handing.leave(call)
            assert (await stage.ears.until(HandedOver)).seat == stage.colleague
            await self.settled(stage, call, CallState.TALKING)
            await stage.callee_leaves(call)
            assert (await stage.ears.until(Ended)).end is CallEnd.CALLER_HUNG_UP

        self.play(story)

    @pytest.mark.parametrize("answered", [False, True])
    def test_a_call_is_found_by_a_new_connection(self, answered: bool) -> None:
        async def story(stage: Stage) -> None:
            call = await (reached(stage) if answered else placed(stage))
            state = CallState.TALKING if answered else CallState.DIALLING
            before = await stage.call(call)
            picture = await found_again(stage)
            assert [(one.id, one.state, one.seat) for one in picture.calls] == [(call, state, stage.seat)]
            assert before
            assert facts(picture.calls[0]) == facts(before)
            if not answered:
                stage.ears.news.clear()
                await stage.callee_answers(call)
                await stage.picture_shows(lambda one: [it.state for it in one.calls] == [CallState.TALKING])
            await stage.exchange.mute(call, True)
            await stage.exchange.hang_up(call)
            assert (await stage.ears.until(Ended)).call == call

        self.play(story)

    @pytest.mark.parametrize("dial", ["", "11", "13a", "110\r\nAction: Command", "1" * 17, "+86138"])
    def test_only_digits_are_called(self, dial: str) -> None:
        async def story(stage: Stage) -> None:
            place = stage.exchange.outgoing.place
            await self.refuses("bad_number", place(new_id(), stage.seat, dial, stage.dialled))
            assert not stage.ears.all(Placed)

        self.play(story)

    def test_nobody_calls_out_in_a_conversation_or_without_a_line(self) -> None:
        async def story(stage: Stage) -> None:
            await stage.talking()
            place = stage.exchange.outgoing.place
            await self.refuses("not_now", place(new_id(), stage.seat, NUMBER, stage.dialled))
            await stage.line_breaks()
            await stage.ears.until(LineChanged, lambda one: one.problem == "line_lost")
            await self.refuses("line_lost", place(new_id(), stage.seat, NUMBER, stage.dialled))

        self.play(story)
