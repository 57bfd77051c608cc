"""The sheet of a follow-up by keys alone: template, consent, safe times and number, code word, stop."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from models.followups.followup import Arrangement, Consent
from resources.texts import t
from tests.support.keyboard import QtKeyboard
from tests.widgets.look_followups import AGREED, TEMPLATES
from tests.widgets.readable import unnamed
from widgets.followups.agree import TIMES, AgreePanel
from widgets.followups.view import AgreeView

pytestmark = [
    pytest.mark.usefixtures("each_language"),
    pytest.mark.qt_log_ignore(r"This plugin does not support (propagateSizeHints|raise)\(\)", extend=True),
]
NEW = AgreeView("n", "138****0001", "R3", Arrangement(Consent.AGREED), TEMPLATES, "bj")


@pytest.fixture
def panel() -> AgreePanel:
    return AgreePanel()


@pytest.fixture
def keys(panel: AgreePanel, keyboard_at: Callable[[QWidget], QtKeyboard]) -> QtKeyboard:
    keys = keyboard_at(panel)
    panel.show_view(NEW)
    panel.setFocus()
    return keys


def field(name: str) -> str:
    return t(f"followups.field_{name}")


def said(panel: AgreePanel) -> str:
    return " ".join(one.text() for one in panel.findChildren(QLabel) if one.isVisible())


def test_enter_keeps_what_the_level_suggests(panel: AgreePanel, keys: QtKeyboard, qtbot: QtBot) -> None:
    with qtbot.waitSignal(panel.agreed) as agreed:
        keys.press("Return")
    assert agreed.args == ["n", "bj", Arrangement(Consent.AGREED)]


def test_every_field_is_filled_without_a_mouse(panel: AgreePanel, keys: QtKeyboard, qtbot: QtBot) -> None:
    words = {
        "times": "家人不在时",
        "number": "136 0000 0006",
        "code_word": "我是图书馆的",
        "others": "室友；母亲不知情",
        "told": "只说“图书馆通知”",
    }
    for name, text in words.items():
        keys.to(field(name))
        keys.write(text)
    evening, window = TIMES[-1]
    keys.to(t("followups.time_named", time=t(f"followups.time_{evening}")), "Shift+Tab")
    with qtbot.waitSignal(panel.previewed) as previewed:
        keys.press("Space")
    assert previewed.args[0].windows == (window,)
    keys.to(t("followups.agree_keep"))
    with qtbot.waitSignal(panel.agreed) as agreed:
        keys.press("Space")
    assert agreed.args == ["n", "bj", Arrangement(Consent.AGREED, windows=(window,), **words)]


def test_another_template_stands_above_and_shows_its_dates_and_where_it_comes_from(
    panel: AgreePanel, keys: QtKeyboard, qtbot: QtBot
) -> None:
    assert TEMPLATES[0].source in said(panel)
    keys.to(t("followups.template"), "Shift+Tab", begins=True)
    keys.press("Right", "Space")
    assert panel.template == "gz"
    assert TEMPLATES[1].source in said(panel)
    # There is always one: nobody keeps a follow-up without dates by a slip.
    keys.press("Delete")
    assert panel.template == "gz"
    # The keyboard walks as the eye does: template, times of the day, words.
    names = [t("followups.time_named", time=t(f"followups.time_{name}")) for name, _ in TIMES]
    walked = []
    for _ in range(len(TIMES) + 1):
        keys.press("Tab")
        focus = QApplication.focusWidget()
        assert focus
        walked.append(focus.accessibleName())
    assert walked == [*names, field("times")]


def test_a_level_without_a_template_wants_one_to_be_chosen(
    panel: AgreePanel, keys: QtKeyboard, qtbot: QtBot
) -> None:
    panel.show_view(replace(NEW, note="m", chosen=""))
    assert t("followups.template_wanted") in said(panel)
    with qtbot.assertNotEmitted(panel.agreed):
        keys.press("Return")


def test_a_number_that_cannot_be_dialled_is_said_and_not_kept(
    panel: AgreePanel, keys: QtKeyboard, qtbot: QtBot
) -> None:
    keys.to(field("number"))
    keys.write("问他妈妈")
    assert t("followups.number_bad") in said(panel)
    with qtbot.assertNotEmitted(panel.agreed):
        keys.press("Return")
    keys.write("13600000006")
    assert t("followups.number_bad") not in said(panel)


def test_who_wishes_no_contact_is_kept_with_their_words_and_asked_no_second_time(
    panel: AgreePanel, keys: QtKeyboard, qtbot: QtBot
) -> None:
    keys.to(field("others"))
    keys.write("请不要再打来")
    keys.to(t("followups.stop"))
    with qtbot.waitSignal(panel.stop_wanted) as stopped:
        keys.press("Space")
    assert stopped.args == ["n", "请不要再打来"]
    panel.show_view(replace(NEW, stopped=True))
    assert t("followups.stopped_before") in said(panel)
    with pytest.raises(AssertionError):
        keys.to(t("followups.stop"))


def test_what_was_agreed_is_shown_again_and_what_is_typed_stays(
    panel: AgreePanel, keys: QtKeyboard, qtbot: QtBot
) -> None:
    panel.show_view(replace(NEW, note="m", agreed=AGREED, made=True))
    assert panel.arrangement() == replace(AGREED, consent=Consent.AGREED)
    assert t("followups.agree_made") in said(panel)
    keys.to(field("code_word"))
    keys.write("我是社区的")
    panel.show_view(replace(NEW, note="m", agreed=AGREED, made=True, stopped=True))
    assert panel.arrangement().code_word == "我是社区的"


def test_without_a_note_or_a_number_nothing_is_kept_and_why_is_said(
    panel: AgreePanel, keys: QtKeyboard, qtbot: QtBot
) -> None:
    for view, why in (
        (AgreeView("", "", "", Arrangement()), "no_note"),
        (replace(NEW, number=""), "no_number"),
    ):
        panel.show_view(view)
        assert t(f"followups.{why}") in said(panel)
        keys.to(field("times"))
        with qtbot.assertNotEmitted(panel.agreed):
            keys.press("Return")


def test_times_that_were_clicked_keep_their_dates_when_more_is_told(
    panel: AgreePanel, keys: QtKeyboard, qtbot: QtBot
) -> None:
    panel.show_view(replace(NEW, number=""))
    evening = next(
        one for one in panel.findChildren(QPushButton) if one.text() == t("followups.time_evening")
    )
    evening.click()
    with qtbot.waitSignal(panel.previewed) as asked:
        panel.show_view(NEW)
    assert asked.args == [panel.arrangement()]
    assert panel.arrangement().windows


def test_a_safe_number_is_enough_where_the_caller_s_own_is_not_known(
    panel: AgreePanel, keys: QtKeyboard, qtbot: QtBot
) -> None:
    """Who was handed over by 110 has given a number to be called at."""
    panel.show_view(replace(NEW, number=""))
    keys.to(field("number"))
    keys.write("13600000006")
    assert t("followups.no_number") not in said(panel)
    with qtbot.waitSignal(panel.agreed) as agreed:
        keys.press("Return")
    assert agreed.args[2].number == "13600000006"


def test_everything_has_a_name(panel: AgreePanel, keys: QtKeyboard) -> None:
    assert unnamed(panel) == []
