"""Calls that are owed, as they look in the window."""

from models.followups.callback import Result, Why
from tests.widgets import samples
from widgets.followups.view import DueRow, Wanted
from widgets.main_window import MainWindow, Page

ROWS = (
    DueRow(
        "a", "138****0001", Why.AFTER_HOURS, samples.ago(4 * 86400), True, True, 3, Result.NO_ANSWER, "busy"
    ),
    DueRow("b", "0354****1234", Why.ABANDONED, samples.ago(3000), True, False, 1, Result.OTHER_ANSWERED),
    DueRow("c", "139****0002", Why.ABANDONED, samples.ago(900), taken_by="王", attempts=0),
    DueRow("d", "137****0003", Why.ASKED, samples.ago(60), taken_by="李", mine=True),
)


def owed_calls(window: MainWindow) -> None:
    """The list over the desk."""
    window.show_page(Page.DESK)
    window.due.show_rows(ROWS, can_dial=True)
    window.show_due(len(ROWS), 2)
    window.lay_due(True)


def owed_result(window: MainWindow) -> None:
    """The question what came of it."""
    window.show_page(Page.DESK)
    window.show_due(3, 1)
    window.result.show_wanted(Wanted("138****0001", "busy"))


STATES = (owed_calls, owed_result)
