"""Every section of every form, laid out: fields stand in line with each other, nothing is cut off."""

import pytest
from pytestqt.qtbot import QtBot

from resources.texts import use_language
from tests.widgets import look, look_forms, look_sections
from tests.widgets.readable import cut_off
from tests.widgets.window import make_window
from widgets.main_window import MainWindow
from widgets.notes.inputs import ChipsInput
from widgets.notes.section import SectionPage


@pytest.fixture(params=["zh_CN", "en"])
def window(qtbot: QtBot, request: pytest.FixtureRequest) -> MainWindow:
    use_language(request.param)
    window = make_window()
    qtbot.addWidget(window, before_close_func=lambda window: window.let_close())
    window.resize(1366, 768)
    window.show()
    look.fill(window)
    return window


def test_every_section_of_every_form_has_a_picture() -> None:
    by_category = look_forms.shipped_forms().by_category
    assert {form.id for form in by_category.values()} == {
        by_category[one].id for one in look_sections.SECTIONS
    }
    assert {one: len(by_category[one].sections) for one in look_sections.SECTIONS} == look_sections.SECTIONS


def test_fields_of_a_section_stand_in_line_and_can_be_read(window: MainWindow, qtbot: QtBot) -> None:
    for picture in look_sections.STATES:
        picture(window)
        qtbot.waitUntil(lambda: cut_off(window.parts.note) == [])
        (page,) = (one for one in window.parts.note.findChildren(SectionPage) if one.isVisible())
        shown = [one for one in page.inputs.values() if one.isVisible()]
        places = {(one.x(), one.x() + one.width()) for one in shown if one.parentWidget() is page}
        # A line takes both halves.
        halves = places - {(min(x for x, _ in places), page.width())} if len(places) > 1 else places
        assert len(halves) <= 2, picture.__name__
        assert len(halves) < 2 or max(halves)[1] == page.width(), picture.__name__
        across = [one.parentWidget() for one in shown if one.parentWidget() is not page]
        assert {(one.x(), one.width()) for one in across if one} <= {(0, page.width())}, picture.__name__


def test_chips_say_how_many_may_be_chosen(qtbot: QtBot) -> None:
    chips = ChipsInput("其他问题", [("P1", "一"), ("P2", "二"), ("P3", "三")], 2)
    qtbot.addWidget(chips)
    assert chips.count.text() == "0 / 2"
    chips.show_value(("P1", "P3"))
    assert chips.count.text() == "2 / 2"
    free = ChipsInput("人群", [("G1", "一")])
    qtbot.addWidget(free)
    assert free.count.text() == ""
