"""The timeline of joint intervention and the button that begins one."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from models.referrals.referral import Step
from resources.texts import t, use_language
from tests.widgets.look_samples import minutes, referral
from tests.widgets.readable import on_screen
from widgets.base.composition import LineEdit
from widgets.base.labels import Label
from widgets.base.tag import Tag
from widgets.base.timeline import Timeline
from widgets.referrals.button import ReferralButton
from widgets.referrals.timeline import ReferralTimeline

LEFT = Qt.MouseButton.LeftButton
TOLD = list[tuple[str, Step, str]]


@pytest.fixture
def shown(qtbot: QtBot) -> Iterator[tuple[ReferralTimeline, TOLD]]:
    use_language("zh_CN")
    made = ReferralTimeline()
    told: TOLD = []
    made.advanced.connect(lambda *args: told.append(args))
    with on_screen(qtbot, made, 318, 300):
        yield made, told


def button(timeline: ReferralTimeline, label: str) -> QPushButton:
    return next(b for b in timeline.findChildren(QPushButton) if b.text() == label)


def steps(timeline: ReferralTimeline) -> list[str]:
    labels = [button(timeline, t(f"referrals.note_{step}")) for step in Step if step in NOTED]
    return [each.text() for each in labels if each.isVisible()]


NOTED = (Step.ACCEPTED, Step.ARRIVED, Step.SAFE, Step.CLOSED)


def test_accepting_asks_for_the_receipt(shown: tuple[ReferralTimeline, TOLD]) -> None:
    timeline, told = shown
    timeline.show_referrals([referral(Step.PROPOSED, Step.JOINED)])
    QTest.mouseClick(button(timeline, t("referrals.note_accepted")), LEFT)
    field = timeline.findChildren(LineEdit)[0]
    QTest.keyClicks(field, "3187")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert told == [("ref-1", Step.ACCEPTED, "3187")]


def test_one_key_asks_for_the_receipt_and_leads_back_to_where_the_operator_was(
    shown: tuple[ReferralTimeline, TOLD], qtbot: QtBot
) -> None:
    timeline, told = shown
    timeline.show_referrals([referral(Step.PROPOSED, Step.JOINED)])
    here = button(timeline, t("referrals.note_closed"))
    here.setFocus()
    handle = timeline.window().windowHandle()
    QTest.keySequence(handle, QKeySequence("Shift+F12"))
    field = timeline.findChildren(LineEdit)[0]
    qtbot.waitUntil(field.hasFocus)
    QTest.keyClicks(field, "3187")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert told == [("ref-1", Step.ACCEPTED, "3187")]
    timeline.show_referrals([referral(Step.PROPOSED, Step.JOINED, Step.ACCEPTED)])
    # Arriving has no detail: the key leads to it, and nothing is noted before it is pressed.
    QTest.keySequence(handle, QKeySequence("Shift+F12"))
    arrived = button(timeline, t("referrals.note_arrived"))
    qtbot.waitUntil(arrived.hasFocus)
    assert len(told) == 1
    QTest.keyClick(arrived, Qt.Key.Key_Space)
    assert told[-1] == ("ref-1", Step.ARRIVED, "")


def test_the_key_for_the_next_step_does_nothing_where_all_is_over(
    shown: tuple[ReferralTimeline, TOLD],
) -> None:
    timeline, told = shown
    timeline.show_referrals([referral(Step.PROPOSED, Step.JOINED, Step.ACCEPTED, Step.SAFE)])
    QTest.keySequence(timeline.window().windowHandle(), QKeySequence("Shift+F12"))
    assert not any(one.isVisible() for one in timeline.findChildren(LineEdit))
    assert told == []


def test_arriving_is_one_click_and_a_second_one_tells_nothing(shown: tuple[ReferralTimeline, TOLD]) -> None:
    timeline, told = shown
    timeline.show_referrals([referral(Step.PROPOSED, Step.ACCEPTED)])
    QTest.mouseClick(button(timeline, t("referrals.note_arrived")), LEFT)
    QTest.mouseDClick(button(timeline, t("referrals.note_arrived")), LEFT)
    assert told == [("ref-1", Step.ARRIVED, "")]


def test_safety_can_be_noted_without_a_detail(shown: tuple[ReferralTimeline, TOLD]) -> None:
    timeline, told = shown
    timeline.show_referrals([referral(Step.PROPOSED, Step.ARRIVED)])
    QTest.mouseClick(button(timeline, t("referrals.note_safe")), LEFT)
    QTest.mouseClick(button(timeline, t("referrals.record")), LEFT)
    assert told == [("ref-1", Step.SAFE, "")]


def test_closing_needs_a_reason(shown: tuple[ReferralTimeline, TOLD]) -> None:
    timeline, told = shown
    timeline.show_referrals([referral(Step.PROPOSED)])
    QTest.mouseClick(button(timeline, t("referrals.note_closed")), LEFT)
    QTest.mouseClick(button(timeline, t("referrals.record")), LEFT)
    assert told == []
    QTest.keyClicks(timeline.findChildren(LineEdit)[0], "mistake")
    QTest.mouseClick(button(timeline, t("referrals.record")), LEFT)
    assert told == [("ref-1", Step.CLOSED, "mistake")]


def test_what_is_being_typed_stays_when_something_happens(shown: tuple[ReferralTimeline, TOLD]) -> None:
    timeline, _ = shown
    timeline.show_referrals([referral(Step.PROPOSED)])
    QTest.mouseClick(button(timeline, t("referrals.note_accepted")), LEFT)
    QTest.keyClicks(timeline.findChildren(LineEdit)[0], "31")
    timeline.show_referrals([referral(Step.PROPOSED, Step.JOINED)])
    assert timeline.findChildren(LineEdit)[0].text() == "31"
    assert timeline.findChildren(LineEdit)[0].isVisible()


def test_not_confirmed_safe_stays_red_until_the_end(shown: tuple[ReferralTimeline, TOLD]) -> None:
    timeline, _ = shown
    tag = t("referrals.unsafe")
    for last in (Step.PROPOSED, Step.JOINED, Step.NOT_REACHED, Step.ACCEPTED, Step.ARRIVED):
        timeline.show_referrals([referral(Step.PROPOSED, last)])
        assert tag in [each.text() for each in timeline.findChildren(Tag)]
    timeline.show_referrals([referral(Step.PROPOSED, Step.SAFE)])
    assert [each.text() for each in timeline.findChildren(Tag)] == [t("referrals.safe")]
    assert steps(timeline) == []


def test_only_steps_ahead_can_be_noted(shown: tuple[ReferralTimeline, TOLD]) -> None:
    timeline, _ = shown
    timeline.show_referrals([referral(Step.PROPOSED, Step.ACCEPTED)])
    assert steps(timeline) == [t(f"referrals.note_{step}") for step in NOTED[1:]]


def test_open_ones_come_first_and_the_latest_step_on_top(shown: tuple[ReferralTimeline, TOLD]) -> None:
    timeline, _ = shown
    ended = replace(referral(Step.PROPOSED, Step.SAFE), id="old", opened_at=minutes(9))
    timeline.show_referrals([ended, referral(Step.PROPOSED, Step.ACCEPTED)])
    lines = sorted(timeline.findChildren(Timeline), key=lambda line: line.mapTo(timeline, line.pos()).y())
    assert lines[0].points[0].text == t("referrals.receipt", step=t("referrals.step_accepted"), detail="3187")
    timeline.show_referrals([])
    assert t("referrals.none_yet") in [w.text() for w in timeline.findChildren(Label)]


def test_the_button_wishes_by_click_and_by_key(qtbot: QtBot) -> None:
    use_language("zh_CN")
    made = ReferralButton()
    with on_screen(qtbot, made, 318, 60):
        with qtbot.waitSignal(made.referral_wanted):
            QTest.mouseClick(made, LEFT)
        with qtbot.waitSignal(made.referral_wanted):
            QTest.keyClick(made, Qt.Key.Key_F8)
        made.show_alarming(True)
        assert made.property("tone") == "urgent"
        made.show_alarming(False)
        assert made.property("tone") != "urgent"
