from pathlib import Path

import pytest

from resources import access, hotline
from resources.reading import ResourceError

OWN = """retention_years = 3
unmasked_seconds = 30

[[rule]]
roles = ["OP"]
entities = ["note"]
parts = ["words"]
actions = ["write"]
of = "own"
hours = 24

[[rule]]
roles = ["LEAD"]
entities = ["grant"]
parts = ["words"]
actions = ["ask"]
of = "site"
reason = true
longest_hours = 24
"""


def test_a_matrix_without_faults_is_read(tmp_path: Path) -> None:
    path = tmp_path / access.NAME
    path.write_text(OWN, encoding="utf-8")
    assert len(access.load(path).cells) == 2


@pytest.mark.parametrize(
    ("old", "new", "line", "field", "cause"),
    [
        ("years = 3", "years = 2", 1, "retention_years", "3 or more"),
        ("seconds = 30", "seconds = 0", 2, "unmasked_seconds", "1 or more"),
        ('roles = ["OP"]', "", 4, "rule[1].roles", "at least one"),
        ('roles = ["OP"]', 'roles = ["BOSS"]', 5, "rule[1].roles", "BOSS"),
        ('entities = ["note"]', 'entities = ["notes"]', 6, "rule[1].entities", "notes"),
        ('of = "own"', 'of = "mine"', 9, "rule[1].of", "'mine' is not one of"),
        ("hours = 24\n\n", "hours = 0\n\n", 10, "rule[1].hours", "1 or more"),
        ("hours = 24\n\n", 'hours = "a day"\n\n', 10, "rule[1].hours", "a whole number"),
        ('roles = ["OP"]', 'roles = ["ADM"]', 5, "rule[1].roles", "no clinical content"),
        ('roles = ["LEAD"]', 'roles = ["ADM"]', 13, "rule[2].roles", "no clinical content"),
        ('roles = ["OP"]', 'roles = ["OP", "GW"]', 5, "rule[1].roles", "calls and recordings only"),
        ("longest_hours = 24", "", 12, "rule[2].longest_hours", "has an end"),
        ("reason = true", "reason = false", 19, "rule[2].longest_hours", "has an end"),
    ],
)
def test_a_fault_is_named_with_file_line_and_field(
    tmp_path: Path, old: str, new: str, line: int, field: str, cause: str
) -> None:
    path = tmp_path / access.NAME
    assert old in OWN
    path.write_text(OWN.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ResourceError, match=r"access\.toml") as caught:
        access.load(path)
    assert (caught.value.line, caught.value.field) == (line, field)
    assert cause in caught.value.cause


def test_a_hotline_s_own_matrix_stands_and_its_last_good_one_after_a_fault(tmp_path: Path) -> None:
    own, kept = tmp_path / "own", tmp_path / "kept"
    own.mkdir()
    path = own / access.NAME
    path.write_text(OWN, encoding="utf-8")
    assert len(hotline.load("beijing", own, kept).rights.cells) == 2
    path.write_text(OWN.replace("years = 3", "years = 1"), encoding="utf-8")
    loaded = hotline.load("beijing", own, kept)
    assert len(loaded.rights.cells) == 2
    assert [error.line for error in loaded.broken] == [1]
