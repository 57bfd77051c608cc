from pathlib import Path

import pytest

from resources import directory, enumerations, forms, instruments, sites
from resources.reading import ResourceError, read_table

FORM = """id = "own"
version = 1
zh = "本站"
en = "Own"
source = "here"
mark = "D"

[[section]]
group = "caller"
zh = "来电者"
en = "Caller"

[[section.field]]
key = "sex"
type = "choice"
choices = "sex"
zh = "性别"
en = "Sex"

[[section.field]]
key = "age"
type = "number"
zh = "年龄"
en = "Age"
"""


@pytest.fixture
def form(tmp_path: Path) -> Path:
    path = tmp_path / "own.toml"
    path.write_text(FORM, encoding="utf-8")
    return path


def changed(path: Path, old: str, new: str) -> Path:
    source = path.read_text(encoding="utf-8")
    assert old in source
    path.write_text(source.replace(old, new, 1), encoding="utf-8")
    return path


def load_form(path: Path) -> object:
    return forms.load(path, {"sex": ()})


def test_a_form_without_faults_is_read(form: Path) -> None:
    load_form(form)


@pytest.mark.parametrize(
    ("old", "new", "line", "field", "cause"),
    [
        ('key = "age"\n', "", 20, "section[1].field[2].key", "missing"),
        ('key = "age"', 'key = "sex"', 21, "section[1].field[2].key", "'sex' stands twice"),
        ('type = "number"', 'type = "numbr"', 22, "section[1].field[2].type", "'numbr' is not one of"),
        ('type = "number"', "type = 3", 22, "section[1].field[2].type", "a text"),
        ('zh = "性别"', "zh = true", 17, "section[1].field[1].zh", "a text"),
        ('choices = "sex"', 'choices = "sec"', 16, "section[1].field[1].choices", "no list of choices 'sec'"),
        ("version = 1", 'version = "1"', 2, "version", "a whole number"),
        ("version = 1", "version = true", 2, "version", "a whole number"),
        ("version = 1", "version = ", 2, "", "line 2"),
        ('[[section.field]]\nkey = "sex"', '[[section.field]\nkey = "sex"', 13, "", "line 13"),
    ],
)
def test_a_fault_is_named_with_file_line_and_field(
    form: Path, old: str, new: str, line: int, field: str, cause: str
) -> None:
    with pytest.raises(ResourceError, match=r"own\.toml") as caught:
        load_form(changed(form, old, new))
    assert (caught.value.line, caught.value.field) == (line, field)
    assert cause in caught.value.cause


def test_a_file_that_is_no_text_is_named(form: Path) -> None:
    form.write_bytes(b'id = "\xff\xfe"\n')
    with pytest.raises(ResourceError, match="not UTF-8"):
        read_table(form)


def test_a_file_that_is_missing_is_named(tmp_path: Path) -> None:
    with pytest.raises(ResourceError, match=r"gone\.toml:1"):
        read_table(tmp_path / "gone.toml")


@pytest.mark.parametrize(
    ("number", "cause"), [("11", "3 to 12 digits"), ("110;1", "3 to 12 digits"), ("１１０", "3 to 12 digits")]
)
def test_a_target_is_dialled_by_plain_digits_only(tmp_path: Path, number: str, cause: str) -> None:
    source = directory.SHIPPED.read_text(encoding="utf-8")
    path = tmp_path / "targets.toml"
    path.write_text(source.replace('number = "120"', f'number = "{number}"'), encoding="utf-8")
    with pytest.raises(ResourceError, match=cause):
        directory.load(path)


def test_two_targets_of_one_id_are_refused(tmp_path: Path) -> None:
    source = directory.SHIPPED.read_text(encoding="utf-8")
    path = tmp_path / "targets.toml"
    path.write_text(source.replace('id = "f120"', 'id = "f110"'), encoding="utf-8")
    with pytest.raises(ResourceError, match=r"target\[2\]\.id: 'f110' stands twice"):
        directory.load(path)


@pytest.mark.parametrize("hours", ["8-20", "08:00", "08:00-25:00", "all day"])
def test_hours_that_are_no_hours_are_refused(tmp_path: Path, hours: str) -> None:
    source = sites.shipped("beijing").read_text(encoding="utf-8")
    path = tmp_path / "beijing.toml"
    path.write_text(source.replace("00:00-00:00", hours), encoding="utf-8")
    with pytest.raises(ResourceError, match="hours"):
        sites.load(path)


def test_a_code_needs_both_labels(tmp_path: Path) -> None:
    path = tmp_path / "enumerations.toml"
    path.write_text(
        '[sex]\nsource = "here"\nmark = "D"\nfemale = ["女", "Female"]\nmale = ["男"]\n', encoding="utf-8"
    )
    with pytest.raises(ResourceError, match=r"toml:5: sex\.male: two labels expected"):
        enumerations.load(path)


@pytest.mark.parametrize(
    ("old", "new", "cause"),
    [
        ('level = "R2"', 'level = "R1"', "R2 expected"),
        ('id = "means"', 'id = "weapon"', "'weapon' is not one of"),
        ('[[item]]\nid = "means"\nzh = "身边有可用手段"\nen = "Means at hand"', "", "the items are acting"),
        ('id = "hope"', 'id = "intent"', "'intent' stands twice"),
    ],
)
def test_a_hotline_may_reword_the_screen_but_not_its_rule(
    tmp_path: Path, old: str, new: str, cause: str
) -> None:
    source = instruments.SHIPPED.read_text(encoding="utf-8")
    assert old in source
    path = tmp_path / "quick_screen.toml"
    path.write_text(source.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ResourceError, match=cause):
        instruments.load(path)
