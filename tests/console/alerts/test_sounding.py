"""The sound of alerts at a workstation: chosen, kept, quieter where wanted, never off for good."""

import array
import json
import wave
from itertools import product
from pathlib import Path

import pytest

from console.alerts.loudness import scaled
from console.alerts.remembered import remember, remembered
from models.alerts.sounding import MUTED_SECONDS, SOUNDS, VOLUMES, Mute, Sounding

SHIPPED = Path(__file__).parents[3] / "resources" / "sounds"


def samples(path: Path) -> "array.array[int]":
    with wave.open(str(path), "rb") as file:
        return array.array("h", file.readframes(file.getnframes()))


def test_every_choice_is_kept_at_the_workstation(tmp_path: Path) -> None:
    assert remembered(tmp_path) == Sounding()
    for sound, volume in product(("", *SOUNDS), VOLUMES):
        remember(tmp_path, Sounding(sound, volume))
        assert remembered(tmp_path) == Sounding(sound, volume)


@pytest.mark.parametrize(
    "content", ["", "[]", "{", json.dumps({"sound": "../x", "volume": 0}), json.dumps({"volume": "loud"})]
)
def test_a_file_that_says_nothing_sensible_leaves_it_loud(tmp_path: Path, content: str) -> None:
    (tmp_path / "alert_sound.json").write_text(content)
    assert remembered(tmp_path) == Sounding("", 100)


@pytest.mark.parametrize("sound", SOUNDS)
def test_each_sound_ships_and_is_as_loud_as_chosen(tmp_path: Path, sound: str) -> None:
    whole = SHIPPED / f"{sound}.wav"
    assert scaled(whole, 100, tmp_path) == whole
    loudest = max(map(abs, samples(whole)))
    assert loudest > 10_000
    for percent in VOLUMES[:-1]:
        quieter = samples(scaled(whole, percent, tmp_path))
        assert len(quieter) == len(samples(whole))
        assert abs(max(map(abs, quieter)) - loudest * percent / 100) <= 1


def test_where_no_quieter_one_can_be_made_it_is_heard_as_it_is(tmp_path: Path) -> None:
    whole = SHIPPED / "alert.wav"
    assert scaled(whole, 40, tmp_path / "missing") == whole


def test_silence_is_over_after_ten_minutes() -> None:
    assert not Mute().holds(0)
    assert Mute(5).holds(5 + MUTED_SECONDS - 0.1)
    assert not Mute(5).holds(5 + MUTED_SECONDS)
    assert all(volume > 0 for volume in VOLUMES)
