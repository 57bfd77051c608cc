"""The pictures of the queue: why a call comes first, from where it came, and who waits."""

from dataclasses import replace
from typing import Any

from models.calls.queueing import Rank
from tests.widgets import samples
from widgets.calls.view import CallView, Place, QueueView
from widgets.main_window import MainWindow


def queue_handed_over_by_110(window: MainWindow) -> None:
    window.parts.calls.show_board((_ringing(Rank.EMERGENCY, number="110", masked=False),))


def queue_own_case(window: MainWindow) -> None:
    window.parts.calls.show_board((replace(_ringing(Rank.RISK), own=True),))


def queue_open_risk(window: MainWindow) -> None:
    window.parts.calls.show_board((_ringing(Rank.RISK),))


def queue_crowd(window: MainWindow) -> None:
    window.parts.calls.show_board((_ringing(Rank.CROWD),))


def queue_lowered_abroad(window: MainWindow) -> None:
    window.parts.calls.show_board(
        (_ringing(Rank.LOWERED, place=Place.ABROAD, city="", number="0085****0001"),)
    )


def queue_switchboard(window: MainWindow) -> None:
    window.parts.calls.show_board(
        (_ringing(Rank.PLAIN, place=Place.SWITCHBOARD, city="北京", number="010****1801"),)
    )


def queue_hides_nobody(window: MainWindow) -> None:
    window.parts.calls.show_board(())
    window.parts.calls.show_queue(QueueView(312, samples.ago(188), first=1, last=309))


def _ringing(rank: Rank, **changes: Any) -> CallView:
    return replace(samples.RINGING, rank=rank, **changes)


STATES = (
    queue_handed_over_by_110,
    queue_own_case,
    queue_open_risk,
    queue_crowd,
    queue_lowered_abroad,
    queue_switchboard,
    queue_hides_nobody,
)
