"""Which known tones a stretch of sound holds."""

import math
from collections.abc import Iterable, Sequence

CALLER, OPERATOR, POLICE = 440, 700, 1000
COLLEAGUE, LEAD = 1250, 1550
HOLD, RINGING = 350, 450
NOTICE = 1850
CLOSED, NOTED, PLACE = 2150, 2450, 2750
TONES = (HOLD, CALLER, RINGING, OPERATOR, POLICE, COLLEAGUE, LEAD, NOTICE, CLOSED, NOTED, PLACE)

AUDIBLE = 500.0
"""Amplitude from which a tone counts as heard; a party's own tone is sent at thousands."""


def amplitude(samples: Sequence[int], rate: int, tone: float) -> float:
    """The amplitude (0 to 32767) of one tone in Hz, by Goertzel's algorithm over a Hann window."""
    count = len(samples)
    if count == 0:
        return 0.0
    turn = 2 * math.pi / count
    coefficient = 2 * math.cos(2 * math.pi * tone / rate)
    before, last = 0.0, 0.0
    for position, sample in enumerate(samples):
        window = 0.5 - 0.5 * math.cos(turn * position)
        before, last = last, sample * window + coefficient * last - before
    power = last * last + before * before - coefficient * last * before
    # A Hann window lets half of the amplitude through.
    return 4 * math.sqrt(max(power, 0.0)) / count


def tones_in(samples: Sequence[int], rate: int, among: Iterable[int] = TONES) -> frozenset[int]:
    """Those of the known tones that can be heard."""
    return frozenset(tone for tone in among if amplitude(samples, rate, tone) > AUDIBLE)
