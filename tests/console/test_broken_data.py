"""One lasting problem for all files that could not be used, short enough to be read."""

from pathlib import Path

import pytest

from console.broken_data import broken_data
from console.presenters.bars import problem_sentence
from resources.reading import ResourceError
from resources.texts import t, use_language


@pytest.fixture(autouse=True)
def _chinese() -> None:
    use_language("zh_CN")


def broken(count: int) -> list[ResourceError]:
    return [ResourceError(Path(f"own/form{n}.toml"), n, "version", "不能为空") for n in range(1, count + 1)]


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_of_many_a_few_are_named_and_the_number_of_the_rest(language: str) -> None:
    use_language(language)
    code, told = broken_data(broken(40))
    sentence = problem_sentence(code, **told)
    assert [n for n in range(1, 41) if f"form{n}.toml" in sentence] == [1, 2, 3]
    assert t("problems.resources_more", n=37) in sentence
    assert "40" in sentence
    assert "xinqiao forms check" in sentence


@pytest.mark.parametrize("count", [2, 3])
def test_a_few_are_all_named(count: int) -> None:
    code, told = broken_data(broken(count))
    sentence = problem_sentence(code, **told)
    assert [n for n in range(1, 4) if f"form{n}.toml" in sentence] == list(range(1, count + 1))
    assert t("problems.resources_more", n=0) not in sentence
    assert "另有" not in sentence
    assert code == "resources_broken"


def test_one_is_told_by_itself() -> None:
    code, told = broken_data(broken(1))
    assert code == "resource_broken"
    assert {"own/form1.toml", "1", "version", "不能为空"} == set(told.values())
