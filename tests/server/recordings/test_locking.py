"""What is locked away comes out again whole, or not at all."""

import io
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from models.recordings.label import Label, Stretch
from server.recordings.container import head_bytes, read_head, read_label, write_label
from server.recordings.locking import (
    PIECE,
    TAG,
    Broken,
    Lock,
    key_name,
    new_key,
    pieces_of,
    sealed_size,
    unwrap,
    wrap,
)

PRIVATE = X25519PrivateKey.generate()
SIZES = st.sampled_from([0, 1, 2, PIECE - 1, PIECE, PIECE + 1, 2 * PIECE, 3 * PIECE + 5])


def sound_of(size: int) -> bytes:
    return (bytes(range(256)) * (size // 256 + 1))[:size]


def label_of(size: int) -> Label:
    at = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
    silent = (Stretch(1.5, 2.5),)
    return Label("a" * 32, "1767323045.7", "b" * 32, "beijing", at, size, "0" * 16, silent=silent)


def locked(size: int) -> tuple[bytes, bytes, bytes]:
    """A whole file, its key and its label."""
    key, label = new_key(), write_label(label_of(size))
    body = b"".join(Lock(key, label, size).seal_all(io.BytesIO(sound_of(size)).read))
    return head_bytes(label, wrap(key, label, PRIVATE.public_key())) + body, key, label


def opened(file: bytes) -> bytes:
    """What the server does with such a file."""
    stream = io.BytesIO(file)
    head = read_head(stream, len(file))
    size = head.said.size
    lock = Lock(unwrap(head.wrapped, head.label, PRIVATE), head.label, size)
    return b"".join(lock.sound(stream, 0, size, head.offset))


@given(SIZES)
def test_it_comes_out_as_it_went_in(size: int) -> None:
    file, _, label = locked(size)
    assert opened(file) == sound_of(size)
    assert read_label(label) == label_of(size)


@given(SIZES, st.integers(0, 4 * PIECE), st.integers(0, 2 * PIECE))
def test_any_part_can_be_had_alone(size: int, start: int, length: int) -> None:
    file, key, label = locked(size)
    offset = len(file) - sealed_size(size)
    part = b"".join(Lock(key, label, size).sound(io.BytesIO(file), start, length, offset))
    assert part == sound_of(size)[start : start + length]


@given(SIZES, st.data())
def test_one_altered_bit_anywhere_is_found(size: int, data: st.DataObject) -> None:
    file, _, _ = locked(size)
    at = data.draw(st.integers(0, len(file) - 1))
    altered = bytearray(file)
    altered[at] ^= 1 << data.draw(st.integers(0, 7))
    with pytest.raises(Broken):
        opened(bytes(altered))


@pytest.mark.parametrize("size", [0, 5, PIECE, 3 * PIECE + 5])
def test_each_piece_is_guarded(size: int) -> None:
    file, _, _ = locked(size)
    begin = len(file) - sealed_size(size)
    for number in range(pieces_of(size)):
        altered = bytearray(file)
        altered[begin + number * (PIECE + TAG)] ^= 1
        with pytest.raises(Broken):
            opened(bytes(altered))


@given(SIZES, st.data())
def test_nothing_can_be_cut_off_or_added(size: int, data: st.DataObject) -> None:
    file, _, _ = locked(size)
    with pytest.raises(Broken):
        opened(file[: data.draw(st.integers(0, len(file) - 1))])
    with pytest.raises(Broken):
        opened(file + data.draw(st.binary(min_size=1, max_size=40)))


def test_a_shorter_sound_cannot_be_made_of_a_longer_one() -> None:
    """Whoever has the key of nothing cuts at a piece and cannot make the label say so."""
    _, key, label = locked(2 * PIECE)
    pieces = list(Lock(key, label, 2 * PIECE).seal_all(io.BytesIO(sound_of(2 * PIECE)).read))
    with pytest.raises(Broken):
        list(Lock(key, label, PIECE).sound(io.BytesIO(pieces[0]), 0, PIECE))


def test_pieces_cannot_change_places() -> None:
    _, key, label = locked(3 * PIECE)
    lock = Lock(key, label, 3 * PIECE)
    one, two, three = lock.seal_all(io.BytesIO(sound_of(3 * PIECE)).read)
    with pytest.raises(Broken):
        list(lock.sound(io.BytesIO(two + one + three), 0, 3 * PIECE))


def test_another_label_or_another_key_opens_nothing() -> None:
    _, key, label = locked(10)
    other = write_label(replace(label_of(10), call="c" * 32))
    wrapped = wrap(key, label, PRIVATE.public_key())
    assert unwrap(wrapped, label, PRIVATE) == key
    with pytest.raises(Broken):
        unwrap(wrapped, other, PRIVATE)
    with pytest.raises(Broken):
        unwrap(wrapped, label, X25519PrivateKey.generate())
    sealed = Lock(key, label, 10).seal(0, sound_of(10))
    with pytest.raises(Broken):
        Lock(key, other, 10).open(0, sealed)
    with pytest.raises(Broken):
        Lock(new_key(), label, 10).open(0, sealed)


def test_a_sound_that_ends_too_early_is_not_sealed_as_if_it_were_whole() -> None:
    with pytest.raises(Broken):
        list(Lock(new_key(), b"{}", 10).seal_all(io.BytesIO(b"123").read))


def test_a_key_has_a_name_of_its_own() -> None:
    assert key_name(PRIVATE.public_key()) != key_name(X25519PrivateKey.generate().public_key())


@given(st.binary(max_size=200))
def test_what_is_no_locked_recording_is_told_so(junk: bytes) -> None:
    with pytest.raises(Broken):
        opened(junk)
