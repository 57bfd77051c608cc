"""What a WAV file says of its sound, and where nothing was recorded."""

import io
import struct
import wave
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.recordings.label import Label, Stretch
from models.recordings.wave import HEAD_BYTES, Form, NoSound, Silence, form_of

SECOND = 16_000


def wav(sound: bytes, rate: int = 8000, channels: int = 1) -> bytes:
    file = io.BytesIO()
    with wave.open(file, "wb") as out:
        out.setnchannels(channels)
        out.setsampwidth(2)
        out.setframerate(rate)
        out.writeframes(sound)
    return file.getvalue()


def test_the_form_of_a_whole_file() -> None:
    file = wav(b"\x01\x02" * 100, 16_000)
    assert form_of(file[:HEAD_BYTES], len(file)) == Form(16_000, 2, 1, 44, 200)


def test_a_file_whose_writer_died_is_as_long_as_it_is() -> None:
    file = bytearray(wav(b"\x01\x02" * 100) + b"\x03")
    struct.pack_into("<I", file, 40, 0)
    struct.pack_into("<I", file, 4, 0)
    assert form_of(bytes(file), len(file)).size == 200


def test_other_chunks_come_before_the_sound() -> None:
    file = wav(b"\x01\x02" * 4)
    longer = file[:12] + b"LIST" + struct.pack("<I", 3) + b"abc\x00" + file[12:]
    form = form_of(longer, len(longer))
    assert longer[form.offset : form.offset + form.size] == b"\x01\x02" * 4


@given(st.binary(max_size=80))
def test_what_is_no_sound_is_told_so(junk: bytes) -> None:
    with pytest.raises(NoSound):
        form_of(junk, len(junk))


@pytest.mark.parametrize(("at", "value"), [(20, 6), (34, 8), (22, 0), (24, 0)])
def test_a_form_that_nobody_can_play_here_is_left_alone(at: int, value: int) -> None:
    file = bytearray(wav(b"\x01\x02" * 4))
    struct.pack_into("<H", file, at, value)
    with pytest.raises(NoSound):
        form_of(bytes(file), len(file))


def test_the_pause_is_found_however_the_sound_is_read() -> None:
    voice = b"\x01\x00" * (SECOND // 2)
    sound = voice + bytes(2 * SECOND) + voice + bytes(SECOND // 2) + voice + bytes(SECOND)
    for piece in (1, 999, 1600, 65_536, len(sound)):
        silence = Silence(SECOND)
        for start in range(0, len(sound), piece):
            silence.hear(sound[start : start + piece])
        assert silence.found() == (Stretch(1.0, 3.0), Stretch(5.5, 6.5)), piece


def test_a_label_knows_how_long_its_sound_is() -> None:
    at = datetime(2026, 1, 2, tzinfo=UTC)
    label = Label("a", "1.1", "b", "beijing", at, 3 * SECOND, "k")
    assert label.seconds == 3
    assert label.began_at == at - timedelta(seconds=3)
