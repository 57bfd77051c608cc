"""The search sheet: wishes while typing, hits in pages, a record to be read, everything by keys."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from resources.texts import use_language
from tests.widgets.look_search import CHOICES, HITS, KNOWN
from tests.widgets.readable import cut_off, on_screen, unnamed
from widgets.search.panel import SearchPanel
from widgets.search.view import Period, Standing, Wanted
from widgets.theme import PALETTES, Palette


@pytest.fixture
def panel(qtbot: QtBot) -> SearchPanel:
    made = SearchPanel()
    qtbot.addWidget(made)
    made.resize(780, 600)
    made.show_choices(CHOICES)
    made.take_reader(QLabel("记录全文"))
    made.show()
    return made


def test_each_change_is_a_wish(panel: SearchPanel, qtbot: QtBot) -> None:
    wished: list[Wanted] = []
    panel.wanted.connect(wished.append)
    qtbot.keyClicks(panel.box, "ab")
    panel.filters.level.choose("R4")
    panel.filters.period.choose("week")
    assert [one.text for one in wished] == ["a", "ab", "ab", "ab"]
    assert wished[-1] == Wanted("ab", Period.WEEK, "R4")
    assert panel.filters.level.text() == "级别：R4 紧急 ▾"
    panel.filters.level.choose("")
    assert wished[-1].level == ""


def test_what_is_being_composed_is_no_wish(panel: SearchPanel) -> None:
    wished: list[Wanted] = []
    panel.wanted.connect(wished.append)
    panel.box.setFocus()
    QApplication.sendEvent(panel.box, QInputMethodEvent("qiao", []))
    assert wished == []
    done = QInputMethodEvent()
    done.setCommitString("桥")
    QApplication.sendEvent(panel.box, done)
    assert [one.text for one in wished] == ["桥"]


def test_hits_grow_in_pages_where_they_stand(panel: SearchPanel) -> None:
    asked: list[int] = []
    panel.more_wanted.connect(lambda: asked.append(panel.hits.rowCount()))
    panel.show_hits(HITS[:8], True)
    panel.list.setCurrentIndex(panel.hits.index(3))
    panel.hits.fetchMore(QModelIndex())
    panel.hits.fetchMore(QModelIndex())
    assert asked == [8]
    panel.show_hits(HITS, False)
    assert panel.list.currentIndex().row() == 3
    assert not panel.hits.canFetchMore(QModelIndex())


def test_keys_lead_from_the_box_to_a_record_and_back(panel: SearchPanel, qtbot: QtBot) -> None:
    opened: list[tuple[str, str]] = []
    panel.open_wanted.connect(lambda call, note: opened.append((call, note)))
    panel.away_wanted.connect(lambda: panel.show_reading(False))
    panel.show_hits(HITS, False)
    panel.activateWindow()
    panel.box.setFocus()
    qtbot.keyClick(panel.box, Qt.Key.Key_Down)
    qtbot.keyClick(panel.list, Qt.Key.Key_Down)
    qtbot.keyClick(panel.list, Qt.Key.Key_Return)
    assert opened == [("c1", "n1")]
    panel.show_reading(True)
    assert not panel.list.isVisible()
    qtbot.keyClick(panel, Qt.Key.Key_Escape)
    assert panel.list.isVisible()


def test_each_hit_opens_what_it_is_read_in(panel: SearchPanel, qtbot: QtBot) -> None:
    opened: list[tuple[str, ...]] = []
    panel.open_wanted.connect(lambda call, note: opened.append(("note", call, note)))
    panel.person_wanted.connect(lambda person: opened.append(("person", person)))
    panel.plan_wanted.connect(lambda plan: opened.append(("plan", plan)))
    panel.show_hits((*KNOWN, replace(KNOWN[0], person=""), HITS[0]), False)
    panel.activateWindow()
    panel.list.setFocus()
    for row in range(5):
        panel.list.setCurrentIndex(panel.hits.index(row))
        qtbot.keyClick(panel.list, Qt.Key.Key_Return)
    assert opened == [("person", "p1"), ("person", "p1"), ("plan", "q1"), ("note", "c0", "n0")]


def test_a_kind_narrows(panel: SearchPanel) -> None:
    wished: list[Wanted] = []
    panel.wanted.connect(wished.append)
    panel.filters.kind.choose("case")
    assert wished[-1] == Wanted(kind="case")
    assert panel.filters.kind.text() == "范围：个案 ▾"
    offered = [one.text() for one in panel.filters.kind.menu_of_choices.actions()]
    assert offered == ["不限", "记录", "转介", "安全计划", "来电号码", "来电者", "个案", "来电者计划"]
    panel.clear()
    assert panel.filters.kind.choice == ""


def test_nothing_stays(panel: SearchPanel) -> None:
    wished: list[Wanted] = []
    panel.box.setText("桥边")
    panel.filters.city.choose("晋中市")
    panel.show_hits(HITS, True)
    panel.wanted.connect(wished.append)
    panel.clear()
    assert (panel.box.text(), panel.filters.city.choice, panel.hits.rowCount()) == ("", "", 0)
    assert wished == []


def test_a_hit_is_read_out_in_words(panel: SearchPanel) -> None:
    panel.show_hits(HITS, False)
    spoken = panel.hits.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    for word in ("林医生", "记录", "C3 自杀风险来电", "R4 紧急", "桥边"):
        assert word in spoken


@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.parametrize("palette", PALETTES.values(), ids=list(PALETTES))
def test_everything_can_be_read(qtbot: QtBot, language: str, palette: Palette) -> None:
    use_language(language)
    panel = SearchPanel()
    panel.show_choices(CHOICES)
    panel.show_hits((*KNOWN, *HITS), True)
    told = "字" * 60
    panel.show_standing(Standing(told, "care", told, told, told))
    with on_screen(qtbot, panel, 780, 600, palette) as window:
        assert cut_off(window) == []
        assert unnamed(window) == []
