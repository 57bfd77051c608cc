"""The sound of an alert: two quick rising tones, twice; nobody takes it for a telephone."""

import math
import struct
import wave
from pathlib import Path

RATE = 16000
_TONES = ((880.0, 0.16), (1320.0, 0.22), (0.0, 0.12), (880.0, 0.16), (1320.0, 0.30))
_FADE = 0.01
_LOUD = 0.55


def main() -> None:
    """Write resources/sounds/alert.wav."""
    samples: list[float] = []
    for pitch, seconds in _TONES:
        count = int(RATE * seconds)
        for n in range(count):
            edge = min(n, count - n) / RATE
            samples.append(_LOUD * min(1.0, edge / _FADE) * math.sin(2 * math.pi * pitch * n / RATE))
    target = Path(__file__).parents[2] / "resources" / "sounds" / "alert.wav"
    with wave.open(str(target), "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(RATE)
        sound.writeframes(b"".join(struct.pack("<h", int(32767 * one)) for one in samples))


if __name__ == "__main__":
    main()
