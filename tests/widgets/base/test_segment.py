"""A row of answers by Tab and Shift+Tab: to the chosen one or the first, whichever had the focus last."""

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QApplication, QPushButton, QVBoxLayout, QWidget

from tests.support.keyboard import QtKeyboard
from widgets.base.segment import Option, Segment

pytestmark = pytest.mark.qt_log_ignore(
    r"This plugin does not support (propagateSizeHints|raise)\(\)", extend=True
)


class Row(QWidget):
    """A row of four answers between two buttons."""

    def __init__(self) -> None:
        super().__init__()
        self.answers = Segment([Option(one, one) for one in "abcd"], "row")
        column = QVBoxLayout(self)
        for one in (QPushButton("before"), self.answers, QPushButton("behind")):
            column.addWidget(one)


@pytest.fixture
def row() -> Row:
    return Row()


@pytest.fixture
def keys(row: Row, keyboard_at: Callable[[QWidget], QtKeyboard]) -> QtKeyboard:
    return keyboard_at(row)


def here() -> str:
    focus = QApplication.focusWidget()
    assert isinstance(focus, QPushButton)
    return focus.text()


@pytest.mark.parametrize(
    ("begins", "key", "ends"), [("before", "Tab", "behind"), ("behind", "Shift+Tab", "before")]
)
@pytest.mark.parametrize(("chosen", "stop"), [(None, "a"), ("a", "a"), ("c", "c"), ("d", "d")])
def test_both_ways_lead_to_the_answer_or_the_first_and_on(
    row: Row, keys: QtKeyboard, begins: str, key: str, ends: str, chosen: str | None, stop: str
) -> None:
    row.answers.show_choice(chosen)
    keys.to(begins)
    keys.press(key)
    assert here() == stop
    keys.press(key)
    assert here() == ends


def test_what_was_walked_to_and_not_chosen_is_no_stop_the_next_time(row: Row, keys: QtKeyboard) -> None:
    keys.to("before")
    keys.press("Tab", "Right", "Right")
    assert here() == "c"
    keys.press("Tab")
    assert here() == "behind"
    keys.press("Shift+Tab")
    assert here() == "a"
    keys.press("Right", "Space", "Tab", "Shift+Tab")
    assert (here(), row.answers.choice) == ("b", "b")
    # Taken back, and shown anew while the focus is elsewhere.
    keys.press("Delete", "Tab", "Shift+Tab")
    assert here() == "a"
    keys.press("Tab")
    row.answers.show_choice("d")
    keys.press("Shift+Tab")
    assert here() == "d"
