"""The list of what is open is read anew in a pause, and never later than some seconds after the first act."""

from pathlib import Path
from types import SimpleNamespace
from unittest.mock import patch

from console.presenters.open_tasks import OpenTasksPresenter
from console.presenters.task_views import TaskViews
from console.risk.planning import PlanOnDesk
from console.runtime.store import Store
from console.shifts.service import DutyView
from models.cases.open_tasks import OpenTasks
from models.risk.quick_screen import AskState, Item
from resources import hotline
from tests.console.presenters.conftest import Stage


class Pause:
    """A timer that is looked at."""

    def __init__(self) -> None:
        self.starts = 0

    def isActive(self) -> bool:
        """True from the first start on: nobody lets it come to its end."""
        return self.starts > 0

    def start(self) -> None:
        """Begin anew."""
        self.starts += 1


def test_acts_put_the_reading_off_for_some_seconds_only(stage: Stage, tmp_path: Path) -> None:
    station = stage.station
    station.records = SimpleNamespace(open=Store(OpenTasks()), take=lambda _mine: None)
    station.plan = SimpleNamespace(desk=Store(PlanOnDesk()))
    station.shifts = SimpleNamespace(view=Store(DutyView()))
    given = hotline.load("jinzhong", None, tmp_path)
    with patch.object(TaskViews, "of"):
        presenter = OpenTasksPresenter(stage.bridge, station, stage.parts, given, stage.clock)
    pause = Pause()
    station.notes.open_for("c")
    with patch.object(presenter, "_soon", pause):
        for _ in range(4):
            station.risk.answer(Item.PLAN_WEEK, AskState.YES)
            stage.clock.forward(2)
    # At 0, 2 and 4 seconds; the act at 6 waits for what is under way.
    assert pause.starts == 3
