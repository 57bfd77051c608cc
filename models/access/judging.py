"""Asking the matrix: may somebody do this, and if not, why not."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta

from models.access.matrix import Action, Cell, Entity, Matrix, Part, Standing
from models.people.operator import Role


@dataclass(frozen=True, slots=True)
class Ask:
    """What somebody wants: `standings` how he stands to the record, `age` how long the server has had it."""

    entity: Entity
    part: Part
    action: Action
    standings: frozenset[Standing] = frozenset()
    age: timedelta = timedelta(0)
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether it is allowed, by which cell; otherwise why not.

    `role`: nobody of these roles may; `not_yours`: not with this record; `late`: not any more;
    `reason_wanted`: only with a reason.
    """

    why: str = ""
    cell: Cell | None = None

    @property
    def allowed(self) -> bool:
        """True where it may be done."""
        return self.cell is not None


def judge(matrix: Matrix, roles: Collection[Role], ask: Ask) -> Verdict:
    """The verdict of the most generous cell; a refusal tells what was nearest to being allowed."""
    cells = [cell for cell in matrix.of(ask.entity, ask.part, ask.action) if cell.role in roles]
    fitting = [cell for cell in cells if cell.of is Standing.ANY or cell.of in ask.standings]
    timely = [cell for cell in fitting if cell.window is None or ask.age < cell.window]
    allowed = [cell for cell in timely if ask.reason.strip() or not cell.reason]
    if allowed:
        return Verdict(cell=max(allowed, key=_generosity))
    if timely:
        return Verdict("reason_wanted")
    if fitting:
        return Verdict("late")
    return Verdict("not_yours" if cells else "role")


def window_of(matrix: Matrix, entity: Entity, part: Part, action: Action) -> timedelta | None:
    """The longest time in which an author may do this with an own record; None: for ever."""
    windows = [cell.window for cell in matrix.of(entity, part, action) if cell.of is Standing.OWN]
    if not windows:
        return timedelta(0)
    timed = [window for window in windows if window is not None]
    return max(timed) if len(timed) == len(windows) else None


def _generosity(cell: Cell) -> tuple[timedelta, timedelta]:
    return cell.longest or timedelta(0), cell.window or timedelta.max
