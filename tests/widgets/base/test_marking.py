"""Which words of two texts stand in one of them only."""

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from resources.texts import t
from widgets.base.marked_label import MarkedLabel
from widgets.base.marking import Run, marked
from widgets.theme import DARK, LIGHT, apply_theme

TEXT = st.text(alphabet="家里有药，室友在场。没\n ab<&", max_size=60)


def only(runs: tuple[Run, ...]) -> list[str]:
    return [run.text for run in runs if run.only]


def test_a_changed_word_is_marked_on_both_sides() -> None:
    mine, other = marked("家里有药，室友在场并同意。", "家里有药，室友不在。")
    assert only(mine) == ["在场并同意"]
    assert only(other) == ["不在"]


def test_an_added_line_is_marked_where_it_stands() -> None:
    mine, other = marked("接通\n说明来意", "接通\n沉默两分钟\n说明来意")
    assert only(mine) == []
    assert "".join(only(other)).strip() == "沉默两分钟"


def test_a_word_of_letters_or_a_number_stays_whole() -> None:
    mine, other = marked("回拨 13800008000，有 plan", "回拨 13800008001，有 plans")
    assert only(mine) == ["13800008000", "plan"]
    assert only(other) == ["13800008001", "plans"]


def test_one_sign_that_both_share_by_chance_does_not_break_a_change() -> None:
    mine, other = marked("他说想过但不会做", "他说从来没有想要做")
    assert only(mine) == ["想过但不会"]
    assert only(other) == ["从来没有想要"]


def test_an_empty_text_leaves_the_whole_other_marked() -> None:
    assert marked("", "太原市") == ((), (Run("太原市", only=True),))


@given(TEXT, TEXT)
def test_no_word_is_lost_or_moved(mine: str, other: str) -> None:
    one, two = marked(mine, other)
    assert "".join(run.text for run in one) == mine
    assert "".join(run.text for run in two) == other
    shared = ["".join(run.text for run in runs if not run.only) for runs in (one, two)]
    assert shared[0] == shared[1]


def test_a_very_long_text_is_compared_clause_by_clause() -> None:
    clauses = [f"第{n}句说了一些话，" for n in range(2_000)]
    mine, other = marked("".join(clauses), "".join((*clauses[:900], "这里不同，", *clauses[901:])))
    assert only(mine) == ["第900句说了一些话，"]
    assert only(other) == ["这里不同，"]


def test_marks_are_seen_without_colour_and_heard(qtbot: QtBot) -> None:
    label = MarkedLabel((Run("室友", only=False), Run("<b>不在</b> & 走了", only=True)))
    qtbot.addWidget(label)
    assert label.accessibleName() == "室友<b>不在</b> & 走了"
    assert label.accessibleDescription() == t("sync.only_here", words="<b>不在</b> & 走了")
    assert "underline" in label.text()
    # What was typed is shown, never obeyed.
    assert "&lt;b&gt;不在&lt;/b&gt; &amp; 走了" in label.text()


def test_marks_take_the_colours_of_the_theme(qtbot: QtBot) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    apply_theme(app, LIGHT)
    label = MarkedLabel((Run("不在", only=True),))
    qtbot.addWidget(label)
    label.show()
    apply_theme(app, DARK)
    qtbot.waitUntil(lambda: DARK.mark in label.text())
