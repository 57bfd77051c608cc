"""The sounds of an alert that a workstation can choose from; nobody takes one for a telephone."""

import math
import struct
import wave
from pathlib import Path

RATE = 16000
_TUNES = {
    # Two quick rising tones, twice.
    "alert": ((880.0, 0.16), (1320.0, 0.22), (0.0, 0.12), (880.0, 0.16), (1320.0, 0.30)),
    # Three even strokes, lower: for rooms in which high tones are lost, and for ears that hear them badly.
    "alert_low": ((440.0, 0.22), (0.0, 0.10), (440.0, 0.22), (0.0, 0.10), (440.0, 0.36)),
    # Four falling steps.
    "alert_steps": ((1320.0, 0.14), (1047.0, 0.14), (880.0, 0.14), (659.0, 0.34)),
}
_FADE = 0.01
_LOUD = 0.55


def main() -> None:
    """Write resources/sounds/alert*.wav."""
    for name, tones in _TUNES.items():
        _write(name, tones)


def _write(name: str, tones: tuple[tuple[float, float], ...]) -> None:
    samples: list[float] = []
    for pitch, seconds in tones:
        count = int(RATE * seconds)
        for n in range(count):
            edge = min(n, count - n) / RATE
            samples.append(_LOUD * min(1.0, edge / _FADE) * math.sin(2 * math.pi * pitch * n / RATE))
    target = Path(__file__).parents[2] / "resources" / "sounds" / f"{name}.wav"
    with wave.open(str(target), "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(RATE)
        sound.writeframes(b"".join(struct.pack("<h", int(32767 * one)) for one in samples))


if __name__ == "__main__":
    main()
