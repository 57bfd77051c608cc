"""Through the real window: a lead asks for a text from a hit; an operator gives one and takes it back."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QLineEdit, QTableView, QWidget
from pytestqt.qtbot import QtBot

from console.app import App
from models.people.operator import Role
from resources.texts import t
from tests.console.app.conftest import PATIENCE_MS, Start, sign_in
from tests.console.seat.test_access import WORDS, _writes
from tests.console.stand import Place
from widgets.base.buttons import KeyButton
from widgets.main_window import Page

Hire = Callable[..., str]
pytestmark = pytest.mark.qt_log_ignore(
    r"This plugin does not support (propagateSizeHints|raise)\(\)", extend=True
)


def said(part: QWidget) -> str:
    return "\n".join(label.text() for label in part.findChildren(QLabel) if label.isVisible())


def press(part: QWidget, label: str) -> None:
    (button,) = [one for one in part.findChildren(KeyButton) if one.text() == label and one.isVisible()]
    assert button.isEnabled(), label
    button.click()


def at_work(start: Start, operator: str, qtbot: QtBot) -> App:
    app = start()
    sign_in(app, operator)
    qtbot.waitUntil(lambda: app.window.page is Page.DESK, timeout=PATIENCE_MS)
    return app


def test_a_lead_asks_for_a_text_from_a_hit_and_reads_it(
    start: Start, hire: Hire, place: Place, tmp_path: Path, qtbot: QtBot
) -> None:
    operator = hire()
    note = asyncio.run(_writes(replace(place, folder=tmp_path / "operator"), operator))
    app = at_work(start, hire(Role.LEAD), qtbot)
    station, panel, reader = app.station, app.parts.search, app.parts.found
    assert station

    def until(condition: Callable[[], object]) -> None:
        qtbot.waitUntil(lambda: bool(condition()), timeout=PATIENCE_MS)

    until(lambda: note.id in {card.id for card in station.lead.cards.value})
    app.window.status_bar.search_wanted.emit()
    until(lambda: operator in station.search.choices.value.authors)
    panel.filters.author.choose(operator)
    until(lambda: panel.hits.rowCount() == 1)
    assert panel.hits.hit(0).text == t("search.masked")
    assert WORDS not in said(panel)
    panel.list.activated.emit(panel.hits.index(0))
    until(lambda: t("access.ask_why") in said(reader))
    field = next(
        one for one in reader.findChildren(QLineEdit) if one.placeholderText() == t("access.ask_reason")
    )
    field.setText("复核")
    press(reader, t("access.ask"))
    until(lambda: WORDS in said(reader))
    assert WORDS not in said(app.parts.lead)


def test_an_operator_gives_a_record_from_the_list_and_takes_it_back(
    start: Start, hire: Hire, place: Place, qtbot: QtBot
) -> None:
    operator, lead = hire(), hire(Role.LEAD)
    note = asyncio.run(_writes(place, operator))
    app = at_work(start, operator, qtbot)
    panel, records = app.parts.sharing, app.parts.records

    def until(condition: Callable[[], object]) -> None:
        qtbot.waitUntil(lambda: bool(condition()), timeout=PATIENCE_MS)

    app.window.records_wanted.emit()
    table = records.findChildren(QTableView)[0]
    until(lambda: table.model().rowCount())
    until(lambda: app.seat.sync.value.up)
    table.selectRow(0)
    press(records, t("records.share"))
    until(lambda: panel._reader.findData(lead) >= 0)
    panel._reader.setCurrentIndex(panel._reader.findData(lead))
    panel._reason.setText("请帮我看")
    press(panel, t("access.give"))
    until(lambda: t("access.give_given") in said(panel))
    until(lambda: "请帮我看" in said(panel))
    press(panel, t("access.take_back"))
    until(lambda: t("access.given_none") in said(panel))
    assert t("access.give_taken_back") in said(panel)
    app.window.show_page(Page.DESK)
    until(lambda: not panel._view.note)
    assert note.id
    assert not said(panel)
