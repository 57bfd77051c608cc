"""The checker: every fault at once, each with its line and its cause."""

from pathlib import Path

import pytest

from resources import (
    access,
    directory,
    enumerations,
    followups,
    forms,
    instruments,
    ladders,
    marks,
    safety_plan,
    sites,
)
from resources.checking import check_file, kind_of
from resources.instruments import questionnaires, questions
from resources.practice import scripts
from resources.reading import read_table
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
    assert {field for _, field, _ in told(path)} == {"source", "licence", "bands[1].source"}


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


SHIPPED_OTHERS = (
    questions.SHIPPED,
    safety_plan.SHIPPED,
    marks.SHIPPED,
    ladders.SHIPPED,
    directory.SHIPPED,
    access.SHIPPED,
    *(followups.shipped(name) for name in followups.SHIPPED),
    *sorted(scripts.FOLDER.glob("*.toml")),
    *sorted(sites.FOLDER.glob("*.toml")),
)


@pytest.mark.parametrize("path", SHIPPED_OTHERS, ids=lambda path: path.stem)
def test_each_other_kind_of_file_that_ships_is_known_and_without_a_fault(path: Path) -> None:
    assert kind_of(read_table(path)) is not None
    assert check_file(path) == ()


QUESTIONS = """version = 1
source = "ours"

[[question]]
instrument = "quick_screen"
item = "plan"
zh = " "
en = "Do you know how?"

[[question]]
instrument = "quick_screen"
item = "plan"
zh = "想好了吗？"

[[question]]
instrument = "phq9"
item = "gone"
zh = "睡得好吗？"
en = "Do you sleep?"
"""

FOLLOW_UP = """id = "other"
version = 0
zh = "自定"
en = "Ours"
days = [1, 7, 3]
source = ""
mark = "Z"
retry_hours = 900
lost_after = 3
"""

SCRIPT = """id = "our_call"
version = 1
title_zh = "练习"
title_en = "Practice"
trains_zh = "听"
trains_en = "Listening"
minutes = 5
caller_zh = "王某"
caller_en = "Demo A"
trust = 500

[[call]]
number = "13912345678"
dialled = "12356"
rings_after = 1
patience = -3
lasts = 60

[[call.line]]
id = "hello"
zh = "喂"
en = "Hello"
when = ["said:nobody"]

[[key]]
category = ["C77"]
level = "R9"
why_category_zh = "因为"
why_category_en = "Because"
why_level_zh = "因为"
why_level_en = "Because"
mark = "D"
source = "ours"

[[key.act]]
zh = "问"
en = "Ask"
why_zh = "因为"
why_en = "Because"
mark = "D"
source = "ours"
done = []
"""

PLAN = safety_plan.SHIPPED.read_text(encoding="utf-8").replace('id = "own"', 'id = "signs"', 1)


@pytest.mark.parametrize(
    ("name", "text", "faults"),
    [
        (
            "questions.toml",
            QUESTIONS,
            [
                ("question[1].zh", 7),
                ("question[2].item", 12),
                ("question[2].en", 10),
                ("question[3].item", 17),
            ],
        ),
        (
            "mine.toml",
            FOLLOW_UP,
            [
                ("id", 1),
                ("version", 2),
                ("days", 5),
                ("source", 6),
                ("mark", 7),
                ("retry_hours", 8),
                ("lost_after", 9),
            ],
        ),
        (
            "our_call.toml",
            SCRIPT,
            [
                ("caller_zh", 8),
                ("trust", 10),
                ("call[1].number", 13),
                ("call[1].patience", 16),
                ("call[1].line[1].when", 23),
                ("key[1].category", 26),
                ("key[1].level", 27),
                ("key[1].act[1].done", 42),
            ],
        ),
        ("safety_plan.toml", PLAN, None),
    ],
    ids=["questions", "follow_up", "script", "safety_plan"],
)
def test_every_fault_of_the_other_kinds_is_told_with_its_line(
    tmp_path: Path, name: str, text: str, faults: list[tuple[str, int]] | None
) -> None:
    file = tmp_path / name
    file.write_text(text, encoding="utf-8")
    found = check_file(file)
    if faults is None:
        assert {one.field for one in found} == {"step", "step[2].id"}
    else:
        assert sorted((one.field, one.line) for one in found) == sorted(faults)
    assert all(one.cause and one.file == file for one in found)


@pytest.mark.parametrize(
    ("source", "before", "after"),
    [
        (marks.SHIPPED, 'id = "silence"', 'id = "crying"'),
        (ladders.SHIPPED, 'category = "S1"', 'category = "S77"'),
        (directory.SHIPPED, 'number = "110"', 'number = "1"'),
        (access.SHIPPED, "retention_years = 3", "retention_years = 1"),
        (sites.FOLDER / "jinzhong.toml", 'city = "晋中市"', "city = 5"),
    ],
    ids=["marks", "ladder", "targets", "rights", "site"],
)
def test_a_fault_in_what_is_read_whole_is_told_with_its_line(
    tmp_path: Path, source: Path, before: str, after: str
) -> None:
    text = source.read_text(encoding="utf-8")
    assert before in text
    file = tmp_path / source.name
    file.write_text(text.replace(before, after, 1), encoding="utf-8")
    (fault,) = check_file(file)
    assert fault.line > 1
    assert fault.cause
