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


_ALLOWED = 4
_REFUSALS = (Verdict("role"), Verdict("not_yours"), Verdict("late"), Verdict("reason_wanted"))


def judge(matrix: Matrix, roles: Collection[Role], ask: Ask) -> Verdict:
    """The verdict of the most generous cell; a refusal tells what was nearest to being allowed."""
    # Asked for every operation of every push: one pass, nothing made that is not needed.
    best: Cell | None = None
    near = 0
    for cell in matrix.of(ask.entity, ask.part, ask.action):
        if cell.role not in roles:
            continue
        distance = _distance(cell, ask)
        near = max(near, distance)
        if distance == _ALLOWED and (best is None or _generosity(cell) > _generosity(best)):
            best = cell
    return Verdict(cell=best) if best is not None else _REFUSALS[near]


def _distance(cell: Cell, ask: Ask) -> int:
    """How near a cell of somebody's roles comes to allowing it."""
    if cell.of is not Standing.ANY and cell.of not in ask.standings:
        return 1
    if cell.window is not None and ask.age >= cell.window:
        return 2
    return 3 if cell.reason and not ask.reason.strip() else _ALLOWED


def window_of(matrix: Matrix, entity: Entity, part: Part, action: Action) -> timedelta | None:
    """The longest time in which an author may do this with an own record; None: for ever."""
    windows = [cell.window for cell in matrix.of(entity, part, action) if cell.of is Standing.OWN]
    if not windows:
        return timedelta(0)
    timed = [window for window in windows if window is not None]
    return max(timed) if len(timed) == len(windows) else None


def _generosity(cell: Cell) -> tuple[timedelta, timedelta]:
    return cell.longest or timedelta(0), cell.window or timedelta.max
