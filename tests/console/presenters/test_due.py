"""The list of calls that are owed over real services: one line a number, its number whole for a while."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtWidgets import QTableView

from console.followups.owing import Owing
from console.presenters.followups import FollowupsPresenter
from models.calls.call import Call
from models.calls.events import CallEnd
from models.followups.callback import Attempt, Callback, Result, Why
from models.followups.followup import Arrangement, Followup, Series
from models.followups.known import KnownOwed
from models.people.site import Site
from resources import hotline
from resources.texts import t
from tests.console.desk import IDENTITY
from tests.console.presenters.conftest import Stage
from widgets.base.buttons import KeyButton
from widgets.base.labels import Label
from widgets.main_window import Page

NUMBER, MASKED, SAFE = "13800000001", "138****0001", "13900000009"


class Shown:
    """The presenter; `calls` are the abandoned ones of one number, the oldest first."""

    def __init__(self, stage: Stage, site: Site) -> None:
        self.stage = stage
        self.seen: list[object] = []
        now = stage.clock.now()
        self.calls = tuple(
            Callback(name, f"c{name}", "beijing", "", Why.ABANDONED, number, at, at)
            for name, number, at in (
                ("a", NUMBER, now - timedelta(minutes=50)),
                ("b", f"+86{NUMBER}", now - timedelta(minutes=20)),
                ("c", NUMBER, now - timedelta(minutes=5)),
            )
        )
        self.series = Followup(
            *("s", "cs", "n", "beijing", "zhang", "张", "13700000007", now, now, (now,)),
            *(Series("bj", 1, (1,)), Arrangement(number=SAFE)),
        )
        stage.station.following = SimpleNamespace(owing=self.owing())
        stage.station.seeing = SimpleNamespace(saw=self.seen.append)
        self.presenter = FollowupsPresenter(stage.bridge, stage.station, stage.parts, stage.clock, site)
        stage.parts.window.show()
        stage.parts.window.show_page(Page.DESK)
        stage.parts.window.lay_due(True)

    def owing(self) -> Owing:
        async def read() -> KnownOwed:
            return KnownOwed(self.calls, (self.series,))

        owing = Owing(self.stage.journal, self.stage.clock, IDENTITY, read)
        asyncio.run(owing.refresh())
        return owing

    @property
    def view(self) -> QTableView:
        (view,) = self.stage.parts.window.due.findChildren(QTableView)
        return view

    def cells(self, row: int) -> list[str]:
        model = self.view.model()
        return [str(model.index(row, column).data()) for column in range(model.columnCount())]

    def words(self) -> str:
        return "\n".join(one.text() for one in self.stage.parts.window.due.findChildren(Label))

    def press(self, words: str) -> None:
        buttons = self.stage.parts.window.due.findChildren(KeyButton)
        next(one for one in buttons if one.text() == words).click()


@pytest.fixture
def shown(stage: Stage, tmp_path: Path) -> Shown:
    return Shown(stage, hotline.load("jinzhong", None, tmp_path).site)


def test_several_calls_of_one_number_are_one_line(shown: Shown) -> None:
    assert shown.view.model().rowCount() == 2
    first = shown.cells(0)
    assert MASKED in first
    assert any(one.startswith("放弃 3 次，最近 ") for one in first)
    assert t("followups.summary", n=2, overdue=1) in shown.words()


def test_one_call_that_was_made_for_all_of_them_is_one_attempt(shown: Shown) -> None:
    at = shown.stage.clock.now()
    for one in shown.calls:
        body = {"result": Result.NO_ANSWER, "call": "k", "how": "busy", "source": "", "name": ""}
        shown.stage.station.following.owing.act(one, "attempt", body)
    owed = shown.stage.station.following.owing.due.value.owed
    assert all(isinstance(one.attempts[0], Attempt) and one.attempts[0].at == at for one in owed[:3])
    assert t("followups.tried", n=1, result=t("followups.how_busy")) in shown.cells(0)


def test_the_number_is_whole_until_its_time_is_over(shown: Shown) -> None:
    shown.view.selectRow(0)
    shown.press(t("access.unmask"))
    shown.press(t("access.why_call_back"))
    assert NUMBER in shown.cells(0)
    (hide,) = shown.stage.later
    hide()
    assert MASKED in shown.cells(0)


def test_the_safe_number_of_a_follow_up_is_whole_with_it_and_it_is_read_once(shown: Shown) -> None:
    shown.view.selectRow(1)
    assert len(shown.seen) == 1
    assert "139****0009" in shown.words()
    shown.press(t("access.unmask"))
    shown.press(t("access.why_identify"))
    assert SAFE in shown.cells(1)
    assert t("followups.said", name=t("followups.field_number"), words=SAFE) in shown.words()
    assert MASKED in shown.cells(0)
    assert len(shown.seen) == 1


def test_a_call_back_is_noted_down_for_the_call_that_is_written_about(shown: Shown) -> None:
    stage = shown.stage
    asked: list[str] = []
    stage.station.following.followups = SimpleNamespace(ask_for=lambda call: asked.append(call.id))
    at = stage.clock.now()
    first, second = (
        Call(
            name, "beijing", NUMBER, answered_at=at, ended_at=at + timedelta(minutes=nth), end=CallEnd.NORMAL
        )
        for nth, name in enumerate(("first", "second"))
    )
    view = stage.station.calls.view
    view.publish(replace(view.value, calls=(first, second)))
    wish = stage.parts.window.due.ask_wanted.emit
    wish()
    stage.station.notes.open_for(first.id)
    wish()
    stage.station.notes.open_for(second.id)
    wish()
    assert asked == ["second", "first", "second"]
