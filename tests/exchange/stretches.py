"""What a recording holds, one stretch after another, as somebody who listens would tell it."""

import array
import wave
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path

from tests.support.tones import tones_in

_WINDOW_SECONDS = 0.2
_SHORT = 6
"""Windows. Shorter than that is what changes, or a telephone that stutters on a busy machine."""

_Run = tuple[frozenset[int], int]


def stretches(samples: Sequence[int], rate: int) -> list[set[int]]:
    """The tones of each stretch of more than a second; what is shorter is left out."""
    runs = [(tones, len(list(run))) for tones, run in groupby(_windows(samples, rate))]
    while (closed := _without_one_stutter(runs)) != runs:
        runs = closed
    long = [tones for tones, windows in runs if windows >= _SHORT]
    return [set(tones) for tones, _ in groupby(long)]


def stretches_of(path: Path) -> list[set[int]]:
    """The same of a file that may still be being written."""
    return stretches(*_read(path))


def holds(path: Path, *tones: int) -> bool:
    """Whether exactly these tones are heard at once anywhere in it."""
    return frozenset(tones) in _windows(*_read(path))


def _read(path: Path) -> tuple[Sequence[int], int]:
    with wave.open(str(path)) as sound:
        return array.array("h", sound.readframes(sound.getnframes())), sound.getframerate()


def _windows(samples: Sequence[int], rate: int) -> list[frozenset[int]]:
    window = int(rate * _WINDOW_SECONDS)
    return [tones_in(samples[at : at + window], rate) for at in range(0, len(samples) - window, window)]


def _without_one_stutter(runs: list[_Run]) -> list[_Run]:
    """The first short run between two of the same tones belongs to them."""
    for at in range(1, len(runs) - 1):
        (before, one), (_, short), (after, other) = runs[at - 1 : at + 2]
        if before == after and short < _SHORT and short <= max(one, other):
            return [*runs[: at - 1], (before, one + short + other), *runs[at + 2 :]]
    return runs
