"""The sound of alerts: heard as it was chosen, kept for whoever sits there next, never silent."""

from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from console.presenters.alert_sound import AlertSoundPresenter
from models.alerts.sounding import Sounding
from models.people.site import AlertRules
from tests.console.presenters.conftest import Stage
from widgets.alerts.sound_form import SoundForm


@dataclass
class Ears:
    heard: list[tuple[str, int]] = field(default_factory=list)
    volume: int = 0

    def alarm(self, sound: str) -> None:
        self.heard.append((sound, self.volume))

    def show_volume(self, percent: int) -> None:
        self.volume = percent


def sat_down(stage: Stage, folder: Path) -> tuple[Any, Ears, SoundForm]:
    ears, alerts = Ears(), SimpleNamespace(sound="")
    made: Any = alerts
    listening: Any = ears
    alerts.presenter = AlertSoundPresenter(
        stage.parts, made, AlertRules(sound="alert_steps"), listening, folder
    )
    return alerts, ears, stage.parts.window.findChildren(SoundForm)[-1]


def test_what_nobody_chose_is_the_hotlines_own_sound_and_loud(stage: Stage, tmp_path: Path) -> None:
    alerts, ears, form = sat_down(stage, tmp_path)
    assert (alerts.sound, ears.volume, ears.heard) == ("alert_steps", 100, [])
    form.try_wanted.emit()
    assert ears.heard == [("alert_steps", 100)]


def test_a_choice_is_heard_at_once_and_there_for_the_next_one_who_sits_down(
    stage: Stage, tmp_path: Path
) -> None:
    alerts, ears, form = sat_down(stage, tmp_path)
    form.chosen.emit(Sounding("alert_low", 40))
    assert (alerts.sound, ears.heard) == ("alert_low", [("alert_low", 40)])
    again, ears_again, _ = sat_down(stage, tmp_path)
    assert (again.sound, ears_again.volume) == ("alert_low", 40)


def test_back_to_the_hotlines_own_sound(stage: Stage, tmp_path: Path) -> None:
    alerts, _, form = sat_down(stage, tmp_path)
    form.chosen.emit(Sounding("alert_low", 40))
    form.chosen.emit(Sounding("", 70))
    assert alerts.sound == "alert_steps"
    assert sat_down(stage, tmp_path)[0].sound == "alert_steps"


@pytest.mark.parametrize(
    "content", [b"\xff\xfe", b"[]", b'{"sound": "none", "volume": 0}', b'{"volume": true}']
)
def test_a_file_that_means_nothing_silences_nobody(stage: Stage, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "alert_sound.json").write_bytes(content)
    alerts, ears, _ = sat_down(stage, tmp_path)
    assert (alerts.sound, ears.volume) == ("alert_steps", 100)


def test_where_nothing_can_be_kept_the_choice_holds_until_the_end(stage: Stage, tmp_path: Path) -> None:
    alerts, _, form = sat_down(stage, tmp_path / "none")
    (tmp_path / "none").write_text("a file where the folder should be")
    form.chosen.emit(Sounding("alert_low", 40))
    assert alerts.sound == "alert_low"
