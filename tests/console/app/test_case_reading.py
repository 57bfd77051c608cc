"""The real window of a lead: a record is asked for from the history of a caller, and read, by keys alone."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from console.app import App
from console.workstation import Workstation
from models.access.grant import Grant
from models.ids import new_id
from models.people.operator import Role
from models.referrals.referral import LegalBasis, PlaceBasis, Referral
from models.risk.quick_screen import AskState, Item
from models.risk.safety_plan import PlanStep
from resources.texts import t
from tests.console.app.conftest import PATIENCE_MS, Start, sign_in
from tests.console.seat.test_persons import by_hand, number
from tests.console.stand import Place, all_sent, at_work, until
from tests.support.keyboard import QtKeyboard
from widgets.cases.page import PersonPage
from widgets.cases.timeline import Timeline
from widgets.cases.view import LineView
from widgets.lead.asking import Asking
from widgets.lead.reading import Reading

pytestmark = pytest.mark.qt_log_ignore(
    r"This plugin does not support (propagateSizeHints|raise)\(\)", extend=True
)
WORDS = "听音乐，给姑姑打电话"
TOLD = "需要门诊"


async def _referred(station: Workstation) -> None:
    note = station.notes.desk.value.note
    assert note
    me = station.identity.operator
    await station.referrals.start(
        Referral(
            *(new_id(), note.id, note.call, me.id, me.site, "clinic", "FPSY", "精神卫生中心"),
            *("", True, "晋中市", PlaceBasis.STATED, TOLD, LegalBasis.CONSENT, note.opened_at),
        )
    )


async def told(place: Place, operator: str) -> tuple[str, str]:
    """A colleague's call with a plan and a referral, too quiet to alert anybody; the caller and the call."""
    async with at_work(place, operator) as (seat, station):
        call = await by_hand(station, number())
        station.risk.answer(Item.ACTING, AskState.NO)
        await until(station.plan.desk, lambda desk: desk.ready)
        plan = station.plan.desk.value.plan
        assert plan
        station.plan.write(PlanStep.OWN, WORDS, 1, plan.id)
        await _referred(station)
        await station.knowing.begin_case(call.id, "小雨")
        opened = station.knowing.cases.opened.value
        assert opened
        station.finish_note("later")
        station.calls.close_by_hand(call.id)
        await station.journal.flush()
        await all_sent(seat)
        return opened.together.id, call.id


class Reader:
    """A lead at the keyboard, with the history of one caller open."""

    def __init__(self, app: App, person: str, qtbot: QtBot) -> None:
        self.app, self._qtbot = app, qtbot
        assert app.station
        self.station = app.station
        app.window.activateWindow()
        self.wait(app.window.isActiveWindow)
        # Sheets are made once the window is painted.
        self.wait(lambda: app.window.findChildren(PersonPage))
        (self.page,) = app.window.findChildren(PersonPage)
        (self.timeline,) = self.page.findChildren(Timeline)
        # The record that is read here has one of its own, which stays hidden.
        (self.asking,) = [one for one in self.page.findChildren(Asking) if one.parentWidget() is self.page]
        self.keys = QtKeyboard(app.window)
        app.parts.search.person_wanted.emit(person)
        self.wait(lambda: self.page.isVisible() and self.timeline._table.rows)

    def wait(self, fits: Callable[[], object]) -> None:
        self._qtbot.waitUntil(lambda: bool(fits()), timeout=PATIENCE_MS)

    def labels(self) -> str:
        return " ".join(one.text() for one in self.page.findChildren(QLabel) if one.isVisible())

    def enter(self, fits: Callable[[LineView], object]) -> None:
        """Walk to the first line that fits and press Enter."""
        self.keys.to(t("cases.timeline"))
        place = next(place for place, one in enumerate(self.timeline._table.rows) if fits(one))
        self.keys.press("Ctrl+Home", *["Down"] * place, "Return")


def _reads_and_puts_away(lead: Reader) -> None:
    """The record is read under the history; no word of it comes to the lead's own page."""
    (reading,) = lead.page.findChildren(Reading)
    for opening in range(2):
        if opening:
            lead.enter(lambda one: one.opens)
        lead.wait(lambda: reading.isVisible() and WORDS in lead.labels())
        focus = QApplication.focusWidget()
        assert focus is not None
        assert reading.isAncestorOf(focus)
        assert lead.app.parts.lead.reading._record is None
        lead.keys.to(t("cases.away_record"))
        lead.keys.press("Space")
        lead.wait(lambda: not reading.isVisible() and WORDS not in lead.labels())


def test_a_record_is_asked_for_from_the_history_and_plan_and_referral_are_laid_open(
    start: Start, hire: Callable[..., str], place: Place, tmp_path: Path, qtbot: QtBot
) -> None:
    person, call = asyncio.run(told(replace(place, folder=tmp_path / "other", number="1002"), hire()))
    app = start()
    sign_in(app, hire(Role.LEAD))
    qtbot.waitUntil(
        lambda: bool(app.station and app.station.knowing.cases.mine.value.listed), timeout=PATIENCE_MS
    )
    lead = Reader(app, person, qtbot)
    lead.wait(lambda: any(one.locked for one in lead.timeline._table.rows))
    before = app.window.page
    # The glass is broken here: Enter on the locked line, a reason, Enter.
    lead.enter(lambda one: one.locked)
    lead.wait(lead.asking.isVisible)
    lead.keys.to(t("access.ask_reason"))
    lead.keys.add("督导个案讨论")
    lead.keys.press("Return")
    lead.wait(lambda: any(one.opens for one in lead.timeline._table.rows))
    lead.wait(lambda: not lead.asking.isVisible())
    known = app.io.run(lead.station.shelf.of_call(call)).result(PATIENCE_MS / 1000)
    (grant,) = [one for one in known if isinstance(one, Grant)]
    assert (grant.reason, grant.until - grant.at) == ("督导个案讨论", timedelta(hours=1))
    assert (app.window.page, lead.page.isVisible()) == (before, True)
    _reads_and_puts_away(lead)
    # What came with the record is read in its place.
    lead.keys.to(t("cases.safety_plan"), "Shift+Tab", begins=True)
    lead.keys.press("Space")
    lead.wait(lambda: WORDS in lead.labels())
    lead.keys.to(t("cases.away"))
    lead.keys.press("Space")
    lead.wait(lambda: WORDS not in lead.labels())
    lead.enter(lambda one: one.referral)
    lead.wait(lambda: TOLD in lead.labels())
