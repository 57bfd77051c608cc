"""A ring sounds after its card is painted, and never after it is over."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from console.calls.service import LineView
from console.presenters.rings import RingNotice
from models.calls.call import Call, Offer
from tests.console.taken_away import take_away

NOW = datetime(2026, 1, 1, tzinfo=UTC)
RINGING = {"1001": Offer(rang_at=NOW)}
ONE, OTHER = Call("1", offers=RINGING), Call("2", offers=RINGING)
TALKING = Call("1", offers=RINGING, answered_at=NOW)


class Heard:
    """What the window does about rings, in order."""

    def __init__(self, panel: QWidget) -> None:
        self.told: list[str] = []
        ways = (lambda what=what: self.told.append(what) for what in ("paint", "ring", "quiet"))
        self.notice = RingNotice(panel, *ways)

    def look(self, *calls: Call) -> None:
        self.notice.look(LineView(calls))


@pytest.fixture
def heard(qapp: QApplication) -> Iterator[Heard]:
    del qapp
    panel = QWidget()
    yield Heard(panel)
    take_away(panel)


def test_each_ring_is_painted_and_sounds_once_and_silence_when_none_is_left(
    heard: Heard, qtbot: QtBot
) -> None:
    heard.look()
    heard.look(ONE)
    assert heard.told == ["paint"]
    qtbot.waitUntil(lambda: heard.told == ["paint", "ring"])
    heard.look(ONE)
    heard.look(ONE, OTHER)
    qtbot.waitUntil(lambda: heard.told == ["paint", "ring"] * 2)
    for calls in ((TALKING, OTHER), (TALKING,), (TALKING,), ()):
        heard.look(*calls)
    assert heard.told == [*["paint", "ring"] * 2, "quiet"]


@pytest.mark.parametrize("after", [(TALKING,), ()], ids=["answered", "hung up"])
def test_what_is_over_before_it_sounds_never_sounds(
    heard: Heard, qapp: QApplication, after: tuple[Call, ...]
) -> None:
    """The window was busy: the ring and its end come to it one right after the other."""
    heard.look(ONE)
    heard.look(*after)
    qapp.processEvents()
    assert heard.told == ["paint", "quiet"]


def test_a_window_that_goes_begins_no_sound(heard: Heard, qapp: QApplication) -> None:
    heard.look(ONE)
    heard.notice.stop()
    qapp.processEvents()
    assert heard.told == ["paint"]
