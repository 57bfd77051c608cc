"""Listening: asked for with a reason, heard to the end, paused, sought, broken off; never without a leave."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest

from console.recordings.service import Known, Listening, RecordingsService, Stage
from console.recordings.speaker import NoSpeaker
from models.calls.call import Call, Tape
from models.calls.events import Taping
from models.clock import ManualClock
from models.recordings.label import Stretch
from models.recordings.playing import Leave, PlayReason, Recorded
from models.trace.entry import Act, Happening

AT = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
SOUND = bytes(range(256)) * 1500  # 24 seconds
SECONDS = len(SOUND) / 16_000
RECORDED = Recorded("r", "c", AT, SECONDS, (Stretch(3, 5),))
TAPED = Call("c", tape=Tape(Taping.OFF, "1.7", AT, "e"), ended_at=AT)


@dataclass
class Central:
    """The server: gives what it has, or a refusal."""

    refused: str = ""
    asked: list[tuple[object, ...]] = field(default_factory=list)
    fetched: list[tuple[int, int]] = field(default_factory=list)
    breaks_at: int = len(SOUND) + 1
    empty: int = 0
    """So many times nothing has come yet."""

    async def of_call(self, call: str) -> tuple[Recorded, ...] | str:
        self.empty -= 1
        return self.refused or (() if self.empty >= 0 else (RECORDED,))

    async def ask(self, recording: str, call: str, reason: PlayReason, words: str) -> Leave | str:
        self.asked.append((recording, call, reason, words))
        return self.refused or Leave("p", recording, AT + timedelta(hours=1), len(SOUND), 8000, 2, 1)

    async def sound(self, leave: Leave, start: int, length: int) -> bytes | str:
        self.fetched.append((start, length))
        return "over" if start >= self.breaks_at else SOUND[start : start + length]


@dataclass
class Speaker:
    """Keeps what was played since the last begin, and how often it was begun and ended."""

    trouble: str = ""
    heard: bytes = b""
    done: list[str] = field(default_factory=list)

    async def begin(self, form: Leave) -> None:
        if self.trouble:
            raise NoSpeaker(self.trouble)
        self.heard = b""
        self.done.append("begin")

    async def play(self, sound: bytes) -> None:
        self.heard += sound

    async def finish(self) -> None:
        self.done.append("finish")

    async def stop(self) -> None:
        self.done.append("stop")


class Room:
    """A service whose waits are over at once, on a clock that follows them."""

    def __init__(self) -> None:
        self.central, self.speaker, self.clock = Central(), Speaker(), ManualClock()
        self.seen: list[Happening] = []
        self.entities: dict[str, tuple[object, ...]] = {"c": (TAPED,)}
        self.stop_at = SECONDS + 1
        self.service = RecordingsService(
            self.central, self.speaker, self._of_call, self.clock, self.seen.append, self._wait
        )

    async def _of_call(self, call: str) -> tuple[object, ...]:
        return self.entities.get(call, ())

    async def _wait(self, event: asyncio.Event, seconds: float) -> bool:
        if self.clock.elapsed >= self.stop_at:
            await event.wait()
        await asyncio.wait([asyncio.ensure_future(_nothing())])
        self.clock.forward(seconds)
        return False

    @property
    def now(self) -> Listening:
        return self.service.listening.value

    async def listen(self) -> None:
        await self.service.look("c")
        await self.service.ask("c", "r", PlayReason.REVIEW, "抽查")

    async def until(self, fits: Callable[[Listening], bool]) -> None:
        turn = asyncio.Event()

        def look(now: Listening) -> None:
            if fits(now):
                turn.set()

        self.service.listening.watch(look)
        async with asyncio.timeout(10):
            await turn.wait()
        self.service.listening.unwatch(look)

    async def until_it_stands_still(self) -> None:
        await self.until(lambda now: now.position >= self.stop_at - 0.6)


async def _nothing() -> None:
    """One turn of the loop."""


def play(story: Callable[[Room], Awaitable[None]]) -> None:
    async def told() -> None:
        room = Room()
        await story(room)
        await room.service.stop()

    asyncio.run(told())


def test_it_is_heard_from_the_beginning_to_the_end() -> None:
    async def story(room: Room) -> None:
        await room.listen()
        assert (room.now.stage, room.now.silent) == (Stage.PLAYING, (Stretch(3, 5),))
        await room.until(lambda now: now.stage is Stage.OVER)
        assert room.speaker.heard == SOUND
        assert room.now.position == room.now.seconds == SECONDS
        assert room.speaker.done[-2:] == ["finish", "stop"]
        assert room.central.asked == [("r", "c", PlayReason.REVIEW, "抽查")]
        assert room.clock.elapsed >= SECONDS - 1
        room.stop_at *= 3
        await room.service.go_on()
        await room.until(lambda now: now.stage is Stage.OVER)
        assert room.speaker.heard == SOUND
        assert len(room.central.asked) == 1

    play(story)


def test_that_somebody_listens_goes_into_the_own_trace_without_words() -> None:
    async def story(room: Room) -> None:
        await room.listen()
        assert room.seen == [Happening(Act.READ, "recording", "r", where="player", reason="review")]

    play(story)


def test_no_more_than_half_a_second_is_given_away_before_it_is_heard() -> None:
    async def story(room: Room) -> None:
        room.stop_at = 4.0
        await room.listen()
        await room.until_it_stands_still()
        assert len(room.speaker.heard) / 16_000 <= room.clock.elapsed + 0.5 + 0.25
        assert room.now.position <= room.clock.elapsed

    play(story)


def test_a_pause_goes_on_where_it_was() -> None:
    async def story(room: Room) -> None:
        room.stop_at = 4.0
        await room.listen()
        await room.until_it_stands_still()
        await room.service.pause()
        assert (room.now.stage, room.speaker.done[-1]) == (Stage.PAUSED, "stop")
        at = room.now.position
        room.stop_at = SECONDS + 10
        await room.service.go_on()
        await room.until(lambda now: now.stage is Stage.OVER)
        start = int(at * 8000) * 2
        assert room.speaker.heard == SOUND[start:]

    play(story)


@pytest.mark.parametrize(("to", "start"), [(10.0, 160_000), (-5.0, 0), (9.99999, 159_998)])
def test_seeking_plays_from_there_at_a_whole_sample(to: float, start: int) -> None:
    async def story(room: Room) -> None:
        room.stop_at = 2.0
        await room.listen()
        await room.until_it_stands_still()
        room.stop_at = SECONDS + 10
        await room.service.seek(to)
        await room.until(lambda now: now.stage is Stage.OVER)
        assert room.speaker.heard == SOUND[start:]

    play(story)


def test_seeking_in_a_pause_stays_quiet() -> None:
    async def story(room: Room) -> None:
        room.stop_at = 2.0
        await room.listen()
        await room.until_it_stands_still()
        await room.service.pause()
        begun = room.speaker.done.count("begin")
        await room.service.seek(12.0)
        assert (room.now.stage, room.now.position) == (Stage.PAUSED, 12.0)
        assert room.speaker.done.count("begin") == begun

    play(story)


def test_what_is_closed_is_forgotten() -> None:
    async def story(room: Room) -> None:
        room.stop_at = 2.0
        await room.listen()
        await room.until_it_stands_still()
        await room.service.stop()
        assert room.now == Listening()
        await room.service.go_on()
        await room.service.seek(3.0)
        assert room.now == Listening()
        assert room.speaker.done[-1] == "stop"

    play(story)


def test_who_calls_has_the_ear() -> None:
    async def story(room: Room) -> None:
        room.stop_at = 2.0
        await room.listen()
        await room.until_it_stands_still()
        await room.service.engage(True)
        assert room.now.stage is Stage.PAUSED
        await room.service.go_on()
        assert room.now.stage is Stage.PAUSED
        asked = len(room.central.asked)
        await room.service.ask("c", "r", PlayReason.NOTE, "")
        assert (room.now.stage, room.now.why) == (Stage.FAILED, "in_call")
        assert len(room.central.asked) == asked
        await room.service.engage(False)
        room.stop_at = SECONDS * 3
        await room.listen()
        await room.until(lambda now: now.stage is Stage.OVER)

    play(story)


def test_what_is_on_its_way_is_looked_for_again_but_not_for_ever() -> None:
    async def story(room: Room) -> None:
        room.stop_at = 1e9
        room.central.empty = 2
        await room.service.look("c")
        assert room.service.known.value["c"] == Known(True, (RECORDED,))
        room.central.empty = 1000
        await room.service.look("c")
        assert room.service.known.value["c"] == Known(True, ())
        assert room.central.empty == 1000 - 8

    play(story)


@pytest.mark.parametrize("why", ["off_line", "role", "erased"])
def test_a_refusal_is_told_and_nothing_is_heard(why: str) -> None:
    async def story(room: Room) -> None:
        await room.service.look("c")
        room.central.refused = why
        await room.service.ask("c", "r", PlayReason.LEGAL, "")
        assert (room.now.stage, room.now.why) == (Stage.FAILED, why)
        assert room.speaker.done == []

    play(story)


def test_a_leave_that_ends_in_the_middle_is_told() -> None:
    async def story(room: Room) -> None:
        room.central.breaks_at = 160_000
        await room.listen()
        await room.until(lambda now: now.stage is Stage.FAILED)
        assert room.now.why == "over"
        assert room.speaker.heard == SOUND[:160_000]

    play(story)


@pytest.mark.parametrize("why", ["no_player", "no_sound"])
def test_a_workstation_without_sound_is_told_so(why: str) -> None:
    async def story(room: Room) -> None:
        room.speaker.trouble = why
        await room.listen()
        await room.until(lambda now: now.stage is Stage.FAILED)
        assert room.now.why == why

    play(story)


def test_what_is_known_of_a_call() -> None:
    async def story(room: Room) -> None:
        await room.service.look("c")
        assert room.service.known.value["c"] == Known(True, (RECORDED,))
        room.central.refused = "off_line"
        await room.service.look("c")
        assert room.service.known.value["c"] == Known(True, (RECORDED,), "off_line")

    play(story)


def test_a_call_without_a_recording_asks_nobody() -> None:
    async def story(room: Room) -> None:
        room.central.refused = "never asked"
        room.entities = {"c": (Call("c", ended_at=AT),), "d": (Call("d", tape=TAPED.tape),)}
        for call in ("c", "d", "unknown"):
            await room.service.look(call)
            assert room.service.known.value[call] == Known()

    play(story)


def test_a_call_opened_by_hand_has_the_line_s_own_recording() -> None:
    async def story(room: Room) -> None:
        room.entities["h"] = (Call("h", same_as="c", ended_at=AT),)
        await room.service.look("h")
        assert room.service.known.value["h"].taped

    play(story)
