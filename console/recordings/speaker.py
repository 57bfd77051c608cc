"""Sound on this workstation's loudspeaker through a program of the system, by a pipe: nothing on the disk."""

import asyncio
import os
import shutil
import signal
from collections.abc import Sequence
from contextlib import suppress
from typing import Protocol

from models.recordings.playing import Leave

_GRACE_SECONDS = 2.0


class NoSpeaker(Exception):
    """Nothing here can play: `no_player` (no program), `no_sound` (it ended: no sound server, no device)."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class Speaker(Protocol):
    """Something that plays samples."""

    async def begin(self, form: Leave) -> None:
        """Be ready for samples of this form. Raises NoSpeaker."""
        ...

    async def play(self, sound: bytes) -> None:
        """Take more; returns when it has them, which may be before they are heard. Raises NoSpeaker."""
        ...

    async def finish(self) -> None:
        """Let be heard what was taken, then be quiet."""
        ...

    async def stop(self) -> None:
        """Be quiet at once."""
        ...


def commands(form: Leave) -> tuple[tuple[str, ...], ...]:
    """The programs that read samples of a form from their standard input, the usual one first."""
    rate, channels = str(form.rate), str(form.channels)
    return (
        (
            "paplay",
            "--raw",
            "--format=s16le",
            f"--rate={rate}",
            f"--channels={channels}",
            "--latency-msec=100",
        ),
        ("pw-play", "--format=s16", f"--rate={rate}", f"--channels={channels}", "-"),
        ("aplay", "-q", "-t", "raw", "-f", "S16_LE", "-r", rate, "-c", channels),
    )


class SystemSpeaker:
    """The first of these programs that is installed; a program for each stretch that is played."""

    def __init__(self) -> None:
        self._process: asyncio.subprocess.Process | None = None

    async def begin(self, form: Leave) -> None:
        """Start the program. Raises NoSpeaker."""
        await self.stop()
        command = _installed(commands(form))
        try:
            self._process = await asyncio.create_subprocess_exec(
                *command,
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.DEVNULL,
                stderr=asyncio.subprocess.DEVNULL,
            )
        except OSError as error:
            raise NoSpeaker("no_player") from error

    async def play(self, sound: bytes) -> None:
        """Write into the pipe. Raises NoSpeaker."""
        process = self._process
        if process is None or process.stdin is None or process.returncode is not None:
            raise NoSpeaker("no_sound")
        try:
            process.stdin.write(sound)
            await process.stdin.drain()
        except (ConnectionError, BrokenPipeError) as error:
            raise NoSpeaker("no_sound") from error

    async def finish(self) -> None:
        """Close the pipe and wait for the program."""
        process = self._process
        if process is None or process.stdin is None:
            return
        process.stdin.close()
        with suppress(TimeoutError):
            async with asyncio.timeout(_GRACE_SECONDS):
                await process.wait()
        await self.stop()

    async def stop(self) -> None:
        """End the program: what it has taken is not heard any more."""
        process, self._process = self._process, None
        if process is None:
            return
        if process.returncode is None:
            _kill(process.pid)
        if process.stdin is not None:
            process.stdin.close()
        await process.wait()
        if process.stdin is not None:
            # What the pipe came to is known and of no interest; unasked, it would be told as a fault.
            with suppress(ConnectionError):
                await process.stdin.wait_closed()


def _kill(pid: int) -> None:
    """Kill a child that may just have ended.

    Its own `kill` would look first whether it has, and so take its end away from the loop that waits for it.
    """
    with suppress(ProcessLookupError):
        handle = os.pidfd_open(pid)
        try:
            signal.pidfd_send_signal(handle, signal.SIGKILL)
        finally:
            os.close(handle)


def _installed(wanted: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    for command in wanted:
        found = shutil.which(command[0])
        if found:
            return (found, *command[1:])
    raise NoSpeaker("no_player")
