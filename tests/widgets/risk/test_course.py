"""How an assessment came about, how the ratings went, and words to ask with."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from models.risk.level import Level
from models.risk.quick_screen import AskState, Item
from models.risk.trail import Answer, Response
from resources.texts import t, use_language
from tests.widgets.look_risk import SHIPPED, earlier, told
from tests.widgets.look_samples import LOW, MEDIUM, minutes
from tests.widgets.readable import on_screen
from widgets.base.timeline import Timeline
from widgets.risk.asking import AskingWords
from widgets.risk.case_line import CaseLine
from widgets.risk.course import Course
from widgets.risk.panel import RiskPanel
from widgets.risk.plot import Plot
from widgets.risk.track import Track


@pytest.fixture(autouse=True)
def _chinese() -> None:
    use_language("zh_CN")


@pytest.fixture
def panel(qtbot: QtBot) -> Iterator[RiskPanel]:
    made = RiskPanel()
    made.show_instruments(SHIPPED)
    with on_screen(qtbot, made, 318, 682):
        yield made


def key(panel: RiskPanel, which: Qt.Key, *, ctrl: bool = False) -> None:
    focus = panel.window().focusWidget() or panel
    held = Qt.KeyboardModifier.ControlModifier if ctrl else Qt.KeyboardModifier.NoModifier
    QTest.keyClick(focus, which, held)


def story(panel: RiskPanel) -> list[str]:
    (line,) = panel.findChildren(Timeline)
    return [one.text for one in line.points]


def part(panel: RiskPanel, kind: type[QWidget]) -> QWidget:
    (found,) = panel.findChildren(kind)
    return found


def test_one_key_shows_how_it_came_about_and_brings_the_items_back(panel: RiskPanel) -> None:
    panel.show_names({"op-1": "林医生", "lead-1": "王组长"})
    panel.show_assessment(told())
    key(panel, Qt.Key.Key_R, ctrl=True)
    assert part(panel, Course).isVisible()
    assert story(panel) == [
        "痛苦程度（现在）55",
        "王组长 确认降级",
        "林医生 申请从 R4 紧急 降为 R2 中危：听错了：说的是朋友",
        "正在 / 刚刚实施：否（原为 是）",
        "正在 / 刚刚实施：是",
        "痛苦程度（前）80",
        "近两周自杀意念：是",
    ]
    key(panel, Qt.Key.Key_R, ctrl=True)
    assert not part(panel, Course).isVisible()


def test_a_correction_at_once_is_told_as_none(panel: RiskPanel) -> None:
    slip = MEDIUM.answers[0]
    mended = replace(slip, n=slip.n + 1, op="z", state=AskState.NO)
    panel.show_assessment(replace(MEDIUM, answers=(slip, mended)))
    key(panel, Qt.Key.Key_R, ctrl=True)
    now, first = story(panel)
    assert now == t("risk.step_item", item="近两周自杀意念", value="否（原为 是）")
    assert first == t("risk.step_mended", text="近两周自杀意念：是")


def test_an_entry_of_an_instrument_that_is_not_here_is_told_as_recorded(panel: RiskPanel) -> None:
    gone = Response(1, "a", minutes(1), "other", 3, "x1", "2")
    newer = Response(2, "b", minutes(2), "phq9", 99, "i1", "2")
    panel.show_assessment(replace(MEDIUM, answers=(), responses=(gone, newer)))
    key(panel, Qt.Key.Key_R, ctrl=True)
    (line,) = panel.findChildren(Timeline)
    notes = [(one.text, one.note) for one in line.points]
    assert notes == [
        ("1 兴趣减退：一半以上的日子", t("risk.instrument_other", version=99)),
        ("other x1：2", t("risk.instrument_gone")),
    ]


def test_the_change_is_said_in_words_and_as_no_prognosis(panel: RiskPanel) -> None:
    panel.show_earlier(earlier(), Level.R3)
    panel.show_assessment(told())
    key(panel, Qt.Key.Key_R, ctrl=True)
    words = part(panel, Plot).accessibleName()
    assert "痛苦程度：" in words
    assert "本次 80 → 55" in words
    assert "92 → 70" in words
    assert "的级别：R3 高危" in words
    shown = [one.text() for one in panel.findChildren(QWidget) if hasattr(one, "text") and one.isVisible()]
    assert t("risk.course_caution") in shown


def test_the_level_of_the_case_stands_beside_that_of_the_call(panel: RiskPanel) -> None:
    line = part(panel, CaseLine)
    assert not line.isVisible()
    panel.show_earlier(earlier(), Level.R3)
    assert line.isVisible()
    assert line.accessibleName() == t("risk.case_name", level="R3 高危", n=3)
    panel.show_earlier((), None)
    assert not line.isVisible()


def test_words_to_ask_with_come_by_a_key_and_go_with_the_next(panel: RiskPanel) -> None:
    panel.show_assessment(LOW)
    key(panel, Qt.Key.Key_F5)
    words = part(panel, AskingWords)
    key(panel, Qt.Key.Key_Q)
    assert words.isVisible()
    known = SHIPPED.question("quick_screen", "plan_week")
    assert known
    assert known.words.zh in words.accessibleName()
    focus = panel.window().focusWidget()
    row = focus.parentWidget() if focus else None
    assert row
    place = row.mapTo(words.parentWidget() or row, row.rect().center())
    assert not words.geometry().contains(place), "the item stays in sight"
    key(panel, Qt.Key.Key_N)
    assert not words.isVisible()
    key(panel, Qt.Key.Key_Q)
    key(panel, Qt.Key.Key_Q)
    assert not words.isVisible()


def test_one_key_leads_through_all_that_was_not_asked(panel: RiskPanel) -> None:
    told_of: list[object] = []
    panel.answered.connect(lambda item, _state: told_of.append(item))
    key(panel, Qt.Key.Key_F5)
    key(panel, Qt.Key.Key_Q, ctrl=True)
    for _ in range(6):
        key(panel, Qt.Key.Key_N)
    key(panel, Qt.Key.Key_Q, ctrl=True)
    key(panel, Qt.Key.Key_N)
    assert told_of == [*list(Item)[1:], Item.ACTING]
    begun = Response(9, "a", minutes(2), "gad7", 1, "i1", "2")
    panel.show_assessment(replace(LOW, answers=_all_answered(), responses=(begun,)))
    key(panel, Qt.Key.Key_Q, ctrl=True)
    (shown,) = [one for one in panel.findChildren(Track) if one.isVisible()]
    responded: list[tuple[str, ...]] = []
    panel.responded.connect(lambda *what: responded.append(what))
    key(panel, Qt.Key.Key_3)
    assert responded == [("gad7", "i2", "3")]
    assert shown


def _all_answered() -> tuple[Answer, ...]:
    first = LOW.answers[0]
    return tuple(replace(first, n=n, op=f"o{n}", item=item) for n, item in enumerate(Item))


def test_page_keys_turn_from_one_instrument_to_the_next(panel: RiskPanel) -> None:
    key(panel, Qt.Key.Key_F5)
    for asked in SHIPPED.questionnaires:
        key(panel, Qt.Key.Key_PageDown)
        (shown,) = [one for one in panel.findChildren(Track) if one.isVisible()]
        assert t("risk.unofficial", name=asked.name.zh) in [
            one.text() for one in shown.findChildren(QWidget) if hasattr(one, "text")
        ]
    key(panel, Qt.Key.Key_PageDown)
    assert not [one for one in panel.findChildren(Track) if one.isVisible()]
    key(panel, Qt.Key.Key_PageUp)
    assert [one for one in panel.findChildren(Track) if one.isVisible()]


def test_the_screener_is_seven_keys_and_passes_over_what_it_leaves_out(panel: RiskPanel) -> None:
    responded: list[tuple[str, ...]] = []
    panel.responded.connect(lambda *what: responded.append(what[1:]))
    key(panel, Qt.Key.Key_F5)
    key(panel, Qt.Key.Key_PageDown)
    for one in (Qt.Key.Key_Y, Qt.Key.Key_N, Qt.Key.Key_Y):
        key(panel, one)
    assert responded == [("q1", "yes"), ("q2", "no"), ("q6_ever", "yes")]


def test_a_held_key_answers_once(panel: RiskPanel) -> None:
    told_of: list[object] = []
    panel.answered.connect(lambda item, _state: told_of.append(item))
    key(panel, Qt.Key.Key_F5)
    for again in (False, True, True):
        event = QKeyEvent(
            QEvent.Type.KeyPress, Qt.Key.Key_N, Qt.KeyboardModifier.NoModifier, "n", autorep=again
        )
        QApplication.sendEvent(panel.window().focusWidget(), event)
    assert len(told_of) == 1
