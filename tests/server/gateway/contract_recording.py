"""What every adapter of the exchange port must tell of the recording of a conversation."""

from models.calls.events import Ended, Taped, Taping
from tests.server.gateway.contract_handing import found_again
from tests.server.gateway.played import Played
from tests.server.gateway.stage import Stage


class RecordingContract(Played):
    """Recorded from the answer on where the exchange is told so, paused, gone on with."""

    def test_a_recording_begins_with_the_answer_and_is_paused(self) -> None:
        async def story(stage: Stage) -> None:
            await stage.records()
            call = await stage.offered()
            assert not stage.ears.all(Taped)
            await stage.exchange.answer(call, stage.seat)
            begun = await stage.ears.until(Taped)
            assert begun.state is Taping.ON
            assert begun.recording
            await stage.exchange.recording.tape(call, False)
            paused = await stage.ears.until(Taped, lambda one: one.state is Taping.PAUSED)
            assert paused.recording == begun.recording
            picture = await found_again(stage)
            tape = picture.calls[0].tape
            assert tape
            assert (tape.state, tape.recording) == (Taping.PAUSED, begun.recording)
            stage.ears.news.clear()
            await stage.exchange.recording.tape(call, True)
            await stage.ears.until(Taped, lambda one: one.state is Taping.ON)
            assert begun.recording in await stage.exchange.recording.being_written()
            assert stage.exchange.recording.call_of(begun.recording) == call
            await stage.exchange.hang_up(call)
            await stage.ears.until(Ended)
            assert begun.recording not in await stage.exchange.recording.being_written()
            assert stage.exchange.recording.call_of(begun.recording) == call

        self.play(story)

    def test_what_is_not_recorded_is_not_paused(self) -> None:
        async def story(stage: Stage) -> None:
            call = await stage.talking()
            await self.refuses("not_now", stage.exchange.recording.tape(call, False))
            assert not stage.ears.all(Taped)

        self.play(story)
