"""The sources of a key in words, in both languages."""

from collections.abc import Iterator

import pytest

from console.practice.sources import source_text
from resources.practice.scripts import shipped
from resources.texts import use_language


@pytest.fixture(autouse=True)
def chinese() -> Iterator[None]:
    yield
    use_language("zh_CN")


@pytest.mark.parametrize(
    ("language", "source", "words"),
    [
        ("zh_CN", "domain.md 3.1", "快速筛查规则（资料第 3 章）"),
        ("en", "domain.md 3.1", "quick screen rules (field notes, chapter 3)"),
        ("zh_CN", "domain.md 1, 4", "服务对象与任务（资料第 1 章）；转介与联合干预（资料第 4 章）"),
        ("zh_CN", "domain.md 3.9", "风险分级规则（资料第 3 章）"),
        ("zh_CN", "domain.md 12", "资料第 12 章"),
        ("en", "Our own house rules, 2026", "Our own house rules, 2026"),
    ],
)
def test_a_chapter_has_a_name_and_the_rest_stays(language: str, source: str, words: str) -> None:
    use_language(language)
    assert source_text(source) == words


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_no_shipped_key_shows_the_name_of_a_file(language: str) -> None:
    use_language(language)
    keys = [script.key for script in shipped()]
    items = [item.source for key in keys for item in key.items]
    acts = [act.source for key in keys for act in (*key.acts, *key.never)]
    sources = [*(key.source for key in keys), *items, *acts]
    assert items
    assert acts
    assert not [one for one in sources if "domain.md" in source_text(one)]
