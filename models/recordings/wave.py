"""The sound in a WAV file, also in one whose writer died before it wrote how long the sound is."""

import struct
from dataclasses import dataclass

from models.recordings.label import Stretch

HEAD_BYTES = 4096
"""The beginning of a file, in which its form stands."""
_SHORTEST_SILENCE = 1.0
_WINDOW = 0.1
_PLAIN, _EXTENSIBLE = 1, 0xFFFE
_FORM = struct.Struct("<HHIIHH")


class NoSound(Exception):
    """This is no WAV file with plain samples."""


@dataclass(frozen=True, slots=True)
class Form:
    """How a file's sound is written, and where: `size` bytes from `offset` on."""

    rate: int
    width: int
    channels: int
    offset: int
    size: int


def form_of(head: bytes, file_size: int) -> Form:
    """The form of a WAV file of that many bytes which begins so. Raises NoSound.

    The sound reaches to the end of the file, whatever length the file states: a program that was killed has
    stated none, and not a second of a conversation is to be lost over that.
    """
    if head[:4] != b"RIFF" or head[8:12] != b"WAVE":
        raise NoSound("riff")
    at, form = 12, b""
    while at + 8 <= len(head):
        name, (length,) = head[at : at + 4], struct.unpack_from("<I", head, at + 4)
        at += 8
        if name == b"data":
            return _form(form, at, file_size)
        if name == b"fmt ":
            form = head[at : at + length]
        at += length + length % 2
    raise NoSound("data")


def _form(form: bytes, offset: int, file_size: int) -> Form:
    if len(form) < _FORM.size:
        raise NoSound("fmt")
    kind, channels, rate, _, frame, bits = _FORM.unpack_from(form)
    if kind not in (_PLAIN, _EXTENSIBLE) or bits != 16 or not channels or not rate or frame != 2 * channels:
        raise NoSound("format")
    size = max(0, file_size - offset)
    return Form(rate, 2, channels, offset, size - size % frame)


class Silence:
    """Finds where nothing was recorded: a second or more of samples that are all nothing.

    A voice or a line is never that quiet; a paused recording is.
    """

    def __init__(self, bytes_a_second: int) -> None:
        self._a_second = bytes_a_second
        self._window = max(2, int(bytes_a_second * _WINDOW) // 2 * 2)
        self._nothing = bytes(self._window)
        self._rest = b""
        self._at = 0
        self._since: int | None = None
        self._found: list[Stretch] = []

    def hear(self, sound: bytes) -> None:
        """Take the next piece in."""
        sound = self._rest + sound
        whole = len(sound) - len(sound) % self._window
        self._rest = sound[whole:]
        for start in range(0, whole, self._window):
            self._step(sound[start : start + self._window] == self._nothing)

    def found(self) -> tuple[Stretch, ...]:
        """All stretches, when the sound is over."""
        self._close()
        return tuple(self._found)

    def _step(self, silent: bool) -> None:
        if not silent:
            self._close()
        elif self._since is None:
            self._since = self._at
        self._at += self._window

    def _close(self) -> None:
        since, self._since = self._since, None
        if since is not None and self._at - since >= _SHORTEST_SILENCE * self._a_second:
            self._found.append(Stretch(since / self._a_second, self._at / self._a_second))
