"""The forms on the panel: dependence, answers that stay open, marks, and the way to the quick screen."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox
from pytestqt.qtbot import QtBot

from models.notes.filling import Beside, missing
from models.notes.form import Field, FieldType, Form, Section
from models.notes.forms import NoteForms
from models.notes.note import LogLine, NoteBody, Value
from resources import hotline
from resources.texts import t, use_language
from tests.widgets import look_samples as samples
from tests.widgets.readable import cut_off, on_screen, soon, unnamed
from widgets.base.buttons import Chip, KeyButton
from widgets.base.writing import Writing
from widgets.notes.pages import Pages
from widgets.notes.panel import NotePanel
from widgets.notes.paper import Papers
from widgets.notes.tabs import SectionTab
from widgets.notes.view import MarkView

PATIENCE_MS = 5_000
LEFT = Qt.MouseButton.LeftButton
CATEGORIES = [*(f"C{n}" for n in range(1, 7)), *(f"S{n}" for n in range(1, 10))]


class Filled:
    """A panel that keeps what it tells, as the console does."""

    def __init__(self, forms: NoteForms) -> None:
        self.panel, self.forms = NotePanel(), forms
        self.note = replace(samples.NOTE, id="n", body=NoteBody())
        self.marked: list[str] = []
        self.screens = 0
        self.panel.edited.connect(self._edit)
        self.panel.category_chosen.connect(self.choose)
        self.panel.marked.connect(self.marked.append)
        self.panel.screen_wanted.connect(self._screen)
        self.show()

    def choose(self, category: str) -> None:
        self.note = replace(self.note, body=replace(self.note.body, category=category))
        self.panel.show_form(self.forms.of(category), samples.ENUMERATIONS)
        self.show()

    def show(self) -> None:
        body, form = self.note.body, self.forms.of(self.note.body.category)
        self.panel.show_note(self.note)
        self.panel.show_form(form, samples.ENUMERATIONS)
        self.panel.show_missing(missing(form, body.category, body.values, Beside(len(body.log))))

    def take(self, category: str, values: dict[str, Value], *lines: LogLine) -> None:
        """Another note, with these words in it."""
        self.note = replace(self.note, id=f"{self.note.id}+", body=NoteBody(category, values, lines))
        self.show()

    @property
    def pages(self) -> Pages:
        """The fields of the note in sight."""
        papers = self.panel.findChild(Papers)
        assert isinstance(papers, Papers)
        return papers.front.pages

    def texts(self) -> list[Writing]:
        """The long texts of the note in sight."""
        return self.pages.findChildren(Writing)

    def chips(self, name: str) -> list[Chip]:
        """The chips of a field on the form that is open."""
        found = self.pages.findChildren(Chip)
        return [one for one in found if one.accessibleName().startswith(f"{name} ·") and not one.isHidden()]

    def _edit(self, key: str, value: Value) -> None:
        values = {**self.note.body.values, key: value}
        self.note = replace(self.note, body=replace(self.note.body, values=values))

    def _screen(self) -> None:
        self.screens += 1


@pytest.fixture
def filled(qtbot: QtBot, tmp_path: Path) -> Iterator[Filled]:
    use_language("zh_CN")
    made = Filled(hotline.load("jinzhong", None, tmp_path).forms)
    with on_screen(qtbot, made.panel, 740, 682):
        yield made


def test_the_key_of_a_section_works_with_the_very_choice_of_another_form(filled: Filled) -> None:
    for category in ("C1", "C2", "C3", "S7", "C3"):
        filled.choose(category)
    # No event in between: two shortcuts of one key would be none.
    QTest.keyClick(filled.panel, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert "2 问题" in [tab.text() for tab in filled.panel.findChildren(SectionTab) if tab.isChecked()]
    focus = QApplication.focusWidget()
    assert focus is not None
    assert filled.pages.isAncestorOf(focus)


def test_a_field_comes_and_goes_with_the_one_it_depends_on(filled: Filled) -> None:
    filled.choose("C1")
    assert filled.chips("监护人是否同意处理信息")[0].isVisible() is False
    box = next(one for one in filled.panel.findChildren(QComboBox) if one.accessibleName() == "年龄段")
    QTest.keyClick(box, Qt.Key.Key_Down)
    assert filled.note.body.values["age_band"] == "under_14"
    assert filled.chips("监护人是否同意处理信息")[0].isVisible()
    QTest.mouseClick(filled.chips("监护人是否同意处理信息")[0], LEFT)
    assert filled.note.body.values["guardian_consent"] == "yes"
    QTest.keyClick(box, Qt.Key.Key_Down)
    assert not filled.chips("监护人是否同意处理信息")[0].isVisible()
    # What was said stays, though nobody sees it now.
    assert filled.note.body.values["guardian_consent"] == "yes"


def test_a_question_may_be_refused_stay_unclear_or_be_taken_back(filled: Filled) -> None:
    filled.choose("C1")
    refused, unclear = filled.chips("身边有谁")
    QTest.mouseClick(refused, LEFT)
    assert filled.note.body.values["companions.asked"] == "refused"
    QTest.mouseClick(unclear, LEFT)
    assert filled.note.body.values["companions.asked"] == "unclear"
    assert not refused.isChecked()
    QTest.mouseClick(unclear, LEFT)
    assert filled.note.body.values["companions.asked"] == ""


def test_a_mark_is_asked_for_and_shows_its_time(filled: Filled) -> None:
    filled.panel.papers.show_marks([MarkView("a", "已说问候语"), MarkView("b", "听到声音")])
    filled.choose("S1")
    steps = [one for one in filled.panel.findChildren(KeyButton) if one.accessibleName() == "听到声音"]
    QTest.mouseClick(steps[0], LEFT)
    assert filled.marked == ["b"]
    filled.panel.papers.show_marks([MarkView("a", "已说问候语"), MarkView("b", "听到声音", "14:24:07")])
    assert not steps[0].isEnabled()
    assert "14:24:07" in steps[0].accessibleName()


def test_the_way_to_what_is_missing_leads_to_the_quick_screen_too(filled: Filled) -> None:
    filled.take("C1", {"outcome": ("O01",)})
    filled.panel.show_missing(("quick_screen",))
    QTest.keyClick(filled.panel, Qt.Key.Key_J, Qt.KeyboardModifier.ControlModifier)
    assert filled.screens == 1


def test_through_all_categories_and_back_every_word_stays(filled: Filled) -> None:
    values: dict[str, Value] = {"complaint": "撑不下去", "sex": "female", "harassment_marks": ("other",)}
    line = LogLine("l", samples.START, "说了话")
    filled.take("C3", values, line)
    for category in (*CATEGORIES, "C3"):
        filled.choose(category)
    assert filled.note.body.values == values
    shown = soon(lambda: next((one for one in filled.texts() if one.accessibleName() == "主诉"), None))
    assert shown.toPlainText() == "撑不下去"
    filled.choose("S3")
    assert [one.isChecked() for one in filled.chips("听到什么")] == [False] * 5 + [True]


def test_a_form_without_sections_shows_no_field_of_the_one_before(filled: Filled) -> None:
    filled.choose("C3")
    filled.panel.show_form(Form("bare", 1, ()), samples.ENUMERATIONS)
    assert [one for one in filled.panel.findChildren(QComboBox) if one.isVisible()][1:] == []


def test_a_field_whose_values_are_of_another_kind_takes_nothing_away(filled: Filled) -> None:
    filled.take("C3", {"complaint": ("a", "b"), "problem_more": "text", "sex": 3})
    assert filled.note.body.values == {"complaint": ("a", "b"), "problem_more": "text", "sex": 3}


@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.parametrize("category", ["C2", "C6", "C4", "S1", "S3", "S5", "S7"])
def test_every_form_can_be_read_and_is_named(
    qtbot: QtBot, tmp_path: Path, category: str, language: str
) -> None:
    use_language(language)
    made = Filled(hotline.load("jinzhong", None, tmp_path).forms)
    made.panel.papers.show_marks([MarkView("a", "One", "14:24:07"), MarkView("b", "Two")])
    with on_screen(qtbot, made.panel, 740, 682):
        made.take(category, {"age_band": "under_14", "follow_up_result": "deceased"})
        # The tabs of the form before are on their way out.
        for tab in made.panel.findChildren(SectionTab)[-len(made.forms.of(category).sections) :]:
            tab.setChecked(True)
            # A bar that comes takes its room at the next round only.
            qtbot.waitUntil(lambda: cut_off(made.panel) == [], timeout=PATIENCE_MS)
            assert unnamed(made.panel) == []
    use_language("zh_CN")


def test_what_is_filled_in_elsewhere_is_said_and_shown(filled: Filled) -> None:
    filled.choose("S5")
    filled.panel.elsewhere.show_entries([("主诉", "撑不下去")])
    assert filled.panel.elsewhere.isVisible()
    button = filled.panel.elsewhere.findChildren(KeyButton)[0]
    assert button.text() == t("notes.elsewhere_show")
    QTest.mouseClick(button, LEFT)
    assert button.text() == t("notes.elsewhere_hide")
    filled.panel.elsewhere.show_entries([])
    assert filled.panel.elsewhere.isHidden()


def test_eighty_fields_stay_usable(filled: Filled) -> None:
    fields = tuple(Field(f"k{n}", FieldType.TEXT, f"栏目{n}", f"Field {n}") for n in range(80))
    filled.panel.show_form(Form("long", 1, (Section("all", "全部", "All", fields),)), samples.ENUMERATIONS)
    assert unnamed(filled.panel) == []
