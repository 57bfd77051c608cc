"""The shipped practice callers are whole and plainly invented; a broken script is named with its place."""

from pathlib import Path

import pytest

from models.practice.script import LINES, REACH, Script
from models.risk.cssrs import Question
from models.risk.cssrs import fired as screened
from models.risk.level import highest
from models.risk.quick_screen import AskState, Item, judge
from resources.practice import scripts
from resources.reading import ResourceError

BRIDGE = scripts.FOLDER / "bridge.toml"
SHIPPED = scripts.shipped()


@pytest.mark.parametrize("script", SHIPPED, ids=lambda one: one.id)
def test_a_shipped_caller_is_invented(script: Script) -> None:
    assert "演示" in script.caller.zh
    assert "Demo" in script.caller.en
    assert not script.confirmed, "nobody has confirmed the words yet"
    for scene in script.scenes:
        assert scene.number == "" or scene.number in LINES or scene.number.startswith(REACH)


@pytest.mark.parametrize("script", SHIPPED, ids=lambda one: one.id)
def test_each_item_of_the_key_is_answered_by_a_line(script: Script) -> None:
    heard = {
        when.sign.value for scene in script.scenes for one in scene.lines for when in one.when if when.sign
    }
    assert {row.item for row in script.key.items} <= heard


@pytest.mark.parametrize("script", SHIPPED, ids=lambda one: one.id)
def test_the_level_of_the_key_follows_from_its_items(script: Script) -> None:
    """Nothing clinical is invented: what the instruments make of the true answers is the key's level."""
    truths = {row.item: row.truth for row in script.key.items}
    if script.key.level is None:
        assert not truths
        return
    screen = judge({Item(item): AskState(truth) for item, truth in truths.items() if item in set(Item)})
    columbia = {
        Question(item.partition(".")[2]): AskState(truth) for item, truth in truths.items() if "." in item
    }
    level = highest(screen.level, screened(columbia)[0] if columbia else None)
    assert script.key.level is level


def test_names_and_files_agree() -> None:
    assert [script.id for script in SHIPPED] == sorted(path.stem for path in scripts.FOLDER.glob("*.toml"))


@pytest.mark.parametrize(
    ("before", "after", "field", "cause"),
    [
        ('number = "13800000011"', 'number = "13912345678"', "number", "invented number"),
        ('caller_zh = "演示来电者·桥"', 'caller_zh = "王某"', "caller_zh", "plainly invented"),
        ('item = "acting"', 'item = "breathing"', "item", "no item"),
        ('truth = "yes"', 'truth = "maybe"', "truth", "not one of"),
        ('level = "R4"', 'level = "R7"', "level", "not one of"),
        ('category = ["C3"]', 'category = ["C9"]', "category", "C9"),
        ('when = ["said:hello"]', 'when = ["said:nobody"]', "when", "no such line"),
        ('when = ["time:75"]', 'when = ["time:soon"]', "when", "a number is wanted"),
        ('when = ["asked:acting"]', 'when = ["asked:height"]', "when", "no 'height'"),
        ('when = ["joined:f110"]', 'when = ["jumped:f110"]', "when", "jumped"),
        ('done = ["referred:f110"]', 'done = ["referred:f911"]', "done", "no 'f911'"),
        ('done = ["referred:f110"]', 'done = ["plan:hope"]', "done", "no 'hope'"),
        ('does = "sound"', 'does = "sings"', "does", "not one of those"),
        ('mark = "S"', 'mark = "X"', "mark", "not one of those"),
        ("distress = 90", "distress = 900", "distress", "0"),
        ("patience = 120", "patience = -1", "patience", "0"),
        ('id = "wind"', 'id = "hello"', "id", "twice"),
        ("lasts = 900\n", "", "lasts", "missing"),
    ],
)
def test_a_broken_script_is_named(tmp_path: Path, before: str, after: str, field: str, cause: str) -> None:
    source = BRIDGE.read_text(encoding="utf-8")
    assert before in source
    place = tmp_path / "own.toml"
    place.write_text(source.replace(before, after, 1), encoding="utf-8")
    with pytest.raises(ResourceError) as wrong:
        scripts.load(place)
    assert wrong.value.file == place
    assert wrong.value.field.endswith(field)
    assert cause in wrong.value.cause
    if after:
        line = source.replace(before, after, 1).splitlines()[wrong.value.line - 1]
        assert field in line or line.startswith("[["), line


def test_own_scripts_are_read_and_the_broken_one_is_said(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_bytes(BRIDGE.read_bytes())
    (tmp_path / "b.toml").write_text("[[call", encoding="utf-8")
    found, broken = scripts.own(tmp_path)
    assert [one.id for one in found] == ["bridge"]
    assert [error.file.name for error in broken] == ["b.toml"]


def test_seven_items_are_known() -> None:
    assert {row.item for script in SHIPPED for row in script.key.items} <= set(Item) | {
        f"cssrs.{question}" for question in ("q1", "q2", "q3", "q4", "q5", "q6_ever", "q6_3m")
    }
