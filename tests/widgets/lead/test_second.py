"""A second person's word about a level that is to be lowered."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from resources.texts import t, use_language
from tests.widgets import samples
from tests.widgets.readable import cut_off, on_screen, unnamed
from widgets.lead.reading import Reading


@pytest.fixture(autouse=True)
def _chinese() -> None:
    use_language("zh_CN")


@pytest.fixture
def reading(qtbot: QtBot) -> Iterator[Reading]:
    made = Reading()
    with on_screen(qtbot, made, 420, 682):
        yield made


def _button(reading: Reading, text: str) -> QPushButton:
    return next(one for one in reading.findChildren(QPushButton) if one.text() == text)


@pytest.mark.parametrize(("text", "agrees"), [("lead.lower_agree", True), ("lead.lower_refuse", False)])
def test_one_word_is_said_once(reading: Reading, text: str, agrees: bool) -> None:
    told: list[tuple[str, bool]] = []
    reading.seconded.connect(lambda *args: told.append(args))
    reading.show_record(samples.LOWERED)
    button = _button(reading, t(text))
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert told == [("w", agrees)]
    assert not button.isVisible(), "until the record says what became of it"


def test_where_nothing_waits_nothing_is_asked(reading: Reading) -> None:
    reading.show_record(samples.RECORD)
    assert not _button(reading, t("lead.lower_agree")).isVisible()


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_it_can_be_read(qtbot: QtBot, language: str) -> None:
    use_language(language)
    made = Reading()
    made.show_record(samples.LOWERED)
    with on_screen(qtbot, made, 420, 682) as window:
        assert cut_off(window) == []
        assert unnamed(window) == []
