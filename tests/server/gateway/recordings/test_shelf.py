"""A power cut at any step between the exchange's folder and the server loses no second of a recording."""

import errno
import io
import os
import struct
import wave
from collections.abc import Iterable
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from models.recordings.label import Stretch
from models.recordings.wave import NoSound
from server.gateway.recordings.disk import Disk
from server.gateway.recordings.shelf import Mark, Shelf, Waiting
from server.recordings.locking import PIECE, Broken, Lock, unwrap

PRIVATE = X25519PrivateKey.generate()
NAME, CALL, SITE = "1767323045.7", "c" * 32, "jinzhong"
SOUND = bytes(range(1, 251)) * 800


class PowerCut(BaseException):
    """The program is gone."""


class DyingDisk(Disk):
    """Works for so many steps; `before`: the last one is not done any more."""

    def __init__(self, steps: int, before: bool) -> None:
        self._left = steps
        self._before = before

    def write(self, path: Path, pieces: Iterable[bytes]) -> None:
        if self._dies():
            with path.open("wb") as file:
                file.write(next(iter(pieces)))
                raise PowerCut
        super().write(path, pieces)
        self._die()

    def settle(self, folder: Path) -> None:
        self._first()
        super().settle(folder)
        self._die()

    def rename(self, path: Path, other: Path) -> None:
        self._first()
        super().rename(path, other)
        self._die()

    def remove(self, path: Path) -> None:
        self._first()
        super().remove(path)
        self._die()

    def _dies(self) -> bool:
        self._left -= 1
        return self._left == 0 and self._before

    def _first(self) -> None:
        if self._dies():
            raise PowerCut

    def _die(self) -> None:
        if self._left == 0:
            raise PowerCut


class FullDisk(Disk):
    """Takes a piece and no more."""

    def write(self, path: Path, pieces: Iterable[bytes]) -> None:
        path.write_bytes(next(iter(pieces)))
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def wav(sound: bytes = SOUND) -> bytes:
    file = io.BytesIO()
    with wave.open(file, "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(8000)
        out.writeframes(sound)
    return file.getvalue()


@pytest.fixture
def plain(tmp_path: Path) -> Path:
    folder = tmp_path / "monitor"
    folder.mkdir()
    return folder


@pytest.fixture
def path(plain: Path) -> Path:
    path = plain / f"{NAME}.wav"
    path.write_bytes(wav())
    return path


def shelf(plain: Path, disk: Disk | None = None) -> Shelf:
    made = Shelf(plain, plain.parent / "locked", SITE, PRIVATE.public_key(), disk or Disk())
    made.prepare()
    return made


def sound_of(one: Waiting) -> bytes:
    key = unwrap(one.head.wrapped, one.head.label, PRIVATE)
    with one.path.open("rb") as file:
        size = one.label.size
        return b"".join(Lock(key, one.head.label, size).sound(file, 0, size, one.head.offset))


def take(plain: Path, disk: Disk | None = None, name: str = NAME) -> bool:
    own = shelf(plain, disk)
    return own.lock_away(name, CALL, own.plain()[name])


def test_a_recording_is_locked_away_and_nothing_plain_is_left(plain: Path, path: Path) -> None:
    assert take(plain)
    assert not path.exists()
    (one,) = shelf(plain).waiting()
    assert sound_of(one) == SOUND
    said = one.label
    assert (said.recording, said.call, said.site, said.rate) == (NAME, CALL, SITE, 8000)
    assert SOUND[:200] not in one.path.read_bytes()
    assert one.path.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("before", [True, False])
@pytest.mark.parametrize("steps", range(1, 6))
def test_the_power_may_go_at_any_step(plain: Path, path: Path, steps: int, before: bool) -> None:
    with pytest.raises(PowerCut):
        take(plain, DyingDisk(steps, before))
    again = shelf(plain)
    for name, mark in again.plain().items():
        assert again.lock_away(name, CALL, mark)
    (one,) = again.waiting()
    assert sound_of(one) == SOUND
    assert not path.exists()
    assert [found.suffix for found in one.path.parent.iterdir()] == [".locked"]


def test_there_are_no_more_steps_than_were_tried(plain: Path, path: Path) -> None:
    """With a sixth step the test above would have to try it."""
    assert take(plain, DyingDisk(6, before=True))


def test_a_full_disk_leaves_the_plain_file_and_no_rest(plain: Path, path: Path) -> None:
    with pytest.raises(OSError, match="No space"):
        take(plain, FullDisk())
    assert path.read_bytes() == wav()
    assert list((plain.parent / "locked").iterdir()) == []


def test_a_disk_that_gives_back_something_else_is_not_believed(plain: Path, path: Path) -> None:
    class Forgetful(Disk):
        def write(self, path: Path, pieces: Iterable[bytes]) -> None:
            whole = bytearray(b"".join(pieces))
            whole[-1] ^= 1
            path.write_bytes(whole)

    with pytest.raises(Broken):
        take(plain, Forgetful())
    assert path.exists()
    assert list((plain.parent / "locked").iterdir()) == []


def test_a_file_that_still_grows_stays(plain: Path, path: Path) -> None:
    class Growing(Disk):
        def rename(self, path: Path, other: Path) -> None:
            with (plain / f"{NAME}.wav").open("ab") as file:
                file.write(b"more")
            super().rename(path, other)

    assert not take(plain, Growing())
    assert path.read_bytes() == wav() + b"more"
    assert shelf(plain).waiting() == []


def test_a_plain_file_that_cannot_be_removed_is_handed_over_by_nobody_yet(plain: Path, path: Path) -> None:
    class ReadOnly(Disk):
        def remove(self, path: Path) -> None:
            if path.suffix == ".wav":
                raise PermissionError(errno.EACCES, "no")
            super().remove(path)

    for _ in range(2):
        with pytest.raises(PermissionError):
            take(plain, ReadOnly())
    assert shelf(plain).waiting() == []
    assert take(plain)
    assert len(shelf(plain).waiting()) == 1


def test_a_name_that_an_exchange_uses_again_is_another_recording(plain: Path, path: Path) -> None:
    take(plain)
    path.write_bytes(wav(b"\x05\x06" * 500))
    os.utime(path, ns=(5, 5_000_000_000))
    take(plain)
    sounds = {sound_of(one) for one in shelf(plain).waiting()}
    assert sounds == {SOUND, b"\x05\x06" * 500}


def test_the_sound_of_an_exchange_that_died_is_whole(plain: Path, path: Path) -> None:
    content = bytearray(wav())
    struct.pack_into("<I", content, 40, 0)
    path.write_bytes(bytes(content) + b"\x01")
    take(plain)
    (one,) = shelf(plain).waiting()
    assert sound_of(one) == SOUND


def test_pauses_stand_on_the_label(plain: Path, path: Path) -> None:
    voice = b"\x01\x00" * 8000
    path.write_bytes(wav(voice + bytes(3 * 16_000) + voice))
    take(plain)
    (one,) = shelf(plain).waiting()
    assert one.label.silent == (Stretch(1.0, 4.0),)
    assert one.label.seconds == 5


def test_an_empty_conversation_is_a_recording_too(plain: Path, path: Path) -> None:
    path.write_bytes(wav(b""))
    take(plain)
    (one,) = shelf(plain).waiting()
    assert sound_of(one) == b""


def test_a_long_one_is_sealed_in_pieces(plain: Path, path: Path) -> None:
    path.write_bytes(wav(SOUND * 10))
    take(plain)
    (one,) = shelf(plain).waiting()
    assert one.label.size > 10 * PIECE
    assert sound_of(one) == SOUND * 10


def test_what_is_no_recording_is_left_alone(plain: Path, path: Path) -> None:
    path.unlink()
    (plain / "1.2.wav").write_bytes(b"no sound")
    (plain / "notes.txt").write_text("of the administrator")
    (plain / "a name.wav").write_bytes(wav())
    (plain / "link.wav").symlink_to(plain / "notes.txt")
    own = shelf(plain)
    assert list(own.plain()) == ["1.2"]
    with pytest.raises(NoSound):
        own.lock_away("1.2", CALL, Mark(8, (plain / "1.2.wav").stat().st_mtime_ns))
    assert (plain / "1.2.wav").exists()


def test_a_locked_file_that_was_damaged_is_told_of_and_kept(plain: Path, path: Path) -> None:
    take(plain)
    (one,) = shelf(plain).waiting()
    one.path.write_bytes(one.path.read_bytes()[:-1])
    assert shelf(plain).waiting() == []
    assert shelf(plain).broken() == [one.path]


def test_what_the_server_has_is_forgotten(plain: Path, path: Path) -> None:
    take(plain)
    own = shelf(plain)
    own.forget(own.waiting()[0])
    assert shelf(plain).waiting() == []
