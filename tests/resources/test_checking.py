"""The checker: every fault at once, each with its line and its cause."""

from pathlib import Path

import pytest

from resources import enumerations, forms, instruments
from resources.checking import check_file
from resources.instruments import questionnaires
from tests.resources.test_weights import artificial

BROKEN = """id = "mine"
version = 0
zh = "本站"
sauce = "here"
mark = "X"

[[category]]
code = "C1"
groups = ["caller", "gone"]

[[category]]
code = "C77"

[[section]]
group = "caller"
zh = "来电者"
en = "Caller"

[[section.field]]
key = "a"
type = "chioce"
zh = "甲"
en = "A"

[[section.field]]
key = "b"
type = "choice"
choices = "nowhere"
zh = "乙"

[[section.field]]
key = "b"
type = "text"
zh = "乙"
en = "B"
most = 0

[[section.field]]
key = "c"
type = "text"
zh = "丙"
en = "C"
shown_if = { nobody = ["yes"] }

[[section.field]]
key = "d"
type = "yes_no"
zh = "丁"
en = "D"
shown_if = { e = ["x"] }
most = 3

[[section.field]]
key = "e"
type = "text"
zh = "戊"
en = "E"
shown_if = { d = ["maybe"] }
ask = "yes"

[[section.field]]
key = "relation"
type = "text"
zh = "己"
en = "F"
help_zh = "说明"
"""
FAULTS = [
    (1, "en", "missing"),
    (1, "source", "missing"),
    (2, "version", "1 or more"),
    (4, "sauce", "no such setting"),
    (5, "mark", "'X' is not one of"),
    (9, "category[1].groups", "no group 'gone'"),
    (12, "category[2].code", "no type of call 'C77'"),
    (21, "section[1].field[1].type", "'chioce' is not one of"),
    (25, "section[1].field[2].en", "missing"),
    (28, "section[1].field[2].choices", "no list of choices 'nowhere'"),
    (32, "section[1].field[3].key", "'b' stands twice"),
    (36, "section[1].field[3].most", "1 or more"),
    (43, "section[1].field[4].shown_if", "no field 'nobody'"),
    (50, "section[1].field[5].shown_if", "'d' depends on itself"),
    (51, "section[1].field[5].most", "type yes_no has no such setting"),
    (58, "section[1].field[6].shown_if", "'d' has no value 'maybe'"),
    (58, "section[1].field[6].shown_if", "'e' depends on itself"),
    (59, "section[1].field[6].ask", "true or false"),
    (61, "section[1].field[7].help_en", "missing"),
    (63, "section[1].field[7].type", "of type choice"),
]


def told(path: Path) -> list[tuple[int, str, str]]:
    return [(one.line, one.field, one.cause) for one in check_file(path)]


def test_every_fault_of_a_form_is_told_at_once_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(BROKEN, encoding="utf-8")
    found = told(path)
    assert [(line, field) for line, field, _ in found] == [(line, field) for line, field, _ in FAULTS]
    for (_, _, cause), (_, _, expected) in zip(found, FAULTS, strict=True):
        assert expected in cause


@pytest.mark.parametrize("name", forms.names())
def test_the_forms_that_ship_have_no_faults(name: str) -> None:
    assert told(forms.shipped(name)) == []


def test_the_other_files_that_ship_have_no_faults() -> None:
    assert told(enumerations.SHIPPED) == []
    assert told(instruments.SHIPPED) == []
    for name in questionnaires.NAMES:
        assert told(questionnaires.shipped(name)) == []


def test_faults_of_enumerations(tmp_path: Path) -> None:
    path = tmp_path / "enumerations.toml"
    path.write_text(
        '[sex]\nmark = "D"\nother = ["其他"]\n\n'
        '[title]\nsource = "here"\nmark = "D"\nother = ["其他", ""]\n\n'
        '[call_end]\nsource = "here"\nmark = "D"\nE9 = ["完", "End"]\n\n[empty]\nsource = "x"\nmark = "D"\n',
        encoding="utf-8",
    )
    assert [(line, field) for line, field, _ in told(path)] == [
        (1, "sex.source"),
        (3, "sex.other"),
        (8, "title.other"),
        *((line, field) for line, field, _ in told(path) if field.startswith("call_end.")),
        (15, "empty."),
    ]
    assert any("uses these codes" in cause for _, _, cause in told(path))


def test_faults_of_an_instrument(tmp_path: Path) -> None:
    source = questionnaires.shipped("phq9").read_text(encoding="utf-8")
    path = tmp_path / "phq9.toml"
    lines = source.splitlines()
    sourced = next(n for n, line in enumerate(lines, 1) if line.startswith("source = "))
    lines[sourced - 1] = 'source = " "'
    points = next(n for n, line in enumerate(lines, 1) if line.startswith("points = 3"))
    lines[points - 1] = "points = 4"
    path.write_text("\n".join(lines) + "\nunheard_of = 1\n", encoding="utf-8")
    found = [(line, field) for line, field, _ in told(path)]
    assert (sourced, "source") in found
    assert (points, "answer[4].points") in found
    assert len(found) >= 3


def test_an_instrument_without_a_source_is_named(tmp_path: Path) -> None:
    source = questionnaires.shipped("gad7").read_text(encoding="utf-8")
    path = tmp_path / "gad7.toml"
    kept = [line for line in source.splitlines() if not line.startswith(("source", "licence"))]
    path.write_text("\n".join(kept), encoding="utf-8")
    assert {field for _, field, _ in told(path)} == {"source", "licence"}


def test_faults_of_a_weight_file(tmp_path: Path) -> None:
    path = tmp_path / "elements12.weights.toml"
    path.write_text(artificial(relatives=9).replace("version = 7\n", ""), encoding="utf-8")
    assert {(line, field) for line, field, _ in told(path)} == {(1, "version"), (4, "element")}


def test_a_file_that_is_no_toml_has_one_fault_at_its_line(tmp_path: Path) -> None:
    path = tmp_path / "x.toml"
    path.write_text('id = "x"\nversion = \n', encoding="utf-8")
    assert [line for line, _, _ in told(path)] == [2]


def test_a_file_of_which_nobody_can_tell_what_it_is(tmp_path: Path) -> None:
    path = tmp_path / "x.toml"
    path.write_text('name = "x"\n', encoding="utf-8")
    assert [(line, field) for line, field, _ in told(path)] == [(1, "")]


def test_a_form_is_held_against_the_enumerations_beside_it(tmp_path: Path) -> None:
    (tmp_path / "forms").mkdir()
    path = tmp_path / "forms" / "mine.toml"
    path.write_text(
        'id = "mine"\nversion = 1\nzh = "本"\nen = "M"\nsource = "x"\nmark = "D"\n[[section]]\ngroup = "a"\n'
        'zh = "一"\nen = "A"\n[[section.field]]\nkey = "k"\ntype = "choice"\nchoices = "ours"\n'
        'zh = "二"\nen = "K"\n',
        encoding="utf-8",
    )
    assert [field for _, field, _ in told(path)] == ["section[1].field[1].choices"]
    (tmp_path / "enumerations.toml").write_text(
        '[ours]\nsource = "x"\nmark = "D"\na = ["甲", "A"]\n', encoding="utf-8"
    )
    assert told(path) == []
