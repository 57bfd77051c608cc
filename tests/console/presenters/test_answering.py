"""The key that answers, where the window is a moment behind the line, and at the lead's desk."""

import asyncio
from collections.abc import Coroutine
from datetime import UTC, datetime
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from console.line.done import Done
from console.presenters.answering import answer, answer_from_lead_desk
from models.calls.events import Answered, Offered, Withdrawn
from tests.console.desk import IDENTITY
from tests.console.presenters.conftest import Stage
from widgets.main_window import Page

AT = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture
def asked(stage: Stage) -> list[str]:
    """The calls that the line was asked to answer."""
    calls: list[str] = []

    class Line:
        async def answer(self, call: str) -> Done:
            calls.append(call)
            return Done(True)

    async def command(done: Coroutine[Any, Any, Done]) -> str:
        return (await done).why

    stage.station.line, stage.station.command, stage.station.spawn = Line(), command, asyncio.run
    return calls


def ring(stage: Stage, call: str) -> None:
    at = stage.clock.now()
    stage.station.calls.hear(Offered(f"o{call}", call, at, IDENTITY.seat, "13800000001", "12356", at))


def test_what_rings_meanwhile_is_answered(stage: Stage, asked: list[str]) -> None:
    answer(stage.bridge, stage.station, "")
    assert not asked
    ring(stage, "a")
    answer(stage.bridge, stage.station, "")
    stage.station.calls.hear(Withdrawn("w", "a", AT, IDENTITY.seat))
    ring(stage, "b")
    answer(stage.bridge, stage.station, "a")
    assert asked == ["a", "b"]


def test_who_presses_twice_takes_no_second_call(stage: Stage, asked: list[str]) -> None:
    ring(stage, "a")
    ring(stage, "b")
    answer(stage.bridge, stage.station, "a")
    stage.station.calls.hear(Answered("x", "a", AT, IDENTITY.seat))
    answer(stage.bridge, stage.station, "a")
    assert asked == ["a"]


def test_the_line_says_why_a_ring_that_is_gone_cannot_be_answered(stage: Stage, asked: list[str]) -> None:
    ring(stage, "a")
    stage.station.calls.hear(Withdrawn("w", "a", AT, IDENTITY.seat))
    answer(stage.bridge, stage.station, "a")
    assert asked == ["a"]


def test_a_lead_answers_from_the_own_desk(qtbot: QtBot, stage: Stage, asked: list[str]) -> None:
    window = stage.parts.window
    answer_from_lead_desk(stage.bridge, stage.station, stage.parts)
    window.show_page(Page.LEAD)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_F2)
    assert (asked, window.page) == ([], Page.LEAD)
    ring(stage, "a")
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_F2)
    assert (asked, window.page) == (["a"], Page.DESK)
