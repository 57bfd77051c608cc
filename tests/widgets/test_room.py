"""What stands in rows and lines, in the language with the longer words."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QLineEdit, QListWidget, QScrollArea, QTableView, QWidget
from pytestqt.qtbot import QtBot

from models.notes.note import NoteState
from models.notes.phrases import Phrase, Phrases
from models.referrals.referral import Step
from resources.texts import use_language
from tests.widgets import look_samples
from tests.widgets.look_people import PERSON
from tests.widgets.look_risk import SHIPPED
from tests.widgets.readable import cut_off, on_screen
from tests.widgets.window import make_window
from widgets.base.labels import Label
from widgets.base.tag import LevelTag
from widgets.base.timeline import Timeline
from widgets.cases.page import PersonPage
from widgets.lead.notes import NoteCard
from widgets.lead.view import ShiftNoteView
from widgets.main_window import Page
from widgets.notes.history import HistoryPanel, StageView
from widgets.notes.inputs import TextInput
from widgets.notes.phrase_book import PhraseBook
from widgets.referrals.targets import TargetList
from widgets.risk.banner import LevelBanner
from widgets.risk.panel import RiskPanel
from widgets.risk.view import AlertView, Attention
from widgets.theme import colour

AT = datetime(2026, 11, 22, 2, 33, tzinfo=UTC)
LONG = "Xiaodian district of Taiyuan, under the Fenhe bridge, on the side of the south station"


@pytest.fixture(autouse=True)
def _english(_dressed: None) -> None:
    use_language("en")


def test_a_line_that_is_longer_than_its_field_begins_with_its_beginning(qtbot: QtBot) -> None:
    line = TextInput("Where the person is")
    with on_screen(qtbot, line, 240, 40):
        (field,) = line.findChildren(QLineEdit)
        field.clearFocus()
        line.show_value(LONG)
        assert field.cursorPosition() == 0
        line.show_value("")
        field.setFocus()
        line.show_value(LONG)
        assert field.cursorPosition() == len(LONG), "who writes there goes on at the end"
        field.setCursorPosition(5)
        line.show_value(LONG)
        assert field.cursorPosition() == 5, "the same text again moves nothing"


def test_a_phrase_is_shortened_where_the_list_ends_and_told_in_full(qtbot: QtBot) -> None:
    book = PhraseBook()
    book.show_phrases(Phrases("li", "li", (Phrase("1", "bm", LONG + LONG),)))
    with on_screen(qtbot, book, 480, 500) as window:
        (lines,) = book.findChildren(QListWidget)
        item = lines.item(0)
        assert item.toolTip().endswith(LONG)
        assert lines.visualItemRect(item).width() <= lines.viewport().width()
        assert cut_off(window) == []


def test_the_moments_of_a_note_are_never_scrolled_sideways(qtbot: QtBot) -> None:
    panel = HistoryPanel()
    moments = ("When it became high risk", "One of two texts chosen", LONG)
    panel.show_history([StageView(one, AT, "Ouyang Xiaomin of Jinzhong") for one in moments], "")
    with on_screen(qtbot, panel, 900, 500) as window:
        (lines,) = panel.findChildren(QListWidget)
        heights = [lines.visualItemRect(lines.item(n)).height() for n in range(lines.count())]
        assert heights[2] > heights[0] > lines.fontMetrics().lineSpacing() * 2
        assert cut_off(window) == []


def test_each_level_of_a_history_stands_whole_in_its_column(qtbot: QtBot) -> None:
    page = PersonPage()
    page.show_person(PERSON)
    with on_screen(qtbot, page, 1008, 640):
        (view,) = page.findChildren(QTableView)
        assert view.columnWidth(2) >= LevelTag("RX").sizeHint().width() + 8


def test_the_stripes_of_rx_leave_its_words_alone(qtbot: QtBot) -> None:
    tag = LevelTag("RX")
    qtbot.addWidget(tag)
    tag.resize(tag.sizeHint())
    picture = tag.grab().toImage()
    assert _ground(picture, 2, 20) > 1, "it has stripes"
    assert _ground(picture, picture.width() - 6, picture.width() - 1) == 1


def _ground(picture: QImage, left: int, right: int) -> int:
    """How many colours a stripe of the picture has, without the words and the shape."""
    ink = colour("text_soft").name()
    shades = {
        picture.pixelColor(x, y).name() for x in range(left, right) for y in range(5, picture.height() - 5)
    }
    return len({one for one in shades if QColor(one).lightness() > QColor(ink).lightness() + 40})


def test_rows_with_and_without_an_alarm_stand_in_line(qtbot: QtBot) -> None:
    column = QWidget()
    qtbot.addWidget(column)
    lefts = []
    for seen in (False, True):
        card = NoteCard(column)
        card.show_note(ShiftNoteView("n", AT, "Lin", "C3", "R4", NoteState.DRAFT, seen=seen), reading=False)
        with on_screen(qtbot, card, 600, 60) as window:
            time = next(one for one in card.findChildren(Label) if one.text() == "02:33")
            lefts.append(time.mapTo(window, time.rect().topLeft()).x())
    assert lefts[0] == lefts[1]


def test_a_number_to_dial_is_whole_beside_the_longest_name(qtbot: QtBot) -> None:
    far = replace(look_samples.TARGETS[1], name="Green channel of the " + LONG, dial="0351-0000000")
    targets = TargetList()
    targets.show_targets((far,))
    with on_screen(qtbot, targets, 500, 80):
        (number,) = (one for one in targets.findChildren(Label) if one.text() == far.dial)
        assert number.width() >= number.fontMetrics().horizontalAdvance(far.dial)
        assert number.mapTo(targets, number.rect().topRight()).x() < 500
        reason = next(one for one in targets.findChildren(Label) if far.landline in one.text())
        assert reason.text().index(far.landline) < 15


def test_three_things_that_happened_are_in_sight_while_help_is_under_way(qtbot: QtBot) -> None:
    """On the smallest screen, in R4, with all instruments and the line about who has seen it."""
    window = make_window()
    parts = window.parts
    parts.risk.show_instruments(SHIPPED)
    parts.risk.show_assessment(look_samples.URGENT)
    parts.risk.show_alert(AlertView(Attention.SEEN, who="Wang"))
    parts.timeline.show_referrals([look_samples.referral(Step.PROPOSED, Step.JOINED, Step.ACCEPTED)])
    window.show_page(Page.DESK)
    with on_screen(qtbot, window, 1366, 768):
        (line,) = parts.timeline.findChildren(Timeline)
        (area,) = parts.timeline.findChildren(QScrollArea)
        rows = [each for each in line.findChildren(QWidget) if each.parent() is line]
        view = area.viewport()
        seen = [view.rect().contains(QRect(row.mapTo(view, QPoint()), row.size())) for row in rows]
        assert seen[:3] == [True] * 3


@pytest.mark.parametrize(("who", "lines"), [("Wang", 0), ("Ouyang Xiaomin of the hotline of Jinzhong", 1)])
def test_who_has_seen_a_level_stands_beside_it_where_that_fits(qtbot: QtBot, who: str, lines: int) -> None:
    panel = RiskPanel()
    panel.show_assessment(look_samples.URGENT)
    with on_screen(qtbot, panel, 318, 682) as window:
        panel.show_alert(AlertView(Attention.SEEN, who=who))
        (banner,) = panel.findChildren(LevelBanner)
        said = [one for one in banner.findChildren(Label) if who in one.text() and one.isVisible()]
        assert [one.wordWrap() for one in said] == [bool(lines)]
        assert cut_off(window) == []
