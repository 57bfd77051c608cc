from pathlib import Path

import pytest

from models.risk.quick_screen import Item
from resources.hotline import load as load_hotline
from resources.instruments.questionnaires import NAMES, load, shipped
from resources.instruments.questions import SHIPPED
from resources.instruments.questions import load as load_questions
from resources.reading import ResourceError


def test_there_are_words_for_every_item_of_every_instrument_and_for_nothing_else() -> None:
    asked = {(one.instrument, one.item) for one in load_questions(SHIPPED)}
    items = {("quick_screen", item.value) for item in Item}
    items |= {(name, one.code) for name in NAMES for one in load(shipped(name)).items}
    assert asked == items


def test_they_say_that_the_clinical_owner_has_to_confirm_them() -> None:
    assert "待临床负责人确认" in SHIPPED.read_text(encoding="utf-8").splitlines()[0]


def test_a_hotline_has_its_own(tmp_path: Path) -> None:
    own = SHIPPED.read_text(encoding="utf-8").replace("您现在安全吗？", "您在哪里？")
    (tmp_path / "questions.toml").write_text(own, encoding="utf-8")
    found = load_hotline("beijing", tmp_path, tmp_path / "kept").instruments.question(
        "quick_screen", "acting"
    )
    assert found
    assert found.words.zh.startswith("您在哪里？")


@pytest.mark.parametrize(
    ("was", "becomes"),
    [('item = "plan"\n', 'item = "acting"\n'), ('zh = "您现在', 'zz = "您现在'), ("version = 1", "")],
)
def test_a_broken_file_is_named_with_its_place(tmp_path: Path, was: str, becomes: str) -> None:
    path = tmp_path / "questions.toml"
    path.write_text(SHIPPED.read_text(encoding="utf-8").replace(was, becomes, 1), encoding="utf-8")
    with pytest.raises(ResourceError):
        load_questions(path)
