"""The risk panel: what it tells, what it shows, and what it never shows."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from models.risk.assessment import Assessment
from models.risk.level import Level
from models.risk.questionnaire import Instruments
from models.risk.quick_screen import AskState, Item
from models.risk.trail import Dial, Ground, Judgement, Lowering, Phase, Response, Score, Second
from resources.instruments import load
from resources.texts import t, use_language
from tests.widgets import look_samples as samples
from tests.widgets.readable import cut_off, drag, on_screen, unnamed
from widgets.base.dial import DialBar
from widgets.base.levels import level_text
from widgets.base.segment import Segment
from widgets.risk.own_level import floor_of
from widgets.risk.panel import RiskPanel
from widgets.risk.reasons import reasons
from widgets.risk.rows import AskSegment
from widgets.risk.told import StoryTexts
from widgets.risk.view import AlertView, Attention
from widgets.theme import PALETTES, Palette

STATES = (AskState.YES, AskState.NO, AskState.REFUSED, AskState.UNCLEAR)


@pytest.fixture(autouse=True)
def _chinese() -> None:
    use_language("zh_CN")


@pytest.fixture
def panel(qtbot: QtBot) -> Iterator[RiskPanel]:
    made = RiskPanel()
    with on_screen(qtbot, made, 318, 682):
        yield made


def segments(panel: RiskPanel) -> dict[Item, AskSegment]:
    return dict(zip(Item, panel.findChildren(AskSegment), strict=True))


def answer_button(panel: RiskPanel, item: Item, state: AskState) -> QPushButton:
    return segments(panel)[item].findChildren(QPushButton)[STATES.index(state)]


def own_button(panel: RiskPanel, level: Level) -> QPushButton:
    return next(button for button in panel.findChildren(QPushButton) if button.text() == level)


def dial(panel: RiskPanel, which: Dial) -> DialBar:
    return panel.findChildren(DialBar)[list(Dial).index(which)]


@pytest.mark.parametrize("item", list(Item))
@pytest.mark.parametrize("state", STATES)
def test_a_click_tells_the_answer(qtbot: QtBot, panel: RiskPanel, item: Item, state: AskState) -> None:
    with qtbot.waitSignal(panel.answered) as told:
        QTest.mouseClick(answer_button(panel, item, state), Qt.MouseButton.LeftButton)
    assert told.args == [item, state]


def test_clicking_the_chosen_answer_again_takes_it_back(qtbot: QtBot, panel: RiskPanel) -> None:
    told: list[tuple[Item, AskState]] = []
    panel.answered.connect(lambda *args: told.append(args))
    for _ in range(2):
        QTest.mouseClick(answer_button(panel, Item.PLAN, AskState.YES), Qt.MouseButton.LeftButton)
    assert told == [(Item.PLAN, AskState.YES), (Item.PLAN, AskState.NOT_ASKED)]
    assert segments(panel)[Item.PLAN].choice is None


def test_a_double_click_is_one_answer(qtbot: QtBot, panel: RiskPanel) -> None:
    told: list[AskState] = []
    panel.answered.connect(lambda _item, state: told.append(state))
    button = answer_button(panel, Item.ACTING, AskState.YES)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    QTest.mouseDClick(button, Qt.MouseButton.LeftButton)
    assert told == [AskState.YES]


@pytest.mark.parametrize(
    ("key", "state"),
    [*zip("YNRU", STATES, strict=True), *zip("1234", STATES, strict=True)],
)
def test_keys_answer_while_an_item_has_the_focus(
    qtbot: QtBot, panel: RiskPanel, key: str, state: AskState
) -> None:
    QTest.keyClick(panel, Qt.Key.Key_F5)
    focus = panel.window().focusWidget()
    with qtbot.waitSignal(panel.answered) as told:
        QTest.keyClicks(focus, key)
    assert told.args == [Item.ACTING, state]


def test_arrows_walk_between_items_and_answer_nothing(qtbot: QtBot, panel: RiskPanel) -> None:
    panel.show_assessment(samples.URGENT)
    QTest.keyClick(panel, Qt.Key.Key_F5)
    with qtbot.assertNotEmitted(panel.answered):
        for key in (Qt.Key.Key_Up, Qt.Key.Key_Up, Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Down):
            QTest.keyClick(panel.window().focusWidget(), key)
    with qtbot.waitSignal(panel.answered) as told:
        QTest.keyClicks(panel.window().focusWidget(), "n")
    assert told.args == [Item.IDEATION_2W, AskState.NO]


def test_the_key_goes_to_the_first_item_not_asked(qtbot: QtBot, panel: RiskPanel) -> None:
    panel.show_assessment(samples.URGENT)
    QTest.keyClick(panel, Qt.Key.Key_F5)
    assert segments(panel)[Item.MEANS].isAncestorOf(panel.window().focusWidget())


def test_letters_typed_elsewhere_answer_nothing(qtbot: QtBot, panel: RiskPanel) -> None:
    field = QLineEdit()
    layout = panel.window().layout()
    assert isinstance(layout, QVBoxLayout)
    layout.addWidget(field)
    field.setFocus()
    with qtbot.assertNotEmitted(panel.answered):
        QTest.keyClicks(field, "ynru1234")
    assert field.text() == "ynru1234"


def test_not_asked_is_orange_and_counted(panel: RiskPanel) -> None:
    panel.show_assessment(samples.URGENT)
    labels = {label.text(): label for label in panel.findChildren(QWidget) if hasattr(label, "text")}
    unasked = t("risk.item_unasked", item="身边有可用手段")
    assert labels[unasked].property("tone") == "care"
    assert t("risk.still_unasked", all=7, n=1) in labels


@pytest.mark.parametrize(
    ("assessment", "code"),
    [
        (samples.URGENT, "R4"),
        (samples.HIGH, "R3"),
        (samples.MEDIUM, "R2"),
        (samples.LOW, "R1"),
        (samples.NONE, "R0"),
        (None, "RX"),
    ],
)
def test_the_level_is_said_in_words(panel: RiskPanel, assessment: Assessment | None, code: str) -> None:
    panel.show_assessment(assessment)
    assert panel.level_code == code
    assert code in panel.findChildren(QWidget)[0].accessibleName()


@given(st.dictionaries(st.sampled_from(Item), st.sampled_from(AskState)), st.sampled_from([None, *Level]))
def test_no_risk_is_never_shown_while_something_is_open(
    answers: dict[Item, AskState], own: Level | None
) -> None:
    assessment = samples.assessment(answers, {}, own)
    if assessment.level is Level.R0:
        assert not assessment.verdict.open_items


def test_an_unfinished_screen_says_how_many_are_open(panel: RiskPanel) -> None:
    panel.show_assessment(samples.LOW)
    assert t("risk.unfinished", n=5) in panel.findChildren(QWidget)[0].accessibleName()


def _lowered(agreed: bool) -> Assessment:
    """An acting that turned out to be none: taken back a minute later, with a wish to lower it."""
    acting = replace(samples.MEDIUM.answers[0], n=8, op="y", item=Item.ACTING, state=AskState.YES)
    taken_back = replace(acting, n=9, op="x", state=AskState.NO, at=samples.minutes(9))
    wish = Lowering("w", samples.minutes(9), "op-1", 9, Level.R4, Level.R2, "听错了")
    seconds = (Second("s", samples.minutes(10), "lead-1", "w", agreed),) if agreed else ()
    answers = (*samples.MEDIUM.answers, acting, taken_back)
    return replace(samples.MEDIUM, answers=answers, lowerings=(wish,), seconds=seconds)


def test_a_level_stands_until_a_second_person_agrees_and_says_so(panel: RiskPanel) -> None:
    panel.show_assessment(_lowered(agreed=False))
    said = panel.findChildren(QWidget)[0].accessibleName()
    assert panel.level_code == "R4"
    assert t("risk.waiting", to="R2 中危", reason="听错了") in said


def test_the_peak_is_kept_in_sight(panel: RiskPanel) -> None:
    panel.show_assessment(_lowered(agreed=True))
    assert panel.level_code == "R2"
    assert t("risk.peak", level="R4 紧急") in panel.findChildren(QWidget)[0].accessibleName()
    assert own_button(panel, Level.R2).isEnabled()


def test_answers_that_cannot_both_be_so_are_said(panel: RiskPanel) -> None:
    both = {Item.PLAN_72H: AskState.YES, Item.IDEATION_2W: AskState.NO}
    panel.show_assessment(samples.assessment(both, {}))
    said = panel.findChildren(QWidget)[0].accessibleName()
    assert "答案矛盾：“有计划，72 小时内实施”为是，“近两周有自杀意念”为否" in said


def test_one_answer_that_denies_many_is_one_line(panel: RiskPanel) -> None:
    plans = dict.fromkeys((Item.PLAN_72H, Item.PLAN_WEEK, Item.PLAN), AskState.YES)
    panel.show_assessment(samples.assessment({**plans, Item.IDEATION_2W: AskState.NO}, {}))
    lines = panel.findChildren(QWidget)[0].accessibleName().splitlines()
    (line,) = [one for one in lines if "矛盾" in one]
    for named in ("有计划，72 小时内实施", "有计划，一周内实施", "有自杀计划", "近两周有自杀意念"):
        assert f"“{named}”" in line


@pytest.mark.parametrize(
    ("item", "question", "code"), [("q4", "Q4", "R3"), ("q6_ever", "Q6 曾有", "R2"), ("q1", "Q1", "R1")]
)
def test_a_question_that_gave_the_level_is_named(
    panel: RiskPanel, item: str, question: str, code: str
) -> None:
    said = Response(1, "a", samples.minutes(2), "cssrs", 1, item, "yes")
    panel.show_assessment(replace(samples.assessment({}, {}), responses=(said,)))
    words = panel.findChildren(QWidget)[0].accessibleName()
    assert panel.level_code == code
    assert t("risk.by_cssrs", question=question, time=f"{said.at.astimezone():%H:%M}") in words


def test_a_total_that_gave_the_level_is_named(panel: RiskPanel) -> None:
    total = Score(1, "a", samples.minutes(2), "elements12", 1, "Artificial 1", 9, "high", Level.R3)
    panel.show_assessment(replace(samples.assessment({}, {}), scores=(total,)))
    words = panel.findChildren(QWidget)[0].accessibleName()
    assert t("risk.by_elements", points=9, time=f"{total.at.astimezone():%H:%M}") in words


def test_a_dragged_rating_is_told_once_when_let_go(qtbot: QtBot, panel: RiskPanel) -> None:
    told: list[tuple[Dial, Phase, int]] = []
    panel.rated.connect(lambda *args: told.append(args))
    bar = dial(panel, Dial.DISTRESS)
    middle = bar.rect().center()
    QTest.mousePress(bar, Qt.MouseButton.LeftButton, pos=QPoint(10, middle.y()))
    drag(bar, QPoint(40, middle.y()))
    drag(bar, middle)
    assert told == []
    QTest.mouseRelease(bar, Qt.MouseButton.LeftButton, pos=middle)
    assert [(which, phase) for which, phase, _ in told] == [(Dial.DISTRESS, Phase.BEFORE)]


def test_a_typed_rating_is_told_whole(qtbot: QtBot, panel: RiskPanel) -> None:
    bar = dial(panel, Dial.HOPE)
    bar.setFocus()
    with qtbot.waitSignal(panel.rated) as told:
        QTest.keyClicks(bar, "92")
    assert told.args == [Dial.HOPE, Phase.BEFORE, 92]


def test_a_waiting_rating_is_told_on_hang_up(qtbot: QtBot, panel: RiskPanel) -> None:
    bar = dial(panel, Dial.INTENT)
    bar.setFocus()
    QTest.keyClicks(bar, "7")
    with qtbot.waitSignal(panel.rated) as told:
        panel.settle()
    assert told.args == [Dial.INTENT, Phase.BEFORE, 7]


def test_rating_again_fills_the_second_value(qtbot: QtBot, panel: RiskPanel) -> None:
    panel.show_assessment(samples.HIGH)
    again = next(b for b in panel.findChildren(QPushButton) if b.text() == t("risk.rate_again"))
    QTest.mouseClick(again, Qt.MouseButton.LeftButton)
    bar = dial(panel, Dial.DISTRESS)
    bar.setFocus()
    with qtbot.waitSignal(panel.rated) as told:
        QTest.keyClicks(bar, "40")
    assert told.args == [Dial.DISTRESS, Phase.AFTER, 40]


def test_an_own_level_is_told_once(qtbot: QtBot, panel: RiskPanel) -> None:
    told: list[Level] = []
    panel.judged.connect(told.append)
    for _ in range(2):
        QTest.mouseClick(own_button(panel, Level.R3), Qt.MouseButton.LeftButton)
    assert told == [Level.R3]


def test_what_would_lower_cannot_be_chosen(panel: RiskPanel) -> None:
    panel.show_assessment(samples.HIGH)
    allowed = [level for level in list(Level)[1:] if own_button(panel, level).isEnabled()]
    assert allowed == [Level.R3, Level.R4]


def test_an_own_high_level_is_a_floor_for_the_operator() -> None:
    judged = replace(samples.NONE, judgements=(Judgement(1, "j", samples.START, Level.R4),))
    assert floor_of(judged) is Level.R4


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_a_level_that_the_note_gives_is_not_said_to_be_the_operator_s(qtbot: QtBot, language: str) -> None:
    use_language(language)
    given = Judgement(1, "j", samples.START, Level.R4, Ground.IMMINENT)
    assessment = replace(samples.NONE, judgements=(given,))
    time = f"{samples.START.astimezone():%H:%M}"
    assert reasons(assessment)[0] == t("risk.by_imminent", time=time)
    said = {point.text for point in StoryTexts(load(), Instruments(), {}).points(assessment)}
    assert t("risk.step_imminent", level=level_text(Level.R4)) in said
    panel = RiskPanel()
    qtbot.addWidget(panel)
    panel.show_assessment(assessment)
    own = next(one for one in panel.findChildren(Segment) if one.accessibleName() == t("risk.own_level"))
    assert own.choice is None


@pytest.mark.parametrize(
    ("alert", "words"),
    [
        (AlertView(Attention.SENT), t("risk.alert_sent")),
        (AlertView(Attention.SEEN, who="王组长"), "王组长 已看到"),
        (AlertView(Attention.NOBODY, supervisor="8002"), "无人确认 — 请拨督导 8002"),
    ],
)
def test_who_has_seen_it_is_said(panel: RiskPanel, alert: AlertView, words: str) -> None:
    panel.show_assessment(samples.URGENT)
    panel.show_alert(alert)
    assert words in [w.text() for w in panel.findChildren(QWidget) if hasattr(w, "text") and w.isVisible()]


@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.parametrize("palette", list(PALETTES.values()), ids=list(PALETTES))
@pytest.mark.parametrize("scene", [name for name in samples.SCENES if name.startswith("risk")])
def test_everything_can_be_read_and_is_named(
    qtbot: QtBot, language: str, palette: Palette, scene: str
) -> None:
    use_language(language)
    with on_screen(qtbot, samples.SCENES[scene](), 318, 682, palette) as window:
        assert cut_off(window) == []
        assert unnamed(window) == []
