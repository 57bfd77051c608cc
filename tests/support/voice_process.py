"""The operator speaking: a tone in syllables, written into the pipe of a microphone as time goes by.

What an engine of WebRTC takes for a voice must come as a voice does: a few milliseconds at a time, and with
pauses. An even hum is to it the noise of a fan and is taken out within seconds.
"""

import argparse
import array
import fcntl
import math
import os
import threading
from contextlib import suppress

from models.clock import SystemClock

RATE = 48_000
_SYLLABLE, _PAUSE = RATE // 5, RATE * 3 // 20
# Together less than the 0.4 s that tests listen at a time: in each of them something is said.
_SAID = _SYLLABLE + _PAUSE
_LOUDEST = 16_000
_PIECE_SECONDS = 0.01
# A microphone keeps no more than this for a computer that does not listen: less than 0.2 s.
_PIPE_BYTES = 16_384


def syllable(tone: int) -> bytes:
    """A syllable and the pause after it, 16 bits a sample."""
    samples = (
        _LOUDEST * math.sin(math.pi * n / _SYLLABLE) ** 2 * math.sin(2 * math.pi * tone * n / RATE)
        for n in range(_SYLLABLE)
    )
    return array.array("h", map(round, samples)).tobytes() + bytes(2 * _PAUSE)


def speak(pipe: int, word: bytes) -> None:
    """Write what is due, again and again; what nobody takes is lost, as a voice in an empty room is."""
    clock, pause = SystemClock(), threading.Event()
    begin, said, endless = clock.monotonic(), 0, memoryview(word * 2)
    while not pause.wait(_PIECE_SECONDS):
        due = int((clock.monotonic() - begin) * RATE)
        with suppress(BlockingIOError):
            os.write(pipe, endless[2 * (said % _SAID) :][: 2 * min(due - said, _SAID)])
        said = due


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--pipe", required=True)
    parser.add_argument("--tone", type=int, required=True)
    options = parser.parse_args()
    microphone = os.open(options.pipe, os.O_WRONLY | os.O_NONBLOCK)
    fcntl.fcntl(microphone, fcntl.F_SETPIPE_SZ, _PIPE_BYTES)
    # The computer that went away takes the microphone along.
    with suppress(BrokenPipeError):
        speak(microphone, syllable(options.tone))
