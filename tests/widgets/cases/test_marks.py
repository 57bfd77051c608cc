"""Marks of misuse by the keyboard alone: asked for with a reason, decided by who leads."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from models.cases.mark import State
from resources.texts import t
from tests.support.keyboard import QtKeyboard
from tests.widgets.look_followups import MARKS
from tests.widgets.readable import unnamed
from widgets.cases.callers import CallersPanel
from widgets.cases.marks import MarksPanel

pytestmark = [
    pytest.mark.usefixtures("each_language"),
    pytest.mark.qt_log_ignore(r"This plugin does not support (propagateSizeHints|raise)\(\)", extend=True),
]
REASON = "整夜反复骚扰"


@pytest.fixture
def panel() -> MarksPanel:
    return MarksPanel()


@pytest.fixture
def keys(panel: MarksPanel, keyboard_at: Callable[[QWidget], QtKeyboard]) -> QtKeyboard:
    panel.resize(820, 600)
    return keyboard_at(panel)


def test_a_mark_is_asked_for_with_a_reason_and_by_an_operator_decided_never(
    panel: MarksPanel, keys: QtKeyboard, qtbot: QtBot
) -> None:
    panel.show_marks(MARKS, "138****0015", False, 30)
    for act in ("ask_mark", "approve", "refuse", "end_mark"):
        with pytest.raises(AssertionError):
            keys.to(t(f"callers.{act}"))
    keys.to(t("callers.mark_reason"))
    keys.add(REASON)
    keys.to(t("callers.ask_mark"))
    with qtbot.waitSignal(panel.asked) as asked:
        keys.press("Space")
    assert asked.args == [REASON]


def test_without_a_call_nothing_is_asked(panel: MarksPanel, keys: QtKeyboard) -> None:
    panel.show_marks((), "", False, 30)
    assert t("callers.no_marks") in [one.text() for one in panel.findChildren(QLabel)]
    keys.to(t("callers.mark_reason"))
    keys.add(REASON)
    with pytest.raises(AssertionError):
        keys.to(t("callers.ask_mark"))


def test_a_lead_approves_for_some_days_with_a_reason(
    panel: MarksPanel, keys: QtKeyboard, qtbot: QtBot
) -> None:
    panel.show_marks(MARKS, "", True, 5)
    keys.to(t("callers.mark_reason"))
    keys.add("核对过录音")
    keys.to(t("callers.days"))
    keys.press("Down", "Down")
    keys.to(t("callers.approve"))
    with qtbot.waitSignal(panel.approved) as approved:
        keys.press("Space")
    assert approved.args == ["1", 3, "核对过录音"]
    keys.to(t("callers.mark_reason"))
    keys.add("听不出骚扰")
    keys.to(t("callers.refuse"))
    with qtbot.waitSignal(panel.refused) as refused:
        keys.press("Space")
    assert refused.args == ["1", "听不出骚扰"]


@pytest.mark.parametrize("state", [State.IN_FORCE, State.EXPIRING])
def test_a_mark_in_force_is_ended_early_with_a_reason(
    panel: MarksPanel, keys: QtKeyboard, qtbot: QtBot, state: State
) -> None:
    panel.show_marks((replace(MARKS[1], state=state),), "", True, 30)
    keys.to(t("callers.mark_reason"))
    keys.add("误会")
    keys.to(t("callers.end_mark"))
    with qtbot.waitSignal(panel.ended) as ended:
        keys.press("Space")
    assert ended.args == ["2", "误会"]


def test_the_choice_and_what_is_typed_stay_when_marks_are_told_again(
    panel: MarksPanel, keys: QtKeyboard
) -> None:
    panel.show_marks(MARKS, "", True, 30)
    keys.press("Down")
    reason = keys.to(t("callers.mark_reason"))
    keys.add("半句")
    panel.show_marks(MARKS[1:], "", True, 30)
    assert getattr(reason, "text", str)() == "半句"
    assert any(MARKS[1].number in one.text() for one in panel.findChildren(QLabel))


def test_everything_has_a_name(panel: MarksPanel, keys: QtKeyboard) -> None:
    panel.show_marks(MARKS, "138****0015", True, 30)
    assert unnamed(panel) == []


def test_one_key_changes_between_plans_and_marks_and_one_of_them_is_always_chosen(
    keyboard_at: Callable[[QWidget], QtKeyboard],
) -> None:
    callers = CallersPanel()
    keys = keyboard_at(callers)
    keys.press("2")
    assert callers.marks.isVisible()
    keys.press("1")
    assert callers.plans.isVisible()
    keys.press("Right", "Space")
    assert callers.marks.isVisible()
    keys.press("Delete")
    chosen = [one.text() for one in callers.findChildren(QPushButton) if one.isChecked()]
    assert chosen == [t("callers.marks")]
