from datetime import UTC, datetime

import pytest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from models.shifts.duty import DutyState
from resources.texts import t, use_language
from widgets.session.top_bar import TopBar

SINCE = datetime(2026, 11, 22, 2, 41, tzinfo=UTC)


@pytest.mark.parametrize("state", list(DutyState))
def test_the_word_of_a_state_changes_with_its_colour(qtbot: QtBot, state: DutyState) -> None:
    use_language("zh_CN")
    window = QWidget()
    qtbot.addWidget(window)
    bar = TopBar(window, practice=True)
    bar.setParent(window)
    bar.show_state(DutyState.BREAK, SINCE)
    bar.show_now(SINCE)
    bar.show_state(state, SINCE)
    said = t("session.state", state=t(f"base.state_{state}"), passed="00:00:00")
    assert said in [label.text() for label in bar.findChildren(QLabel)]
