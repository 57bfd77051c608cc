"""What was said of an age or a day stands beside the text; a field is filled in on request only."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QPushButton
from pytestqt.qtbot import QtBot

from tests.widgets import look_samples as samples
from tests.widgets.readable import unnamed
from widgets.base.labels import ElidedLabel
from widgets.notes.offered import Offered, OfferView
from widgets.notes.panel import NotePanel


def test_days_are_said_and_a_field_is_offered(qtbot: QtBot) -> None:
    offered = Offered()
    qtbot.addWidget(offered)
    offered.resize(560, 40)
    offered.show_offer((), None)
    assert not offered.isVisible()
    told: list[tuple[str, str]] = []
    offered.taken.connect(lambda *fields: told.append(fields))
    offered.show_offer(["昨晚十点＝11-22 周日 22:00"], OfferView("age_band", "from_35", "听到 45 岁"))
    assert offered.isVisible()
    assert offered.findChildren(ElidedLabel)[0].text() == "昨晚十点＝11-22 周日 22:00"
    QTest.mouseClick(offered.findChildren(QPushButton)[0], Qt.MouseButton.LeftButton)
    assert told == [("age_band", "from_35")]
    assert not unnamed(offered)
    offered.show_offer(["昨天"], None)
    assert not offered.findChildren(QPushButton)[0].isVisible()


def test_what_is_put_in_is_shown_and_told_like_a_choice(qtbot: QtBot) -> None:
    panel = NotePanel()
    qtbot.addWidget(panel)
    panel.show_form(samples.FORM, samples.ENUMERATIONS)
    panel.show_note(samples.NOTE)
    told: list[tuple[str, object]] = []
    panel.edited.connect(lambda key, value: told.append((key, value)))
    panel.papers.front.pages.put_value("age_band", "from_35")
    panel.papers.front.pages.put_value("no_such_field", "x")
    assert told == [("age_band", "from_35")]
    assert any(one.currentData() == "from_35" for one in panel.findChildren(QComboBox))
