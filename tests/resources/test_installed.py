"""Own forms beside those that ship, and the versions that old records were made with."""

from pathlib import Path

import pytest

from resources import hotline
from resources.hotline import Hotline
from tests.resources.test_packs import FORM


@pytest.fixture
def own(tmp_path: Path) -> Path:
    folder = tmp_path / "own"
    (folder / "forms").mkdir(parents=True)
    return folder


def load(own: Path | None, tmp_path: Path) -> Hotline:
    return hotline.load("jinzhong", own, tmp_path / "kept")


def put(own: Path, text: str, name: str = "mine") -> Path:
    path = own / "forms" / f"{name}.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_an_own_form_stands_before_the_one_that_ships(own: Path, tmp_path: Path) -> None:
    put(own, FORM)
    loaded = load(own, tmp_path)
    assert loaded.broken == ()
    assert loaded.forms.of("C4").id == "mine"
    assert loaded.forms.of("S6").id == "short"


def test_every_version_that_was_in_use_is_kept(own: Path, tmp_path: Path) -> None:
    put(own, FORM)
    load(own, tmp_path)
    put(own, FORM.replace("version = 1", "version = 2").replace('zh = "想知道什么"', 'zh = "来意"'))
    loaded = load(own, tmp_path)
    assert loaded.broken == ()
    first, second = loaded.forms.named("mine", 1), loaded.forms.named("mine", 2)
    assert first
    assert second
    assert [one.form.fields[0].zh for one in (first, second)] == ["想知道什么", "来意"]
    (own / "forms" / "mine.toml").unlink()
    without = load(own, tmp_path).forms
    assert without.named("mine", 2) == second
    assert without.of("C4").id == "short"
    assert without.field("asked_for") == second.form.fields[0]


def test_choices_are_kept_as_they_were_called_then(own: Path, tmp_path: Path) -> None:
    load(own, tmp_path)
    sex = '[sex]\nsource = "here"\nmark = "D"\nfemale = ["女性", "Woman"]\n'
    (own / "enumerations.toml").write_text(sex, encoding="utf-8")
    loaded = load(own, tmp_path)
    assert loaded.enumerations["sex"][0].zh == "女性"
    full = loaded.forms.named("full", 1)
    assert full
    assert full.choices["sex"][0].zh == "女"


def test_a_version_is_used_once(own: Path, tmp_path: Path) -> None:
    path = put(own, FORM)
    load(own, tmp_path)
    put(own, FORM.replace("required = true", "required = false"))
    loaded = load(own, tmp_path)
    assert [(one.file, one.line, one.field) for one in loaded.broken] == [(path, 2, "version")]
    assert loaded.forms.of("C4").fields[0].required
    # Words that are no part of it may change.
    put(own, f"# our own\n{FORM}")
    assert load(own, tmp_path).broken == ()


@pytest.mark.parametrize(
    ("old", "new", "line", "field"),
    [
        ('id = "mine"', 'id = "short"', 1, "id"),
        (
            'key = "asked_for"\ntype = "text"',
            'key = "complaint"\ntype = "text"',
            19,
            "section[1].field[1].type",
        ),
    ],
)
def test_what_would_mean_two_things_is_refused(
    own: Path, tmp_path: Path, old: str, new: str, line: int, field: str
) -> None:
    path = put(own, FORM.replace(old, new))
    loaded = load(own, tmp_path)
    assert [(one.file, one.line, one.field) for one in loaded.broken] == [(path, line, field)]
    assert loaded.forms.of("C4").id == "short"


def test_a_category_has_one_own_form(own: Path, tmp_path: Path) -> None:
    put(own, FORM)
    other = put(own, FORM.replace('"mine"', '"other"').replace("asked_for", "wish"), "other")
    loaded = load(own, tmp_path)
    assert [(one.file, one.line, one.field) for one in loaded.broken] == [(other, 9, "category[1].code")]


def test_a_version_that_cannot_be_read_is_named_and_the_rest_works(tmp_path: Path) -> None:
    load(None, tmp_path)
    path = tmp_path / "kept" / "former" / "full-1.json"
    assert path.exists()
    path.write_text("{", encoding="utf-8")
    loaded = load(None, tmp_path)
    assert [one.file for one in loaded.broken] == [path]
    assert loaded.forms.named("full", 1)


def test_a_folder_that_cannot_be_written_costs_the_copies_only(tmp_path: Path) -> None:
    blocked = tmp_path / "kept"
    blocked.touch()
    assert load(None, tmp_path).forms.named("full", 1)
