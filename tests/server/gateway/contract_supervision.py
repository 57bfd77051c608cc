"""What every adapter of the exchange port must do for those who watch over a conversation."""

from models.calls.call import CallState
from models.calls.events import CallEnd, Ended, HandedOver, Watched, Watching
from models.calls.place import watches
from tests.server.gateway.contract_handing import found_again
from tests.server.gateway.played import Played
from tests.server.gateway.stage import Stage


async def watched(stage: Stage, call: str, how: Watching) -> None:
    """The lead's telephone does this."""
    await stage.exchange.supervision.watch(call, stage.lead, how)
    await stage.ears.until(Watched, lambda one: (one.seat, one.how) == (stage.lead, how))


class SupervisionContract(Played):
    """Listening, whispering, joining, going; taking over."""

    def test_a_lead_listens_whispers_joins_and_goes(self) -> None:
        async def story(stage: Stage) -> None:
            await stage.staffed(stage.lead)
            call = await stage.talking()
            for how in (Watching.LISTEN, Watching.WHISPER, Watching.JOIN, Watching.LISTEN, Watching.GONE):
                stage.ears.news = [one for one in stage.ears.news if not isinstance(one, Watched)]
                await watched(stage, call, how)
                shown = await stage.call(call)
                assert shown
                assert shown.watchers[stage.lead].how is how
                assert (shown.state, shown.holder) == (CallState.TALKING, stage.seat)
            await self.refuses("not_now", stage.exchange.supervision.watch(call, stage.lead, Watching.GONE))

        self.play(story)

    def test_nobody_watches_their_own_conversation_or_a_ring(self) -> None:
        async def story(stage: Stage) -> None:
            await stage.staffed(stage.lead)
            call = await stage.offered()
            over = stage.exchange.supervision
            await self.refuses("not_now", over.watch(call, stage.lead, Watching.LISTEN))
            await self.refuses("not_now", over.take_over(call, stage.lead))
            await stage.exchange.answer(call, stage.seat)
            await self.settled(stage, call, CallState.TALKING)
            await self.refuses("not_now", over.watch(call, stage.seat, Watching.LISTEN))
            await self.refuses("not_now", over.take_over(call, stage.seat))
            await self.refuses("no_such_call", over.watch("0" * 32, stage.lead, Watching.LISTEN))

        self.play(story)

    def test_a_watch_outlives_hold_and_a_lost_line_and_ends_with_the_call(self) -> None:
        async def story(stage: Stage) -> None:
            await stage.staffed(stage.lead)
            call = await stage.talking()
            await watched(stage, call, Watching.WHISPER)
            await stage.exchange.hold(call)
            await self.settled(stage, call, CallState.HELD)
            picture = await found_again(stage)
            assert picture.calls[0].watchers[stage.lead].how is Watching.WHISPER
            await stage.exchange.resume(call)
            await self.settled(stage, call, CallState.TALKING)
            await stage.caller_hangs_up()
            assert (await stage.ears.until(Ended)).end is CallEnd.CALLER_HUNG_UP
            await stage.picture_shows(lambda one: one.calls == ())

        self.play(story)

    def test_a_lead_takes_over_out_of_nothing_and_out_of_listening(self) -> None:
        async def story(stage: Stage) -> None:
            await stage.staffed(stage.lead)
            call = await stage.talking()
            await watched(stage, call, Watching.LISTEN)
            await stage.exchange.supervision.take_over(call, stage.lead)
            assert (await stage.ears.until(HandedOver)).seat == stage.lead
            await self.settled(stage, call, CallState.TALKING)
            shown = await stage.picture_shows(lambda one: not watches(one.calls[0], stage.lead))
            assert shown.calls[0].holder == stage.lead
            stage.ears.news.clear()
            await stage.exchange.supervision.take_over(call, stage.seat)
            assert (await stage.ears.until(HandedOver)).seat == stage.seat
            await stage.exchange.hold(call)
            await stage.picture_shows(lambda one: one.calls[0].state is CallState.HELD)
            picture = await found_again(stage)
            assert [(one.state, one.holder) for one in picture.calls] == [(CallState.HELD, stage.seat)]
            await stage.exchange.hang_up(call)
            assert (await stage.ears.until(Ended)).end is CallEnd.OPERATOR_ENDED

        self.play(story)
