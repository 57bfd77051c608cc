"""The steps of the safety plan as data: what ships is whole and ours, a hotline's own may word them anew."""

from pathlib import Path

import pytest

from models.risk.safety_plan import PlanStep
from resources import safety_plan
from resources.reading import ResourceError


def test_what_ships_has_six_steps_in_both_languages_and_says_that_it_is_to_be_confirmed() -> None:
    form = safety_plan.load()
    assert [part.step for part in form.parts] == list(PlanStep)
    assert not form.confirmed
    assert form.source
    for part in form.parts:
        for words in (part.name, part.hint, part.ask):
            assert words.zh != words.en
            assert words.zh.strip()
            assert words.en.strip()


@pytest.mark.parametrize(
    ("change", "field"),
    [
        (('id = "own"', 'id = "alone"'), "step"),
        (('id = "own"', 'id = "signs"'), "id"),
        (('ask_zh = "一个人的时候', 'ask = "一个人的时候'), "ask"),
        (("version = 1", 'version = "1"'), "version"),
    ],
)
def test_another_step_or_a_missing_word_is_named_with_its_line(
    tmp_path: Path, change: tuple[str, str], field: str
) -> None:
    text = safety_plan.SHIPPED.read_text(encoding="utf-8")
    assert change[0] in text
    file = tmp_path / "safety_plan.toml"
    file.write_text(text.replace(*change), encoding="utf-8")
    with pytest.raises(ResourceError) as told:
        safety_plan.load(file)
    assert field in told.value.field
    assert told.value.line > 0


def test_a_hotline_words_them_its_own_way_and_confirms_them(tmp_path: Path) -> None:
    text = safety_plan.SHIPPED.read_text(encoding="utf-8")
    own = text.replace("confirmed = false", "confirmed = true").replace('"预警信号"', '"早期信号"')
    file = tmp_path / "safety_plan.toml"
    file.write_text(own, encoding="utf-8")
    form = safety_plan.load(file)
    assert form.confirmed
    assert form.parts[0].name.zh == "早期信号"
