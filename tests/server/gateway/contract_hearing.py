"""What every adapter of the exchange port must tell of what is heard of the caller besides the voice."""

from models.calls.pressing import Pressed
from models.calls.quality import Grade, Measured, Sample, grade_of
from tests.server.gateway.played import Played
from tests.server.gateway.stage import Stage


class HearingContract(Played):
    """The caller's keys, in order and once each; the quality of the call, where it changes."""

    def test_the_keys_of_the_caller_are_told_in_order(self) -> None:
        async def story(stage: Stage) -> None:
            call = await stage.talking()
            await stage.caller_line.presses("1")
            await stage.ears.until(Pressed)
            await stage.caller_line.presses("2*#")
            await stage.ears.until(Pressed, lambda one: one.key == "#")
            told = [(one.call, one.key) for one in stage.ears.all(Pressed)]
            assert told == [(call, key) for key in "12*#"]
            moments = [one.at for one in stage.ears.all(Pressed)]
            assert moments == sorted(moments)

        self.play(story)

    def test_keys_are_heard_on_hold_and_among_three_too(self) -> None:
        async def story(stage: Stage) -> None:
            call = await stage.talking()
            await stage.joined(call)
            await stage.caller_line.presses("5")
            await stage.ears.until(Pressed, lambda one: one.key == "5")
            await stage.exchange.hold(call)
            await stage.picture_shows(lambda one: bool(one.calls[0].held and one.calls[0].held.on))
            await stage.caller_line.presses("6")
            await stage.ears.until(Pressed, lambda one: one.key == "6")

        self.play(story)

    def test_a_voice_that_comes_in_pieces_is_told_with_its_figures(self) -> None:
        async def story(stage: Stage) -> None:
            call = await stage.talking()
            assert not stage.ears.all(Measured), "a good line is no news"
            await stage.caller_line.breaks_up()
            told = await stage.ears.until(Measured)
            assert told.call == call
            figures = Sample(told.lost_percent, told.jitter_ms, told.round_trip_ms)
            assert told.grade is not Grade.GOOD
            assert grade_of(figures) is told.grade

        self.play(story)
