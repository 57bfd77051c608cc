"""A row of ways that is never wider than the window: the rest is a key press further, in a menu."""

import pytest
from pytestqt.qtbot import QtBot

from widgets.base.buttons import KeyButton
from widgets.base.overflow import OverflowRow

RANKS = {"first": 1, "second": 9, "third": 0, "fourth": 5}


class Row:
    def __init__(self, qtbot: QtBot) -> None:
        self.row = OverflowRow("More", 10)
        self.pressed: list[str] = []
        self.buttons = {name: KeyButton(name * 3, "F1", tone="status") for name in RANKS}
        for name, button in self.buttons.items():
            button.clicked.connect(lambda _=False, name=name: self.pressed.append(name))
            self.row.add(button, RANKS[name])
        qtbot.addWidget(self.row)
        self.row.show()

    def wide(self, width: int) -> list[str]:
        self.row.resize(width, self.row.sizeHint().height())
        return [name for name, button in self.buttons.items() if button.isVisible()]


@pytest.fixture
def row(qtbot: QtBot) -> Row:
    return Row(qtbot)


def test_with_room_for_all_there_is_no_menu(row: Row) -> None:
    assert row.wide(row.row.sizeHint().width()) == list(RANKS)
    assert not row.row.more.isVisible()


def test_the_least_needed_give_way_first_and_the_order_stays(row: Row) -> None:
    whole = row.row.sizeHint().width()
    told = [row.wide(width) for width in range(whole, row.row.minimumSizeHint().width() - 1, -1)]
    seen = list(dict.fromkeys(map(tuple, told)))
    assert seen == [
        tuple(RANKS),
        ("first", "third", "fourth"),
        ("first", "third"),
        ("third",),
        (),
    ]
    assert row.row.more.isVisible()


def test_nothing_shown_lies_over_anything_else_or_outside(row: Row) -> None:
    for width in range(row.row.minimumSizeHint().width(), row.row.sizeHint().width(), 7):
        row.wide(width)
        shown = [one for one in (*row.buttons.values(), row.row.more) if one.isVisible()]
        boxes = [one.geometry() for one in shown]
        assert all(row.row.rect().contains(box) for box in boxes)
        assert not any(a.intersects(b) for n, a in enumerate(boxes) for b in boxes[:n])


def test_what_is_in_the_menu_acts_like_its_button(row: Row) -> None:
    row.wide(row.row.minimumSizeHint().width())
    row.row.menu.aboutToShow.emit()
    actions = {action.text(): action for action in row.row.menu.actions()}
    assert list(actions) == [f"{name * 3}\tF1" for name in RANKS]
    actions["secondsecondsecond\tF1"].trigger()
    assert row.pressed == ["second"]


def test_a_label_that_grows_pushes_others_out(row: Row, qtbot: QtBot) -> None:
    width = row.row.sizeHint().width()
    row.wide(width)
    row.buttons["third"].show_label("third, and much longer than before")
    qtbot.waitUntil(lambda: not row.buttons["second"].isVisible())
    assert row.buttons["third"].isVisible()


def test_a_button_with_a_frame_is_not_cut_at_its_foot(row: Row) -> None:
    framed = KeyButton("three are overdue", tone="care")
    assert framed.sizeHint().height() > row.buttons["first"].sizeHint().height()
    row.row.add(framed, 0)
    assert row.row.sizeHint().height() == framed.sizeHint().height()
