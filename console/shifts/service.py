"""Who is on duty, as the line tells it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from console.runtime.store import Store
from models.shifts.duty import Duty


@dataclass(frozen=True, slots=True)
class DutyView:
    """This seat's state (None until the line told it) and, for a lead, every seat's by its number."""

    mine: Duty | None = None
    seats: Mapping[str, Duty] = field(default_factory=dict)


class ShiftsService:
    """Keeps the duty states; changing one is a command of the line."""

    def __init__(self, seat: str) -> None:
        self._seat = seat
        self.view: Store[DutyView] = Store(DutyView())

    def hear(self, duty: Duty) -> None:
        """An operator's state changed."""
        view = self.view.value
        seats = {**view.seats, duty.seat: duty}
        mine = duty if duty.seat == self._seat else view.mine
        self.view.publish(replace(view, mine=mine, seats=seats))
