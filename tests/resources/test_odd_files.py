"""Files as they come from elsewhere: any bytes, any values; each is answered in words and never by a fall."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

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
from resources.checking import check_file
from resources.instruments import questionnaires, questions, weights
from resources.parsing import MOST_BYTES
from resources.practice import scripts
from resources.texts import use_language
from tests.resources.test_weights import artificial

SHIPPED: Mapping[str, str] = {
    name: path.read_text(encoding="utf-8")
    for name, path in {
        marks.NAME: marks.SHIPPED,
        ladders.NAME: ladders.SHIPPED,
        "targets.toml": directory.SHIPPED,
        access.NAME: access.SHIPPED,
        "sites/jinzhong.toml": sites.shipped("jinzhong"),
        "forms/ours.toml": forms.shipped("full"),
        "enumerations.toml": enumerations.SHIPPED,
        "quick_screen.toml": instruments.SHIPPED,
        "phq9.toml": questionnaires.shipped("phq9"),
        questions.NAME: questions.SHIPPED,
        safety_plan.NAME: safety_plan.SHIPPED,
        "followups/bj.toml": followups.shipped("bj"),
        "scripts/bridge.toml": scripts.FOLDER / "bridge.toml",
    }.items()
} | {weights.NAME: artificial()}
ODD_VALUES = (
    "[[1]]",
    "1e400",
    "nan",
    "1979-05-27T07:32:00Z",
    "{ a = {} }",
    '""',
    "[]",
    "-7",
    "true",
    "9" * 30,
)


def written(folder: Path, name: str, content: bytes) -> Path:
    file = folder / name
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(content)
    return file


def told(file: Path, language: str = "zh_CN") -> list[tuple[int, str]]:
    """Every fault is whole: its file, a line that there is, a cause in the language."""
    use_language(language)
    lines = len(re.split(rb"\r\n|\r|\n", file.read_bytes()))
    found = check_file(file)
    for one in found:
        assert one.file == file
        assert 1 <= one.line <= lines
        assert one.cause.strip()
        own = re.sub("'[^']*'", "", one.cause)
        assert bool(re.search("[\u4e00-\u9fff]", own)) == (language == "zh_CN"), one
    return [(one.line, one.field) for one in found]


@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.parametrize("name", SHIPPED)
def test_an_empty_file_of_each_kind_says_what_is_missing(tmp_path: Path, name: str, language: str) -> None:
    found = told(written(tmp_path, name, b""), language)
    if name == "enumerations.toml":
        # Each list that does not stand there is the one that ships.
        assert found in ([], [(1, "")])
    else:
        assert found
        assert all(line == 1 for line, _ in found)


@pytest.mark.parametrize("name", SHIPPED)
def test_what_windows_makes_of_a_file_changes_nothing(tmp_path: Path, name: str) -> None:
    text = SHIPPED[name]
    plain = told(written(tmp_path, name, text.encode()))
    for content in (b"\xef\xbb\xbf" + text.encode(), text.replace("\n", "\r\n").encode()):
        assert told(written(tmp_path, name, content)) == plain


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (b'version = 1\nname = "\xff\xfe"\n', 2),
        (b"\xef\xbb\xbfversion = 1\n\n\xc3\x28 = 1\n", 3),
        ("version = 1\n".encode("utf-16"), 1),
        ("# 中文\nversion = 1\n".encode("gb18030"), 1),
        (b"\x00" * 100, 1),
        (b"version = 1\nversion = 2\n", 2),
        (b"[a]\nb = 1\n[a]\nc = 1\n", 3),
        (b"a = { b = 1, b = 2 }\n", 1),
        (b'a = 1\nb = "open\nc = 2\n', 2),
        (b"a = 1\nb = 'open\nc = 2\n", 3),
        (b'a = 1\nb = """open\nc = 2\n', 3),
        (b"a = 1\nb = [1, 2\n", 2),
        (b'a = "C:\\path"\n', 1),
        (b"a = 2026-02-30\n", 1),
        (b"a = hello\n", 1),
        (b"a\n", 1),
        ("版本 = 1\n".encode(), 1),
        (b"a = 1 b = 2\n", 1),
        (b"[[mark]\n", 1),
        (b"a = 1\nversion = " + b"9" * 5000, 1),
        (b"a = " + b"[" * 50_000, 1),
        (b"a = 1\n" * (MOST_BYTES // 6 + 1), 1),
    ],
)
@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_what_is_no_data_file_is_said_in_words_with_its_line(
    tmp_path: Path, content: bytes, line: int, language: str
) -> None:
    assert told(written(tmp_path, "marks.toml", content), language) == [(line, "")]


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_what_is_not_there_or_cannot_be_opened_is_said_in_words(tmp_path: Path, language: str) -> None:
    use_language(language)
    (gone,) = check_file(tmp_path / "gone.toml")
    (empty,) = check_file(tmp_path)
    (long,) = check_file(tmp_path / ("x" * 300))
    assert gone.cause == {"zh_CN": "没有这个文件", "en": "there is no such file"}[language]
    assert empty.file == tmp_path / "pack.toml"
    assert long.cause == {"zh_CN": "无法读取", "en": "cannot be read"}[language]


def _fields(content: str) -> Iterator[tuple[int, str]]:
    """The lines that set one value, with the name of the field."""
    for number, line in enumerate(content.splitlines(), 1):
        found = re.match(r"([a-z0-9_]+) = .", line)
        if found and line.count("[") == line.count("]") and line.count('"""') != 1:
            yield number, found[1]


@pytest.mark.parametrize("name", SHIPPED)
def test_a_table_in_the_place_of_any_value_is_told_at_its_line(tmp_path: Path, name: str) -> None:
    """Beside it stands what follows from it, such as an item that is missing now."""
    lines = SHIPPED[name].splitlines()
    fields = dict(_fields(SHIPPED[name]))
    assert fields
    for number, field in list(fields.items())[:: max(1, len(fields) // 40)]:
        changed = [*lines[: number - 1], f"{field} = {{ a = 1 }}", *lines[number:]]
        file = written(tmp_path, name, "\n".join(changed).encode())
        assert number in {line for line, _ in told(file)}, (number, field)


@given(data=st.data())
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_values_in_any_places_are_answered(tmp_path: Path, data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(sorted(SHIPPED)))
    lines = SHIPPED[name].splitlines()
    fields = dict(_fields(SHIPPED[name]))
    for number in data.draw(st.lists(st.sampled_from(sorted(fields)), min_size=1, max_size=12, unique=True)):
        act = data.draw(st.sampled_from(("value", "gone", "name")))
        value = data.draw(st.sampled_from(ODD_VALUES))
        odd = {"value": f"{fields[number]} = {value}", "gone": "", "name": f"x{number} = {value}"}
        lines[number - 1] = odd[act]
    told(written(tmp_path, name, "\n".join(lines).encode()), data.draw(st.sampled_from(("zh_CN", "en"))))


@given(data=st.data())
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_bytes_in_any_file_are_answered(tmp_path: Path, data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(sorted(SHIPPED)))
    content = SHIPPED[name].encode()
    at = data.draw(st.integers(0, len(content)))
    cut = data.draw(st.integers(0, 60))
    odd = data.draw(
        st.one_of(st.binary(max_size=40), st.text("[]{}=\"'\n#.,\\a1", max_size=20).map(str.encode))
    )
    told(written(tmp_path, name, content[:at] + odd + content[at + cut :]))


def _values(depth: int = 2) -> st.SearchStrategy[Any]:
    plain: st.SearchStrategy[Any] = st.one_of(
        st.text(max_size=5), st.integers(-(2**70), 2**70), st.booleans(), st.floats(), st.just([])
    )
    keys = st.sampled_from(("version", "id", "zh", "en", "mark", "source", "step", "rule", "field", "items"))
    return st.recursive(
        plain, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner), max_leaves=8
    )


@given(name=st.sampled_from(sorted(SHIPPED)), field=st.integers(0, 30), value=_values())
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_value_for_a_whole_part_is_answered(tmp_path: Path, name: str, field: int, value: Any) -> None:
    parts = list(tomllib.loads(SHIPPED[name]))
    written_value = _toml(value)
    told(written(tmp_path, name, f"{parts[field % len(parts)]} = {written_value}\n".encode()))


def _toml(value: Any) -> str:
    match value:
        case bool():
            return str(value).lower()
        case float():
            return {"inf": "inf", "-inf": "-inf", "nan": "nan"}.get(str(value), f"{value:.3f}")
        case str():
            return "'''" + re.sub(r"[\x00-\x08\x0a-\x1f\x7f']|[\ud800-\udfff]", "", value) + "'''"
        case list():
            return f"[{', '.join(map(_toml, value))}]"
        case dict():
            return "{" + ", ".join(f"{key} = {_toml(one)}" for key, one in value.items()) + "}"
    return str(value)


def test_a_large_file_with_a_fault_in_each_part_is_answered_whole(tmp_path: Path) -> None:
    field = '[[section.field]]\nkey = "k{n}"\ntype = "text"\nzh = 1\nen = "E"\n'
    parts = [f'[[section]]\ngroup = "g{n}"\nzh = "Z"\n{field.format(n=n)}' for n in range(3000)]
    file = written(tmp_path, "forms/ours.toml", "".join(parts).encode())
    found = told(file)
    assert len([one for one in found if one[1].endswith(".field[1].zh")]) == 3000
    assert (8 * 2999 + 7, "section[3000].field[1].zh") in found
    # What is over again in each part is not looked for from the beginning each time.
    assert len(found) >= 6000


def test_headers_are_found_however_they_are_written(tmp_path: Path) -> None:
    text = (
        'version = 1\n  [[ mark ]]\n  id = "a"\n  zh = "甲"\n  en = "A"\n'
        '[["mark"]]\nid = "b"\nzh = 2\nen = "B"\n\t[[mark]] # third\n\tid = "c"\n\tzh = "丙"\n'
    )
    assert told(written(tmp_path, "marks.toml", text.encode())) == [(8, "mark[2].zh"), (10, "mark[3].en")]
    inline = 'version = 1\n\nmark = [\n  { id = "a", zh = "甲" },\n]\n'
    assert told(written(tmp_path, "marks.toml", inline.encode())) == [(3, "mark[1].en")]
