"""What is typed, composed or pasted into the fields of a note is told as it was typed."""

import pytest
from PySide6.QtCore import QMimeData, QObject
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.widgets import look_samples as samples
from widgets.base.writing import Writing
from widgets.notes.inputs import Input, LongTextInput, TextInput
from widgets.notes.log import TimedLog
from widgets.notes.writing import LineWriting

SCRIPTS = (
    "汉字𠮷㐀龘 ᠮᠣᠩᠭᠣᠯ བོད་ཡིག ئۇيغۇرچە ꆈꌠꉙ العربية עברית ไทย 한국어",
    "😭🆘👩‍👩‍👧‍👦🏳️‍🌈👍🏽 1️⃣ 🇨🇳",
    "a\u202eb\u202c \u2066x\u2069 \u200f\u200e",
    "e\u0301 Å ﬁ \u200d\ufeff\u00ad a\u00a0b\u3000c\td",
)


def compose(field: QObject | None, text: str, committed: bool) -> None:
    event = QInputMethodEvent("" if committed else text, [])
    if committed:
        event.setCommitString(text)
    assert field is not None
    QApplication.sendEvent(field, event)


@pytest.fixture(params=[LongTextInput, TextInput])
def field(request: pytest.FixtureRequest, qtbot: QtBot) -> Input:
    made: Input = request.param("主诉")
    qtbot.addWidget(made)
    made.show()
    made.take_focus()
    return made


@pytest.mark.parametrize("text", SCRIPTS)
def test_composed_text_is_told_sign_for_sign(field: Input, text: str) -> None:
    told: list[object] = []
    field.edited.connect(told.append)
    compose(field.focusProxy(), text, committed=True)
    assert told == [text]


@pytest.mark.parametrize("text", SCRIPTS)
def test_what_is_half_typed_at_the_hang_up_is_kept(field: Input, text: str) -> None:
    told: list[object] = []
    field.edited.connect(told.append)
    compose(field.focusProxy(), text, committed=False)
    assert told == [], "a composition is no text yet"
    field.commit()
    assert told == [text]
    field.commit()
    assert told == [text], "once"


def test_a_composition_in_the_midst_of_a_text_stays_there(field: Input) -> None:
    field.show_value("前后")
    target = field.focusProxy()
    assert target is not None
    if isinstance(target, Writing):
        cursor = target.textCursor()
        cursor.setPosition(1)
        target.setTextCursor(cursor)
    else:
        target.setProperty("cursorPosition", 1)
    told: list[object] = []
    field.edited.connect(told.append)
    compose(target, "ni", committed=False)
    field.commit()
    assert told == ["前ni后"]


def test_showing_a_text_with_foreign_line_ends_is_no_edit(field: Input) -> None:
    told: list[object] = []
    field.edited.connect(told.append)
    field.show_value("一\r\n二\u2029三")
    assert told == []


def test_a_hundred_thousand_signs_are_pasted_and_kept(qtbot: QtBot) -> None:
    field = LongTextInput("主诉", 200)
    qtbot.addWidget(field)
    field.show()
    told: list[str] = []
    field.edited.connect(told.append)
    text = ("来电者说：撑不下去了🆘。\n" * 8000)[:100_000]
    data = QMimeData()
    data.setText(text)
    field.field.insertFromMimeData(data)
    assert told == [text]
    assert "100000" in field.count.text(), "over the limit it is said, and nothing is cut off"
    assert field.count.property("tone") == "care"


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r", "\u2028", "\u2029"])
def test_every_kind_of_line_end_is_one(qtbot: QtBot, ends: str) -> None:
    field = LongTextInput("主诉")
    qtbot.addWidget(field)
    told: list[str] = []
    field.edited.connect(told.append)
    data = QMimeData()
    data.setText(f"一{ends}二{ends}{ends}三")
    field.field.insertFromMimeData(data)
    assert told == ["一\n二\n\n三"]


@pytest.mark.parametrize("text", SCRIPTS)
def test_a_line_of_the_course_keeps_what_was_half_typed_in_it(qtbot: QtBot, text: str) -> None:
    log = TimedLog("过程")
    qtbot.addWidget(log)
    log.show()
    told: list[tuple[str, str]] = []
    log.written.connect(lambda line, words: told.append((line, words)))
    log.show_line("l1", samples.minutes(1))
    compose(log.findChildren(LineWriting)[0], text, committed=False)
    log.commit()
    assert told == [("l1", text)]
