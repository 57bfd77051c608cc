"""What every adapter of the exchange port must do with a call at one seat."""

import pytest

from models.calls.call import CallState, PartyPhase
from models.calls.events import CallEnd, Ended, Held, Invited, Left, Muted, Offered, PartyRang, Resumed
from models.ids import new_id
from server.gateway.exchange.port import LineChanged, QueueMoved
from tests.server.gateway.played import Played
from tests.server.gateway.stage import Stage

CALLER = "13800000001"


class ExchangeContract(Played):
    """Ringing, answering, holding, muting, third parties, the end, a lost line."""

    def test_an_exchange_without_calls_shows_none(self) -> None:
        async def story(stage: Stage) -> None:
            picture = await stage.exchange.picture()
            assert picture.calls == ()
            assert picture.queue.waiting == 0
            assert picture.problem == ""

        self.play(story)

    def test_a_caller_waits_until_a_seat_is_ready(self) -> None:
        async def story(stage: Stage) -> None:
            await stage.exchange.set_ready(stage.seat, False, "rest")
            await stage.ring(CALLER)
            moved = await stage.ears.until(QueueMoved, lambda one: one.queue.waiting == 1)
            assert moved.queue.oldest_at is not None
            assert not stage.ears.all(Offered)
            picture = await stage.picture_shows(lambda one: len(one.calls) == 1)
            assert picture.calls[0].state is CallState.WAITING
            await stage.exchange.set_ready(stage.seat, True, "")
            assert (await stage.ears.until(Offered)).call == picture.calls[0].id

        self.play(story)

    def test_a_ring_says_who_calls_which_line_and_since_when(self) -> None:
        async def story(stage: Stage) -> None:
            call = await stage.offered(CALLER)
            offered = stage.ears.all(Offered)[0]
            assert (offered.seat, offered.number, offered.dialled) == (stage.seat, CALLER, stage.dialled)
            assert offered.entered_at <= offered.at
            shown = await stage.call(call)
            assert shown is not None
            assert shown.state is CallState.RINGING
            assert (shown.number, shown.dialled) == (CALLER, stage.dialled)

        self.play(story)

    def test_an_answered_call_is_talking_and_out_of_the_queue(self) -> None:
        async def story(stage: Stage) -> None:
            call = await stage.talking()
            await stage.ears.until(QueueMoved, lambda one: one.queue.waiting == 1)
            await self.settled(stage, call, CallState.TALKING)
            shown = await stage.call(call)
            assert shown is not None
            assert shown.seat == stage.seat
            assert (await stage.exchange.picture()).queue.waiting == 0

        self.play(story)

    def test_hold_and_resume(self) -> None:
        async def story(stage: Stage) -> None:
            call = await stage.talking()
            await stage.exchange.hold(call)
            await stage.ears.until(Held)
            await self.settled(stage, call, CallState.HELD)
            await self.refuses("not_now", stage.exchange.hold(call))
            await stage.exchange.resume(call)
            await stage.ears.until(Resumed)
            await self.settled(stage, call, CallState.TALKING)
            await self.refuses("not_now", stage.exchange.resume(call))

        self.play(story)

    def test_mute_and_unmute(self) -> None:
        async def story(stage: Stage) -> None:
            call = await stage.talking()
            await stage.exchange.mute(call, True)
            await stage.ears.until(Muted, lambda one: one.on)
            await stage.exchange.mute(call, False)
            await stage.ears.until(Muted, lambda one: not one.on)
            await self.settled(stage, call, CallState.TALKING)

        self.play(story)

    def test_the_caller_hangs_up(self) -> None:
        async def story(stage: Stage) -> None:
            call = await stage.talking()
            await stage.caller_hangs_up()
            assert (await stage.ears.until(Ended)).end is CallEnd.CALLER_HUNG_UP
            await stage.picture_shows(lambda one: one.calls == ())
            await self.refuses("no_such_call", stage.exchange.hold(call))

        self.play(story)

    def test_the_caller_gives_up_while_it_rings(self) -> None:
        async def story(stage: Stage) -> None:
            call = await stage.offered()
            await stage.caller_hangs_up()
            assert (await stage.ears.until(Ended)).end is CallEnd.CALLER_HUNG_UP
            await stage.picture_shows(lambda one: one.calls == () and one.queue.waiting == 0)
            await self.refuses("no_such_call", stage.exchange.answer(call, stage.seat))

        self.play(story)

    def test_the_operator_hangs_up(self) -> None:
        async def story(stage: Stage) -> None:
            call = await stage.talking()
            await stage.exchange.hang_up(call)
            assert (await stage.ears.until(Ended)).end is CallEnd.OPERATOR_ENDED
            await stage.picture_shows(lambda one: one.calls == ())

        self.play(story)

    def test_a_third_party_rings_joins_and_leaves(self) -> None:
        async def story(stage: Stage) -> None:
            call = await stage.talking()
            party = await stage.joined(call)
            invited = await stage.ears.until(Invited)
            assert (invited.party, invited.dial, invited.label) == (party, stage.party, "110")
            await self.reached(stage, call, party, PartyPhase.JOINED)
            await stage.party_leaves()
            assert (await stage.ears.until(Left)).cause == "left"
            await self.settled(stage, call, CallState.TALKING)

        self.play(story)

    def test_one_invitation_however_often_it_is_sent(self) -> None:
        async def story(stage: Stage) -> None:
            call = await stage.talking()
            party = await stage.inviting(call)
            await stage.exchange.invite(call, party, stage.party, "110")
            await stage.exchange.drop(call, party)
            await stage.ears.until(Left, lambda one: one.party == party)
            await stage.exchange.invite(call, party, stage.party, "110")
            another = await stage.inviting(call)
            assert [one.party for one in stage.ears.all(Invited)] == [party, another]
            assert [one.party for one in stage.ears.all(PartyRang)] == [party, another]

        self.play(story)

    def test_a_busy_third_party_leaves_the_two_talking(self) -> None:
        async def story(stage: Stage) -> None:
            call = await stage.talking()
            party = await stage.inviting(call)
            await stage.party_refuses()
            left = await stage.ears.until(Left)
            assert (left.party, left.cause) == (party, "busy")
            await self.settled(stage, call, CallState.TALKING)

        self.play(story)

    def test_a_third_party_is_let_go_while_it_talks(self) -> None:
        async def story(stage: Stage) -> None:
            call = await stage.talking()
            party = await stage.joined(call)
            await stage.exchange.drop(call, party)
            assert (await stage.ears.until(Left)).party == party
            await self.refuses("not_now", stage.exchange.drop(call, party))
            await self.settled(stage, call, CallState.TALKING)

        self.play(story)

    @pytest.mark.parametrize(
        "dial", ["", "11", "12a", "110\r\nAction: Command", "1" * 17, "+86110", "１１０"]
    )
    def test_only_digits_are_dialled(self, dial: str) -> None:
        async def story(stage: Stage) -> None:
            call = await stage.talking()
            await self.refuses("bad_number", stage.exchange.invite(call, new_id(), dial, "x"))
            assert not stage.ears.all(Invited)

        self.play(story)

    def test_nothing_but_an_answer_is_done_to_a_ring(self) -> None:
        async def story(stage: Stage) -> None:
            call = await stage.offered()
            exchange = stage.exchange
            await self.refuses("not_now", exchange.hold(call))
            await self.refuses("not_now", exchange.hang_up(call))
            await self.refuses("not_now", exchange.mute(call, True))
            await self.refuses("not_now", exchange.invite(call, new_id(), stage.party, "110"))
            await self.refuses("no_such_call", exchange.hold("0" * 32))
            assert not stage.ears.all(Ended)

        self.play(story)

    def test_a_call_is_answered_once(self) -> None:
        async def story(stage: Stage) -> None:
            call = await stage.talking()
            await self.refuses("not_now", stage.exchange.answer(call, stage.seat))

        self.play(story)

    def test_a_lost_line_is_told_and_the_picture_comes_back(self) -> None:
        async def story(stage: Stage) -> None:
            call = await stage.talking()
            await stage.line_breaks()
            await stage.ears.until(LineChanged, lambda one: one.problem == "line_lost")
            assert (await stage.exchange.picture()).problem == "line_lost"
            await self.refuses("line_lost", stage.exchange.hold(call))
            stage.ears.news.clear()
            await stage.line_returns()
            await stage.ears.until(LineChanged, lambda one: one.problem == "")
            picture = await stage.picture_shows(lambda one: not one.problem)
            assert [(one.id, one.state, one.seat) for one in picture.calls] == [
                (call, CallState.TALKING, stage.seat)
            ]

        self.play(story)

    def test_a_call_that_ended_unheard_is_not_in_the_picture(self) -> None:
        async def story(stage: Stage) -> None:
            await stage.talking()
            await stage.line_breaks()
            await stage.ears.until(LineChanged, lambda one: one.problem == "line_lost")
            await stage.caller_hangs_up()
            await stage.line_returns()
            await stage.picture_shows(lambda one: not one.problem and one.calls == ())

        self.play(story)
