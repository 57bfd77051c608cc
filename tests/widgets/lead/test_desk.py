from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QPlainTextEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from models.notes.note import NoteState
from tests.widgets.samples import NOW, OPERATORS, RECORD, SHIFT, ago
from widgets.base.buttons import KeyButton
from widgets.base.tag import LevelTag
from widgets.lead.asking import Asking
from widgets.lead.desk import LeadDesk
from widgets.lead.notes import NoteCard
from widgets.lead.operators import OperatorCard
from widgets.lead.view import AskView, ShiftNoteView, by_urgency


@pytest.fixture
def desk(qtbot: QtBot) -> LeadDesk:
    made = LeadDesk()
    qtbot.addWidget(made)
    made.resize(1366, 690)
    made.show_operators(OPERATORS)
    made.show_notes(SHIFT)
    made.show_now(NOW)
    made.show()
    return made


def words(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def cards(desk: LeadDesk) -> list[NoteCard]:
    found = [card for card in desk.findChildren(NoteCard) if card.isVisible()]
    return sorted(found, key=lambda card: card.mapTo(desk, card.rect().topLeft()).y())


def test_everybody_on_duty_is_shown_with_state_and_minutes(desk: LeadDesk) -> None:
    assert len(desk.findChildren(OperatorCard)) == len(OPERATORS)
    for word in ("林医生 · 精神科医师", "小休 · 督导", "5 分钟", "3 号坐席"):
        assert word in words(desk)
    desk.show_operators(OPERATORS[:1])
    assert "王老师 · 心理治疗师" not in words(desk)


def test_the_dangerous_ones_stand_on_top(qtbot: QtBot, desk: LeadDesk) -> None:
    qtbot.waitUntil(lambda: len({card.y() for card in cards(desk)}) == len(SHIFT))
    levels = [tag.code for card in cards(desk) for tag in card.findChildren(LevelTag)]
    assert levels == ["R4", "R3", "R3", "R2", "R0", "RX"]
    assert "2 条高危待查看" in words(desk)


def test_every_card_can_be_opened(qtbot: QtBot, desk: LeadDesk) -> None:
    urgent, *_, quiet = cards(desk)
    with qtbot.waitSignal(desk.open_wanted) as wanted:
        qtbot.mouseClick(urgent, Qt.MouseButton.LeftButton)
    assert wanted.args == ["n1"]
    with qtbot.waitSignal(desk.open_wanted):
        qtbot.keyClick(urgent, Qt.Key.Key_Return)
    with qtbot.waitSignal(desk.open_wanted):
        qtbot.mouseClick(quiet, Qt.MouseButton.LeftButton)


def test_a_full_text_is_asked_for_with_a_reason_and_a_time(qtbot: QtBot, desk: LeadDesk) -> None:
    view = AskView("n5", "王老师 · 02:10 的记录", "R2", 24)
    desk.show_ask(view)
    asking = desk.findChild(Asking)
    assert asking is not None
    reason = asking.findChild(QLineEdit)
    assert reason is not None
    (ask,) = (one for one in asking.findChildren(KeyButton) if one.text() == "查阅全文")
    assert not ask.isEnabled()
    assert [one.text() for one in asking.findChildren(QPushButton) if one.isCheckable()] == [
        "1 小时",
        "4 小时",
        "8 小时",
        "24 小时",
    ]
    qtbot.keyClicks(reason, "fu he")
    (four,) = (one for one in asking.findChildren(QPushButton) if one.text() == "4 小时")
    qtbot.mouseClick(four, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(desk.ask_wanted) as wanted:
        ask.click()
    assert wanted.args == ["n5", "fu he", 4]
    desk.show_ask(replace(view, state="正在向服务器申请…", waits=True))
    assert (reason.text(), ask.isEnabled()) == ("fu he", False)
    assert "正在向服务器申请…" in words(desk)
    desk.show_ask(replace(view, id="n6"))
    assert reason.text() == ""
    desk.show_ask(None)
    assert not asking.isVisible()


def test_a_number_in_a_record_is_shown_only_with_a_reason(qtbot: QtBot, desk: LeadDesk) -> None:
    desk.show_record(replace(RECORD, masked=True, until="已为您开放至 11-23 04:00"))
    assert "已为您开放至" in words(desk)
    (show,) = (one for one in desk.findChildren(KeyButton) if one.text() == "显示全号")
    show.click()
    (review,) = (one for one in desk.findChildren(KeyButton) if one.text() == "复核")
    with qtbot.waitSignal(desk.unmask_wanted) as wanted:
        review.click()
    assert wanted.args == ["review"]
    desk.show_record(RECORD)
    assert not show.isVisible()


def test_an_alert_is_acknowledged_from_its_card(qtbot: QtBot, desk: LeadDesk) -> None:
    urgent = cards(desk)[0]
    with qtbot.waitSignal(desk.acknowledge_wanted) as wanted:
        urgent.findChildren(KeyButton)[0].click()
    assert wanted.args == ["n1"]
    desk.show_notes(tuple(replace(note, seen=True) for note in SHIFT))
    assert not [key for card in cards(desk) for key in card.findChildren(KeyButton) if key.isVisible()]


def test_nothing_asks_for_an_acknowledgement_that_nobody_keeps(desk: LeadDesk) -> None:
    desk.show_notes(tuple(replace(note, seen=None) for note in SHIFT))
    desk.show_record(replace(RECORD, seen=None))
    assert not [button for button in desk.findChildren(KeyButton) if button.isVisible()]
    assert "待查看" not in words(desk)


def test_the_whole_record_can_be_read_and_not_changed(qtbot: QtBot, desk: LeadDesk) -> None:
    assert "选择一条" in words(desk)
    desk.show_record(RECORD)
    qtbot.waitUntil(lambda: "P11 经济/债务" in words(desk))
    shown = words(desk)
    for word in (
        RECORD.heading,
        RECORD.reason,
        "138 **** 8000",
        "P11 经济/债务",
        "有计划，72 小时内",
        "92 → 74",
    ):
        assert word in shown
    assert "同意联系姐姐；110 已接入三方通话。" in shown
    assert "受理 回执 3187" in shown
    assert not [one for one in desk.findChildren(QLineEdit) if one.isVisible()]
    assert not desk.findChildren(QPlainTextEdit)
    with qtbot.waitSignal(desk.acknowledge_wanted) as wanted:
        next(
            button for button in desk.findChildren(KeyButton) if button.text() == "我已看到，由我跟进"
        ).click()
    assert wanted.args == ["n1"]
    desk.show_record(replace(RECORD, seen=True, seen_by="周组长"))
    assert "周组长 已查看" in words(desk)
    desk.show_record(None)
    assert "选择一条" in words(desk)


@given(
    st.lists(
        st.builds(
            ShiftNoteView,
            id=st.uuids().map(str),
            at=st.integers(0, 40000).map(ago),
            operator=st.just("林医生"),
            category=st.just("C1"),
            level=st.sampled_from(["R0", "R1", "R2", "R3", "R4", "RX"]),
            state=st.sampled_from(NoteState),
            seen=st.sampled_from([None, False, True]),
        )
    )
)
def test_no_lower_level_ever_stands_above_an_alert(notes: list[ShiftNoteView]) -> None:
    ordered = by_urgency(tuple(notes))
    assert sorted(note.id for note in ordered) == sorted(note.id for note in notes)
    ranks = [{"R4": 0, "R3": 1}.get(note.level, 2) for note in ordered]
    assert ranks == sorted(ranks)
    quiet = [note.at for note in ordered if not note.alarming]
    assert quiet == sorted(quiet, reverse=True)


def test_callers_whom_nobody_answered_are_counted(desk: LeadDesk) -> None:
    assert "无人接听" not in words(desk)
    desk.show_missed(2, ago(0), 131)
    assert "2 位来电者无人接听" in words(desk)
    desk.show_missed(0, None, 0)
    assert "无人接听" not in words(desk)
