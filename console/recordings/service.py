"""What is known of the recordings of calls in view, and the one that is being listened to."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol

from console.recordings.speaker import NoSpeaker, Speaker
from console.runtime.store import Store
from console.runtime.waiting import Wait, wait_for
from models.calls.call import Call
from models.clock import Clock
from models.recordings.label import Stretch
from models.recordings.playing import Leave, PlayReason, Recorded
from models.trace.entry import Act, Happening, as_code

ReadOfCall = Callable[[str], Awaitable[tuple[object, ...]]]

_FETCHED_SECONDS = 10.0
_SLICE_SECONDS = 0.25
_AHEAD_SECONDS = 0.5
_KNOWN_CALLS = 50
_LOOKS, _AGAIN_SECONDS = 8, 15.0


class Giver(Protocol):
    """The server, as far as listening needs it; an answer that is a text says why there is none."""

    def of_call(self, call: str, /) -> Awaitable[tuple[Recorded, ...] | str]:
        """What is known of a call's recordings."""
        ...

    def ask(self, recording: str, call: str, reason: PlayReason, words: str, /) -> Awaitable[Leave | str]:
        """Leave to listen."""
        ...

    def sound(self, leave: Leave, start: int, length: int, /) -> Awaitable[bytes | str]:
        """A part of the sound."""
        ...


@dataclass(frozen=True, slots=True)
class Known:
    """The recordings of a call. `taped`: the call points to one; `why`: why no more is known (a code)."""

    taped: bool = False
    recordings: tuple[Recorded, ...] = ()
    why: str = ""


class Stage(StrEnum):
    """How far listening is: nothing yet, asking, heard, paused, at its end, refused or broken off."""

    NONE = "none"
    WAITING = "waiting"
    PLAYING = "playing"
    PAUSED = "paused"
    OVER = "over"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Listening:
    """What is listened to: a recording of a call, where (seconds), until when; `why` it failed (a code)."""

    call: str = ""
    recording: str = ""
    stage: Stage = Stage.NONE
    position: float = 0.0
    seconds: float = 0.0
    silent: tuple[Stretch, ...] = ()
    until: datetime | None = None
    why: str = ""


class RecordingsService:
    """Lives on the io thread. One recording is heard at a time, and none while somebody calls."""

    def __init__(
        self,
        server: Giver,
        speaker: Speaker,
        read_of_call: ReadOfCall,
        clock: Clock,
        saw: Callable[[Happening], object],
        wait: Wait = wait_for,
    ) -> None:
        self._server = server
        self._speaker = speaker
        self._read_of_call = read_of_call
        self._clock = clock
        self._saw = saw
        self._wait = wait
        self._leave: Leave | None = None
        self._engaged = False
        self._heard: asyncio.Task[None] | None = None
        self.known: Store[Mapping[str, Known]] = Store({})
        self.listening: Store[Listening] = Store(Listening())

    async def look(self, call: str) -> None:
        """A call came into view: say whether it has a recording, and what the server knows of it."""
        taped = await self._is_taped(call)
        before = self.known.value.get(call, Known())
        self._know(call, replace(before, taped=taped or before.taped))
        if not taped:
            return
        for _ in range(_LOOKS):
            told = await self._server.of_call(call)
            if isinstance(told, str):
                self._know(call, Known(True, before.recordings, told))
                return
            self._know(call, Known(True, told))
            if told:
                return
            # It is on its way from the exchange.
            await self._wait(asyncio.Event(), _AGAIN_SECONDS)

    async def ask(self, call: str, recording: str, reason: PlayReason, words: str) -> None:
        """Ask for leave and begin at the beginning."""
        await self.stop()
        if self._engaged:
            self.listening.publish(Listening(call, recording, Stage.FAILED, why="in_call"))
            return
        known = [one for one in self.known.value.get(call, Known()).recordings if one.id == recording]
        blank = Listening(call, recording, Stage.WAITING, silent=known[0].silent if known else ())
        self.listening.publish(blank)
        self._saw(Happening(Act.READ, "recording", as_code(recording), where="player", reason=reason.value))
        leave = await self._server.ask(recording, call, reason, words)
        if self.listening.value != blank:
            # Something else was opened meanwhile.
            return
        if isinstance(leave, str):
            self.listening.publish(replace(blank, stage=Stage.FAILED, why=leave))
            return
        self._leave = leave
        self.listening.publish(replace(blank, seconds=leave.seconds, until=leave.until, stage=Stage.PAUSED))
        self._go_on(0.0)

    async def engage(self, engaged: bool) -> None:
        """Somebody calls at this seat, or nobody does: the ear belongs to who calls."""
        self._engaged = engaged
        if engaged:
            await self.pause()

    async def pause(self) -> None:
        """Be quiet here."""
        if self.listening.value.stage is Stage.PLAYING:
            await self._quiet()
            self._say(stage=Stage.PAUSED)

    async def go_on(self) -> None:
        """Play from where it was, or from the beginning after the end."""
        now = self.listening.value
        if now.stage is Stage.PAUSED:
            self._go_on(now.position)
        elif now.stage is Stage.OVER:
            self._go_on(0.0)

    async def seek(self, seconds: float) -> None:
        """Go to a moment; who listens hears it from there."""
        now = self.listening.value
        if self._leave is None or now.stage not in (Stage.PLAYING, Stage.PAUSED, Stage.OVER):
            return
        await self._quiet()
        at = min(max(seconds, 0.0), now.seconds)
        self._say(stage=Stage.PAUSED, position=at)
        if now.stage is Stage.PLAYING:
            self._go_on(at)

    async def stop(self) -> None:
        """Be quiet and forget what was heard."""
        await self._quiet()
        self._leave = None
        self.listening.publish(Listening())

    def _go_on(self, position: float) -> None:
        leave = self._leave
        if leave is not None and self._heard is None and not self._engaged:
            self._say(stage=Stage.PLAYING, position=position)
            self._heard = asyncio.get_running_loop().create_task(self._play(leave, leave.place(position)))

    async def _quiet(self) -> None:
        heard, self._heard = self._heard, None
        if heard is not None:
            heard.cancel()
            await asyncio.wait([heard])

    async def _play(self, leave: Leave, start: int) -> None:
        try:
            await self._speaker.begin(leave)
            why = await self._sounded(leave, start)
            if not why:
                await self._speaker.finish()
        except NoSpeaker as trouble:
            why = trouble.why
        finally:
            await self._speaker.stop()
        self._heard = None
        if why:
            self._say(stage=Stage.FAILED, why=why)
        else:
            self._say(stage=Stage.OVER, position=leave.seconds)

    async def _sounded(self, leave: Leave, start: int) -> str:
        """Play to the end; "" there, else why not."""
        begun, at = self._clock.monotonic(), start
        step, piece = map(leave.place, (_SLICE_SECONDS, _FETCHED_SECONDS))
        coming = self._fetch(leave, at, piece)
        try:
            while True:
                sound = await coming
                if isinstance(sound, str):
                    return sound
                if not sound:
                    return ""
                coming = self._fetch(leave, at + len(sound), piece)
                for offset in range(0, len(sound), step):
                    part = sound[offset : offset + step]
                    await self._speaker.play(part)
                    at += len(part)
                    await self._pace(leave, start, at, begun)
        finally:
            coming.cancel()

    async def _pace(self, leave: Leave, start: int, at: int, begun: float) -> None:
        """Be no more than half a second ahead of what is heard; a pipe would take seconds."""
        while True:
            heard = self._clock.monotonic() - begun
            ahead = (at - start) / leave.bytes_a_second - heard
            position = (start + min(heard * leave.bytes_a_second, at - start)) / leave.bytes_a_second
            self._say(position=position)
            if ahead <= _AHEAD_SECONDS:
                return
            await self._wait(asyncio.Event(), ahead - _AHEAD_SECONDS)

    def _fetch(self, leave: Leave, start: int, length: int) -> "asyncio.Task[bytes | str]":
        return asyncio.get_running_loop().create_task(self._fetched(leave, start, length))

    async def _fetched(self, leave: Leave, start: int, length: int) -> bytes | str:
        return b"" if start >= leave.size else await self._server.sound(leave, start, length)

    async def _is_taped(self, call: str) -> bool:
        for name in await self._names(call):
            for one in await self._read_of_call(name):
                if isinstance(one, Call) and one.id == name and one.tape and one.ended_at:
                    return True
        return False

    async def _names(self, call: str) -> tuple[str, ...]:
        """A call, and the line's own record of the same conversation where it was opened by hand."""
        for one in await self._read_of_call(call):
            if isinstance(one, Call) and one.id == call and one.same_as:
                return call, one.same_as
        return (call,)

    def _know(self, call: str, known: Known) -> None:
        others = [(name, one) for name, one in self.known.value.items() if name != call]
        self.known.publish(dict([*others[-_KNOWN_CALLS:], (call, known)]))

    def _say(self, **changed: Any) -> None:
        self.listening.publish(replace(self.listening.value, **changed))
