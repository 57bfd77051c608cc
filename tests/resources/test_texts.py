from pathlib import Path

import pytest

from resources.texts import TextError, Texts, available_languages, language, t, use_language


def test_a_text_is_found_and_filled_in_each_language() -> None:
    for each, word in (("zh_CN", "紧急"), ("en", "urgent")):
        use_language(each)
        assert language() == each
        assert t("base.level", code="R4", word=t("base.level_R4")) == f"R4 {word}"
    use_language("zh_CN")
    assert available_languages()[0] == "zh_CN"


@pytest.mark.parametrize(
    ("source", "key", "told"),
    [
        ('hold = "保持"\n', "calls.mute", "no key mute"),
        ('hold = "保持"\n', "other.hold", "cannot be read"),
        ('hold = "保持 {n}"\n', "calls.hold", "cannot be filled in"),
        ('hold = "保持"\nmute = 3\n', "calls.hold", "calls.toml:2: mute is not a string"),
        ('hold = "保持\n', "calls.hold", "line 1"),
    ],
)
def test_a_fault_is_told_with_its_file(tmp_path: Path, source: str, key: str, told: str) -> None:
    (tmp_path / "zh_CN").mkdir()
    (tmp_path / "zh_CN" / "calls.toml").write_text(source, encoding="utf-8")
    with pytest.raises(TextError, match=told) as error:
        Texts("zh_CN", tmp_path).text(key)
    assert "zh_CN" in str(error.value)


def test_a_language_without_texts_is_refused() -> None:
    with pytest.raises(TextError):
        use_language("xx")
