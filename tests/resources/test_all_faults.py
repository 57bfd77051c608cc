"""Marks, ladder, targets, rights and site: every fault at once, as for the other kinds."""

import re
from pathlib import Path

import pytest

from resources import sites
from resources.checking import check_file
from resources.instruments import questionnaires
from resources.texts import use_language

MARKS = """version = "1"
confirm = true

[[mark]]
id = "crying"
zh = "哭泣"
en = " "

[[mark]]
id = "crying"
zh = 3
en = "Calm"
key = "F9"
"""
LADDER = """confirmed = "yes"

[[step]]
id = "a"
zh = "甲"
category = "S77"

[[step]]
id = "a"
zh = "甲"
en = "B"
catgory = "S1"
"""
TARGETS = """[[target]]
id = "f110"
kind = "F110"
zh = "110 公安"
en = "Police 110"
short = "110"
number = "1"
emergency = 1

[[target]]
id = "f110"
kind = ""
zh = "120"
short = "120"
number = "１２０"
by_cty = true
"""
RIGHTS = """retention_years = 1
unmasked_seconds = "30"

[[rule]]
roles = ["BOSS", "ADM"]
entities = ["note", "notes"]
parts = []
actions = ["write"]
of = "mine"
hours = 0

[[rule]]
roles = ["LEAD"]
entities = ["grant"]
parts = ["words"]
actions = ["ask"]
of = "site"
reson = true
"""
SITE = """id = "ours"
name_zh = "本站"
city = 5
province = "山西省"
area_code = "o354"
lines = ["12356", "abc"]
hours = "whenever"
greeting = ""
greeting_confirmed = "no"
lock_minuts = 3
lock_minutes = 90
dials = ["951*", "00861", "16012345"]
emergency = ["police"]
overflow = "+8612355"
overflow_after = 3
alert_again_seconds = 1
alert_unseen_seconds = 999
alert_supervisor = "+86"
alert_sound = "none"
pack_keys = ["***", "AAAA"]
time_zone = "Mars"
mark_days = 91
follow_up_R3 = "../../secret"
"""
CASES = {
    "marks.toml": (
        MARKS,
        [
            (1, "version"),
            (2, "confirm"),
            (7, "mark[1].en"),
            (10, "mark[2].id"),
            (11, "mark[2].zh"),
            (13, "mark[2].key"),
        ],
    ),
    "silent.toml": (
        LADDER,
        [
            (1, "confirmed"),
            (1, "version"),
            (3, "step[1].en"),
            (6, "step[1].category"),
            (9, "step[2].id"),
            (10, "step[2].zh"),
            (12, "step[2].catgory"),
        ],
    ),
    "targets.toml": (
        TARGETS,
        [
            (7, "target[1].number"),
            (8, "target[1].emergency"),
            (10, "target[2].en"),
            (11, "target[2].id"),
            (12, "target[2].kind"),
            (15, "target[2].number"),
            (16, "target[2].by_cty"),
        ],
    ),
    "access.toml": (
        RIGHTS,
        [
            (1, "retention_years"),
            (2, "unmasked_seconds"),
            (5, "rule[1].roles"),
            (5, "rule[1].roles"),
            (6, "rule[1].entities"),
            (7, "rule[1].parts"),
            (9, "rule[1].of"),
            (10, "rule[1].hours"),
            (12, "rule[2].longest_hours"),
            (18, "rule[2].reson"),
        ],
    ),
    "sites/ours.toml": (
        SITE,
        [
            (1, "name_en"),
            (3, "city"),
            (5, "area_code"),
            (6, "lines"),
            (7, "hours"),
            (8, "greeting"),
            (9, "greeting_confirmed"),
            (10, "lock_minuts"),
            (11, "lock_minutes"),
            (12, "dials"),
            (12, "dials"),
            (13, "emergency"),
            (14, "overflow"),
            (15, "overflow_after"),
            (16, "alert_again_seconds"),
            (17, "alert_unseen_seconds"),
            (18, "alert_supervisor"),
            (19, "alert_sound"),
            (20, "pack_keys"),
            (21, "time_zone"),
            (22, "mark_days"),
            (23, "follow_up_R3"),
        ],
    ),
}


@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.parametrize("name", CASES)
def test_every_fault_is_told_at_once_with_its_line(tmp_path: Path, name: str, language: str) -> None:
    use_language(language)
    text, expected = CASES[name]
    file = tmp_path / name
    file.parent.mkdir(exist_ok=True)
    file.write_text(text, encoding="utf-8")
    found = check_file(file)
    assert sorted((one.line, one.field) for one in found) == sorted(expected)
    for one in found:
        assert one.file == file
        assert one.cause
        own = re.sub("'[^']*'", "", one.cause)
        assert bool(re.search("[\u4e00-\u9fff]", own)) == (language == "zh_CN"), one


def test_too_many_marks_and_steps_are_told_beside_the_rest(tmp_path: Path) -> None:
    for name, part, most in (("marks.toml", "mark", 8), ("silent.toml", "step", 9)):
        file = tmp_path / name
        one = '[[{part}]]\nid = "{n}"\nzh = "第{n}"\nen = "{n}"\n'
        rows = (one.format(part=part, n=n) for n in range(most + 1))
        file.write_text("version = true\n" + "".join(rows), encoding="utf-8")
        found = {(fault.line, fault.field): fault.cause for fault in check_file(file)}
        assert set(found) == {(1, "version"), (2, part)}
        assert str(most) in found[2, part]


def test_a_site_that_asks_for_nothing_is_whole_in_every_other_line(tmp_path: Path) -> None:
    text = sites.shipped("jinzhong").read_text(encoding="utf-8")
    for line in text.splitlines():
        if line.startswith(("#", "id ")):
            continue
        field = line.split(" ")[0]
        file = tmp_path / "sites" / "jinzhong.toml"
        file.parent.mkdir(exist_ok=True)
        file.write_text(text.replace(line, f"{field} = [[1]]"), encoding="utf-8")
        found = [(one.line, one.field) for one in check_file(file)]
        assert set(found) == {(text.splitlines().index(line) + 1, field)}, line


def test_an_instrument_in_the_place_of_another_or_called_official_is_told(tmp_path: Path) -> None:
    file = tmp_path / "phq9.toml"
    text = questionnaires.shipped("gad7").read_text(encoding="utf-8")
    file.write_text(text.replace("official_text = false", "official_text = true"), encoding="utf-8")
    assert {one.field for one in check_file(file)} == {"id", "official_text"}


def test_a_pack_tells_all_its_own_faults_and_those_of_its_files(tmp_path: Path) -> None:
    (tmp_path / "marks.toml").write_text(MARKS, encoding="utf-8")
    (tmp_path / "added.txt").write_text("x")
    (tmp_path / "pack.toml").write_text(
        'id = 3\nversion = "1"\nownr = "x"\n\n[files]\n"marks.toml" = "00"\n"../out" = "00"\n"gone" = "00"\n'
    )
    found = check_file(tmp_path, (bytes(32),))
    assert {(one.file.name, one.line, one.field) for one in found if one.file.name == "pack.toml"} == {
        ("pack.toml", 1, "id"),
        ("pack.toml", 1, "date"),
        ("pack.toml", 1, "owner"),
        ("pack.toml", 1, "signature"),
        ("pack.toml", 2, "version"),
        ("pack.toml", 3, "ownr"),
        ("pack.toml", 5, "files.added.txt"),
        ("pack.toml", 6, "files.marks.toml"),
        ("pack.toml", 7, "files.../out"),
        ("pack.toml", 8, "files.gone"),
    }
    assert len([one for one in found if one.file.name == "marks.toml"]) == len(CASES["marks.toml"][1])
    again = check_file(tmp_path / "pack.toml", (bytes(32),))
    assert [(one.file, one.line, one.field) for one in again] == [
        (one.file, one.line, one.field) for one in found
    ]


def test_a_hotline_s_folder_may_have_the_name_of_one_of_its_parts(tmp_path: Path) -> None:
    for folder in ("forms", "scripts"):
        file = tmp_path / folder / "marks.toml"
        file.parent.mkdir()
        file.write_text(MARKS, encoding="utf-8")
        assert sorted((one.line, one.field) for one in check_file(file)) == CASES["marks.toml"][1]
    form = tmp_path / "forms" / "silent.toml"
    form.write_text('id = "mine"\n[[section]]\ngroup = 1\n', encoding="utf-8")
    assert "section[1].group" in {one.field for one in check_file(form)}
