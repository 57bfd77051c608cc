"""Makes the ring of the console: two soft tones, twice; run once, the result is kept under resources."""

import math
import struct
import wave
from pathlib import Path

RATE = 16000
NOTES = ((660.0, 0.0, 0.35), (880.0, 0.18, 0.5), (660.0, 0.75, 0.35), (880.0, 0.93, 0.6))
LENGTH = 1.6


def main() -> None:
    """Write resources/sounds/ring.wav."""
    samples = [0.0] * int(RATE * LENGTH)
    for pitch, start, length in NOTES:
        for n in range(int(length * RATE)):
            place = int(start * RATE) + n
            fade = min(1.0, n / (0.01 * RATE)) * math.exp(-5.0 * n / (length * RATE))
            if place < len(samples):
                samples[place] += 0.3 * fade * math.sin(2 * math.pi * pitch * n / RATE)
    target = Path(__file__).parents[2] / "resources" / "sounds" / "ring.wav"
    with wave.open(str(target), "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(RATE)
        sound.writeframes(b"".join(struct.pack("<h", int(one * 32767)) for one in samples))


if __name__ == "__main__":
    main()
