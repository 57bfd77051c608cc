"""Ages and days as they are typed: offered beside the note, filled in only where somebody says so."""

from pathlib import Path

import pytest

from console.presenters.form import FormPresenter
from console.presenters.offered import OfferedPresenter
from resources import hotline
from tests.console.presenters.conftest import Stage
from widgets.base.labels import ElidedLabel
from widgets.notes.offered import Offered


@pytest.fixture
def offered(stage: Stage, tmp_path: Path) -> Offered:
    data = hotline.load("jinzhong", None, tmp_path)
    form = FormPresenter(stage.parts.note, data)
    notes = stage.station.notes
    notes.desk.watch(lambda desk: form.show_note(desk.note) if desk.note else None)
    stage.parts.note.edited.connect(notes.edit)
    OfferedPresenter(stage.bridge, stage.station, stage.parts, data.enumerations, stage.clock)
    (made,) = stage.parts.note.findChildren(Offered)
    stage.parts.window.show()
    notes.open_for("c")
    notes.choose_category("C1")
    return made


def type_in(stage: Stage, words: str, key: str = "complaint") -> None:
    assert stage.parts.note.papers.front.pages.put_value(key, words)


def test_an_age_is_offered_as_its_band_and_taken_by_hand_alone(stage: Stage, offered: Offered) -> None:
    type_in(stage, "来电者四十五岁，失眠")
    offer = offered._offer
    assert offer is not None
    assert offer.key == "age_band"
    values = stage.station.notes.desk.value.note.body.values
    assert "age_band" not in values
    offered._take.click()
    assert stage.station.notes.desk.value.note.body.values["age_band"] == offer.value
    assert offered._offer is None
    # What is filled in is not asked for again.
    type_in(stage, "来电者四十五岁，失眠三周")
    assert offered._offer is None


def test_two_ages_are_nobodys(stage: Stage, offered: Offered) -> None:
    type_in(stage, "45岁，儿子12岁")
    assert offered._offer is None


def test_a_day_is_said_with_its_date(stage: Stage, offered: Offered) -> None:
    type_in(stage, "昨天晚上和家人争吵")
    (days,) = offered.findChildren(ElidedLabel)
    assert "昨天" in days.text()
    assert not offered.isHidden()
    type_in(stage, "和家人争吵")
    assert offered.isHidden()


def test_what_was_said_of_one_person_is_not_offered_for_the_next(stage: Stage, offered: Offered) -> None:
    type_in(stage, "来电者四十五岁")
    assert not offered.isHidden()
    stage.station.notes.open_for("d")
    assert offered.isHidden()


def test_only_the_end_of_a_long_text_is_looked_at(stage: Stage, offered: Offered) -> None:
    type_in(stage, "四十五岁" + "。" * 100_000)
    assert offered._offer is None
    type_in(stage, "。" * 100_000 + "四十五岁")
    assert offered._offer is not None
