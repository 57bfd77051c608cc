"""What is wrong with the hotline's trace, shown to those who lead; what is wrong here goes into the trace."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

from console.runtime.problems import Problems
from console.runtime.waiting import Wait, wait_for
from console.sync.api import ServerApi
from console.sync.state import SyncState
from models.people.operator import LEADING, Operator, Role
from models.trace.entry import Act, Happening, as_code

EVERY_SECONDS = 60.0
_WATCHING = LEADING | {Role.ADMINISTRATOR}
_BROKEN, _LATE = "trace_alarm", "checkpoint_late"


@dataclass(frozen=True, slots=True)
class Told:
    """How many alarms are open, and of the newest of them where and when; whether a checkpoint is overdue."""

    count: int
    operator: str = ""
    workstation: str = ""
    at: datetime | None = None
    late: bool = False


class Alarms:
    """Lives on the io thread. The server judges who is told; others are not even asked for."""

    def __init__(
        self,
        who: Operator,
        ask: Callable[[], Awaitable[Told | None]],
        saw: Callable[[Happening], object],
        problems: Problems,
    ) -> None:
        self._watches = bool(_WATCHING.intersection(who.roles))
        self._ask = ask
        self._saw = saw
        self._problems = problems
        self._unlike: frozenset[str] = frozenset()

    def hear(self, told: SyncState) -> None:
        """A feed that stays unlike the server's is entered in the trace once: so the leads learn of it."""
        unlike = frozenset(told.unlike)
        for feed in sorted(unlike - self._unlike):
            self._saw(Happening(Act.UNLIKE, "feed", as_code(feed)))
        self._unlike = unlike

    async def run(self, wait: Wait = wait_for) -> None:
        """Look again and again, until cancelled; what was told last stands while the server is away."""
        while self._watches:
            told = await self._ask()
            if told is not None:
                self._show(told)
            await wait(asyncio.Event(), EVERY_SECONDS)

    def _show(self, told: Told) -> None:
        at = f"{told.at.astimezone():%m-%d %H:%M}" if told.at else ""
        where = {"operator": told.operator, "workstation": told.workstation, "at": at}
        self._problems.set(_BROKEN, told.count > 0, n=str(told.count), **where)
        self._problems.set(_LATE, told.late)


async def ask_server(api: ServerApi, ticket: str) -> Told | None:
    """Ask for the open alarms; None where there is no answer, or none for this person."""
    from models.wire.trace import Alarms as Answer

    if not ticket:
        return None
    answer = await api.request("GET", "/trace/v1/alarms", ticket)
    if not isinstance(answer, bytes):
        return None
    try:
        told = Answer.model_validate_json(answer)
    except ValueError:
        return None
    newest = told.alarms[0] if told.alarms else None
    if newest is None:
        return Told(told.count, late=told.checkpoint_late)
    return Told(told.count, newest.operator, newest.workstation, newest.at, told.checkpoint_late)
