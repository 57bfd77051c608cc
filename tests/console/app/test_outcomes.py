"""What a colleague brought back comes to whoever promised the call, and is taken note of by keys alone."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from console.followups.agreeing import About
from console.followups.owing import Tried
from models.followups.callback import Result
from models.followups.followup import Arrangement, Consent, Followup, Series
from resources.texts import t
from tests.console.app.conftest import PATIENCE_MS, Start, sign_in
from tests.console.seat.test_persons import by_hand, over
from tests.console.stand import Place, all_sent, at_work, until
from tests.support.keyboard import QtKeyboard
from widgets.main_window import Page

pytestmark = pytest.mark.qt_log_ignore(
    r"This plugin does not support (propagateSizeHints|raise)\(\)", extend=True
)
SERIES = Series("bj", 1, (1, 7), "北京热线验证研究")


async def promised(place: Place, author: str) -> str:
    """A follow-up that was agreed at one seat; its id."""
    async with at_work(place, author) as (seat, station):
        call = await by_hand(station, "13600000009")
        note = station.notes.desk.value.note
        assert note
        about = About(call.id, note.id, call.number, note.opened_at, "R3")
        owed = station.following.agreeing.agree(about, Arrangement(Consent.AGREED), SERIES)
        await over(station, call)
        await all_sent(seat)
        return owed


async def brought_back(place: Place, colleague: str, owed: str) -> None:
    """Somebody else calls, and says what came of it."""
    async with at_work(place, colleague) as (seat, station):
        owing = station.following.owing
        await until(owing.due, lambda due: owed in {one.id for one in due.owed})
        owing.show(Tried(owed, "call", reached=True, over=True))
        station.following.followups.answer(Result.IN_CARE, "", "家属电话")
        await station.journal.flush()
        await all_sent(seat)


def test_what_a_colleague_brought_back_comes_to_the_first_operator(
    start: Start, hire: Callable[..., str], place: Place, tmp_path: Path, qtbot: QtBot
) -> None:
    author = hire()
    owed = asyncio.run(promised(place, author))
    asyncio.run(brought_back(replace(place, folder=tmp_path / "other", number="1002"), hire(), owed))
    app = start()
    sign_in(app, author)
    qtbot.waitUntil(lambda: app.window.page is Page.DESK, timeout=PATIENCE_MS)
    station = app.station
    assert station
    owing, due = station.following.owing, app.window.due
    qtbot.waitUntil(lambda: bool(owing.due.value.told), timeout=PATIENCE_MS)
    app.window.activateWindow()
    qtbot.waitUntil(app.window.isActiveWindow, timeout=PATIENCE_MS)
    keys = QtKeyboard(app.window)
    keys.press("Ctrl+D")
    qtbot.waitUntil(due.isVisible, timeout=PATIENCE_MS)

    def said() -> str:
        return " ".join(one.text() for one in due.findChildren(QLabel) if one.isVisible())

    qtbot.waitUntil(lambda: "家属电话" in said(), timeout=PATIENCE_MS)
    assert t(f"followups.result_{Result.IN_CARE}") in said()
    keys.to(t("followups.seen_named", number="136****0009"), "Shift+Tab")
    keys.press("Space")
    qtbot.waitUntil(lambda: "家属电话" not in said(), timeout=PATIENCE_MS)
    known = owing.get(owed)
    assert isinstance(known, Followup)
    assert (known.unseen, len(known.attempts)) == ((), 1)
