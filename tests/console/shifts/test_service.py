"""Who is on duty, as the line tells it."""

from console.shifts.service import DutyView, ShiftsService
from models.clock import ManualClock
from models.shifts.duty import Duty, DutyState

NOW = ManualClock().now()


def duty(seat: str, state: DutyState) -> Duty:
    return Duty(seat=seat, operator=f"op-{seat}", state=state, since=NOW)


def test_my_own_state_and_everybody_s() -> None:
    shifts = ShiftsService("1001")
    views: list[DutyView] = []
    shifts.view.watch(views.append)
    shifts.hear(duty("1002", DutyState.READY))
    shifts.hear(duty("1001", DutyState.READY))
    shifts.hear(duty("1002", DutyState.BREAK))
    assert [view.mine is None for view in views] == [True, True, False, False]
    assert shifts.view.value.mine == duty("1001", DutyState.READY)
    assert shifts.view.value.seats == {
        "1001": duty("1001", DutyState.READY),
        "1002": duty("1002", DutyState.BREAK),
    }
