"""The ladder for a silent caller: one key a mark, never from a text field; keys and line quality in sight."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from models.calls.quality import Grade, Quality
from resources.texts import t
from tests.widgets import samples
from widgets.base.tag import Tag
from widgets.calls.card import CallCard
from widgets.calls.ladder import Ladder, StepView

STEPS = (StepView("greeted", "已问候"), StepView("keys", "请按键"), StepView("silent", "一直沉默"))
BAD = Quality(Grade.BAD, 12, 90, 400, datetime(2026, 1, 1, tzinfo=UTC), "q")


@pytest.fixture
def ladder(qtbot: QtBot) -> Iterator[Ladder]:
    made = Ladder()
    qtbot.addWidget(made)
    made.show_steps(STEPS, "待确认")
    made.show_call(samples.TALKING)
    made.show_call(samples.TALKING)
    made.toggle()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    yield made
    made.close()


def marks(ladder: Ladder) -> list[str]:
    heard: list[str] = []
    ladder.marked.connect(heard.append)
    return heard


def test_a_digit_marks_its_step_once(ladder: Ladder, qtbot: QtBot) -> None:
    heard = marks(ladder)
    qtbot.keyClick(ladder, Qt.Key.Key_2)
    assert heard == ["keys"]
    at = samples.TALKING.answered_at
    assert at
    ladder.show_steps((STEPS[0], replace(STEPS[1], at=at + timedelta(seconds=35)), STEPS[2]))
    qtbot.keyClick(ladder, Qt.Key.Key_2)
    qtbot.keyClick(ladder, Qt.Key.Key_9)
    assert heard == ["keys"]
    ladder.show_now(samples.NOW)
    assert ladder._words[1].text() == t("ladder.marked_at", label="请按键", passed="00:35")
    assert ladder._words[0].text() == "已问候"


def test_a_digit_in_the_free_line_is_a_digit_and_enter_keeps_the_line(ladder: Ladder, qtbot: QtBot) -> None:
    heard = marks(ladder)
    said: list[str] = []
    ladder.said.connect(said.append)
    qtbot.keyClicks(ladder._line, "12")
    qtbot.keyClick(ladder._line, Qt.Key.Key_Return)
    qtbot.keyClick(ladder._line, Qt.Key.Key_Return)
    assert (heard, said) == ([], ["12"])


def test_another_call_or_the_end_puts_it_away(ladder: Ladder) -> None:
    ladder.show_call(samples.HELD)
    assert ladder.isVisible()
    ladder.show_call(samples.ENDED)
    assert not ladder.isVisible()
    ladder.toggle()
    assert not ladder.isVisible(), "nobody is there to be silent"


def test_the_keys_of_the_caller_are_in_sight_in_the_ladder_and_on_the_card(
    ladder: Ladder, qtbot: QtBot
) -> None:
    call = replace(samples.TALKING, pressed=((samples.NOW, "1"), (samples.NOW, "#")))
    words = t("ladder.pressed", keys="1  #")
    ladder.show_call(call)
    assert words in [label.text() for label in ladder.findChildren(QLabel) if label.isVisible()]
    card = CallCard()
    qtbot.addWidget(card)
    card.show_call(call)
    card.show()
    assert words in shown(card)


@pytest.mark.parametrize(
    ("quality", "words"),
    [
        (None, ""),
        (replace(BAD, grade=Grade.GOOD), ""),
        (BAD, "line_bad"),
        (replace(BAD, grade=Grade.POOR), "line_poor"),
    ],
)
def test_a_line_that_is_not_good_says_so(qtbot: QtBot, quality: Quality | None, words: str) -> None:
    card = CallCard()
    qtbot.addWidget(card)
    card.show_call(replace(samples.TALKING, quality=quality))
    card.show()
    said = [text for text in shown(card) if text in (t("ladder.line_bad"), t("ladder.line_poor"))]
    assert said == ([t(f"ladder.{words}")] if words else [])
    card.show_call(replace(samples.ENDED, quality=quality))
    assert not [text for text in shown(card) if text == t("ladder.line_bad")]


def shown(card: CallCard) -> list[str]:
    return [tag.text() for tag in card.findChildren(Tag) if tag.isVisible()]
