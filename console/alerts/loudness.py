"""A sound as loud as it is wanted: no player of every system takes a volume."""

import array
import sys
import wave
from pathlib import Path

_FULL = 100
_SAMPLE_BYTES = 2


def scaled(sound: Path, percent: int, folder: Path) -> Path:
    """The sound at a part of its loudness, kept in `folder`; the sound itself where that cannot be made."""
    if percent >= _FULL:
        return sound
    made = folder / f"{sound.stem}-{percent}.wav"
    try:
        if not made.exists():
            _write(sound, percent, made)
    except (OSError, wave.Error, EOFError):
        return sound
    return made


def _write(sound: Path, percent: int, made: Path) -> None:
    with wave.open(str(sound), "rb") as whole:
        parameters, frames = whole.getparams(), whole.readframes(whole.getnframes())
    if parameters.sampwidth != _SAMPLE_BYTES:
        raise wave.Error("16 bits a sample expected")
    samples = array.array("h", frames)
    if sys.byteorder == "big":
        samples.byteswap()
    quieter = array.array("h", (sample * percent // _FULL for sample in samples))
    if sys.byteorder == "big":
        quieter.byteswap()
    with made.open("wb") as plain, wave.open(plain, "wb") as file:
        file.setparams(parameters)
        file.writeframes(quieter.tobytes())
