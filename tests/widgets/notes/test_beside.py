"""Under a note: signatures, additions with author and time, and what it said at each stop."""

from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QListWidget, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from resources.texts import t
from tests.widgets.readable import cut_off, unnamed
from widgets.base.labels import Label
from widgets.base.marked_label import MarkedLabel
from widgets.base.writing import Writing
from widgets.notes.beside import AddedView, Beside, BesideView
from widgets.notes.history import ChangeView, HistoryPanel, StageView

AT = datetime(2026, 11, 23, 14, 24, tzinfo=UTC)
VIEW = BesideView(
    "n",
    ("李医生 已签名 11-23 14:40",),
    False,
    (AddedView("补记 11-24 09:00 · 李医生", "已就诊。"),),
    True,
    True,
)


def button(owner: QWidget, label: str) -> QPushButton:
    return next(one for one in owner.findChildren(QPushButton) if one.text() == label)


def said(owner: QWidget) -> list[str]:
    return [one.text() for one in owner.findChildren(Label) if one.isVisible()]


@pytest.fixture
def beside(qtbot: QtBot) -> Beside:
    known = Beside()
    qtbot.addWidget(known)
    known.resize(560, 260)
    known.show()
    qtbot.waitExposed(known)
    known.activateWindow()
    return known


def test_additions_and_signatures_are_said(beside: Beside) -> None:
    beside.show_beside(VIEW)
    QApplication.processEvents()
    assert {"补记 11-24 09:00 · 李医生", "已就诊。", "李医生 已签名 11-23 14:40"} <= set(said(beside))
    assert t("beside.altered") not in said(beside)
    beside.show_beside(BesideView("n", VIEW.signed, altered=True))
    assert t("beside.altered") in said(beside)
    assert not button(beside, t("beside.add")).isVisible()
    assert not cut_off(beside)
    assert not unnamed(beside)


def test_words_are_added_once_with_what_is_being_composed(beside: Beside) -> None:
    told: list[tuple[str, str]] = []
    beside.added.connect(lambda note, text: told.append((note, text)))
    beside.show_beside(VIEW)
    QTest.mouseClick(button(beside, t("beside.add")), Qt.MouseButton.LeftButton)
    writing = beside.findChildren(Writing)[0]
    assert not button(beside, t("beside.add_take")).isEnabled()
    QTest.keyClicks(writing, "call ")
    QApplication.sendEvent(writing, QInputMethodEvent("家属", []))
    QTest.mouseClick(button(beside, t("beside.add_take")), Qt.MouseButton.LeftButton)
    assert told == [("n", "call 家属")]
    assert writing.toPlainText() == ""
    assert not writing.isVisible()


def test_words_of_one_note_never_come_to_another(beside: Beside) -> None:
    beside.show_beside(VIEW)
    QTest.mouseClick(button(beside, t("beside.add")), Qt.MouseButton.LeftButton)
    writing = beside.findChildren(Writing)[0]
    QTest.keyClicks(writing, "half")
    beside.show_beside(BesideView("n", added=(), may_add=True))
    assert writing.toPlainText() == "half", "the same note, something else beside it"
    beside.show_beside(BesideView("m", may_add=True))
    assert writing.toPlainText() == ""


def test_history_and_paper_name_their_note(beside: Beside) -> None:
    told: list[str] = []
    beside.history_wanted.connect(told.append)
    beside.print_wanted.connect(told.append)
    beside.show_beside(VIEW)
    for label in ("beside.history", "beside.print"):
        QTest.mouseClick(button(beside, t(label)), Qt.MouseButton.LeftButton)
    assert told == ["n", "n"]


def test_an_altered_text_can_be_signed_again_by_its_author_only(beside: Beside) -> None:
    told: list[str] = []
    beside.sign_wanted.connect(told.append)
    beside.show_beside(VIEW)
    assert not button(beside, t("beside.sign")).isVisible()
    beside.show_beside(BesideView("n", altered=True, may_add=True))
    assert not button(beside, t("beside.sign")).isVisible()
    beside.show_beside(BesideView("n", altered=True, may_add=True, may_sign=True))
    QTest.mouseClick(button(beside, t("beside.sign")), Qt.MouseButton.LeftButton)
    assert told == ["n"]


def test_each_moment_shows_what_it_changed(qtbot: QtBot) -> None:
    panel = HistoryPanel()
    qtbot.addWidget(panel)
    panel.resize(860, 480)
    panel.show()
    stages = (
        StageView("打开", AT, "李医生"),
        StageView("挂断时", AT, "李医生", (ChangeView("主诉", "", "失眠两周"),), text=True),
        StageView("完成时", AT, "李医生", (ChangeView("主诉", "失眠两周", "失眠三周"),), text=True),
        StageView("组长或督导签名", AT, "陈督导", words="已电话核实"),
        StageView("保存的文字", AT, "李医生", text=True),
    )
    panel.show_history(stages, "off line")
    rows = panel.findChildren(QListWidget)[0]
    assert rows.currentRow() == 4
    QApplication.processEvents()
    assert t("beside.history_same") in said(panel)
    QTest.keyClick(rows, Qt.Key.Key_Up)
    QApplication.processEvents()
    assert "已电话核实" in said(panel)
    QTest.keyClick(rows, Qt.Key.Key_Up)
    QApplication.processEvents()
    marks = [one.only_here for one in panel.findChildren(MarkedLabel) if one.isVisible()]
    assert marks == [("两",), ("三",)]
    assert not cut_off(panel)
    assert not unnamed(panel)
    panel.show_history(stages, "")
    assert rows.currentRow() == 2, "what came from the server without news moves nothing"
    panel.show_history((), "")
    assert rows.count() == 0
