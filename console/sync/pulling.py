"""One half of a round: page after page of what is new, and what the pages say of the server."""

import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Protocol, TypeVar

from console.runtime.store import Store
from console.storage.values import Applied, Confirmed, Page
from console.sync import api
from console.sync.timekeeping import Timekeeping
from models.clock import Clock

if TYPE_CHECKING:
    from console.storage.storage import Storage

T = TypeVar("T")
Key = tuple[str, str]
Failure = api.TurnedAway | api.Unreachable

PULL_LIMIT = 500
_log = logging.getLogger(__name__)


class RunDb(Protocol):
    """Does work with the storage on the db thread."""

    def __call__(self, work: "Callable[[Storage], T]") -> Awaitable[T]:
        """Start it; what it raises is raised by the awaitable."""
        ...


class Pulling:
    """Fetches and applies pages. `progress` is how many of how many records are here, while there is more.

    `unlike` names the feeds whose sum was unlike the server's again after they had been pulled anew.
    """

    def __init__(
        self,
        server: api.Server,
        run_db: RunDb,
        ticket: Callable[[], str],
        clock: Clock,
        time: Timekeeping,
        changed: Callable[[tuple[Key, ...]], None],
    ) -> None:
        self._server = server
        self._run_db = run_db
        self._ticket = ticket
        self._clock = clock
        self._time = time
        self._changed = changed
        self._repaired: frozenset[str] = frozenset()
        self.push_first = False
        self.progress: Store[tuple[int, int] | None] = Store(None)
        self.unlike: tuple[str, ...] = ()

    async def all(self) -> Failure | None:
        """Pull until nothing is new; gives what stopped it."""
        more = True
        try:
            while more:
                page = await self.page(0)
                if not isinstance(page, Page):
                    return page
                more = await self.apply(page)
        finally:
            self.progress.publish(None)
        return None

    async def page(self, wait: int) -> Page | Failure:
        """The next page; with `wait`, up to so many seconds later."""
        asked = await self._run_db(lambda storage: storage.cursors())
        began = self._clock.monotonic()
        confirmed = await self._run_db(lambda storage: storage.confirmations.last())
        page = await self._server.pull(self._ticket(), asked, PULL_LIMIT, wait, confirmed)
        if not isinstance(page, Page):
            return page
        if page.now is not None and not wait:
            self._time.heard(page.now, self._clock.monotonic() - began)
        if not _is_behind(page, asked, confirmed):
            return page
        # The server was put back to an earlier state, and does not know: it is offered all again.
        _log.warning("the server knows less than it told: what it confirmed is offered again")
        return replace(page, behind=True)

    async def apply(self, page: Page) -> bool:
        """Take a page over; true where there is more to ask for."""
        applied = await self._run_db(lambda storage: storage.apply_page(page))
        if applied.changed:
            self._changed(applied.changed)
        self.push_first = applied.left_aside or applied.witnessed
        if applied.left_aside:
            return False
        if page.more:
            self.progress.publish((applied.held, max(applied.held, applied.told)))
        else:
            self._check(applied)
        return page.more

    def _check(self, applied: Applied) -> None:
        """A feed that is unlike is pulled anew at once; one that is unlike again is an alarm."""
        unlike = frozenset(applied.unlike)
        self.unlike = tuple(sorted(unlike & self._repaired))
        if unlike:
            _log.warning("feeds unlike the server's are pulled anew: %s", ", ".join(sorted(unlike)))
            self.push_first = True
        self._repaired = unlike


def _is_behind(page: Page, asked: Mapping[str, int], confirmed: Confirmed) -> bool:
    if page.last is not None and page.last < confirmed.last:
        return True
    return any(page.cursor.get(feed, seq) < seq for feed, seq in asked.items())
