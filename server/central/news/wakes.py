"""Waking those who wait for news of certain feeds; news that comes close together is told together."""

import asyncio
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

from server.central.tickets import Ticket

TOGETHER_SECONDS = 0.02
"""News that comes so soon after other news goes out with it."""
_LOOK_AGAIN_SECONDS = 1.0

Tell = Callable[[Mapping[str, int]], None]
"""Takes feeds that have moved, and the last number of each."""


@dataclass(eq=False, slots=True)
class Listener:
    """Somebody who waits for news of the feeds that a ticket opens."""

    ticket: Ticket
    feeds: tuple[str, ...]
    is_over: bool = False
    _moved: set[str] = field(default_factory=set)
    _woken: asyncio.Event = field(default_factory=asyncio.Event)

    def wake(self, feed: str) -> None:
        """This feed has news."""
        self._moved.add(feed)
        self._woken.set()

    def end(self) -> None:
        """Listen no more."""
        self.is_over = True
        self._woken.set()

    async def next(self, seconds: float) -> tuple[str, ...]:
        """The feeds with news since the last time, in sorted order; none after so many seconds."""
        try:
            await asyncio.wait_for(self._woken.wait(), seconds)
        except TimeoutError:
            return ()
        self._woken.clear()
        moved, self._moved = self._moved, set()
        return tuple(sorted(moved))

    async def wait_shortly(self) -> None:
        """Wait for news, one second at most: another process may have written without a word."""
        await self.next(_LOOK_AGAIN_SECONDS)


class News:
    """Who listens in this process. All but `tell` belongs into one event loop.

    What `tell` says goes to `elsewhere` too: to the other processes of this server.
    """

    def __init__(self) -> None:
        self.closed = False
        self.elsewhere: Tell = _nobody
        self._loop: asyncio.AbstractEventLoop | None = None
        self._of: defaultdict[str, set[Listener]] = defaultdict(set)
        self._all: set[Listener] = set()
        self._known: dict[str, int] = {}
        self._moved: dict[str, int] = {}

    def attach(self) -> None:
        """News is given out in the loop that runs now."""
        self._loop = asyncio.get_running_loop()

    def tell(self, heads: Mapping[str, int]) -> None:
        """These feeds have moved, the transaction is over. From any thread."""
        loop = self._loop
        if heads and loop is not None and not loop.is_closed():
            loop.call_soon_threadsafe(self._gather, dict(heads))

    def hear(self, heads: Mapping[str, int]) -> None:
        """The feeds stand so: who listens is told what moved, once, whoever says so how often."""
        for feed, head in heads.items():
            listeners = self._of.get(feed)
            if listeners and head > self._known.get(feed, -1):
                self._known[feed] = head
                for one in listeners:
                    one.wake(feed)

    def begin(self, heads: Mapping[str, int]) -> None:
        """Feeds that nobody had listened to stand so."""
        for feed, head in heads.items():
            if feed in self._of:
                self._known.setdefault(feed, head)

    @contextmanager
    def listening(self, ticket: Ticket, feeds: Collection[str]) -> Iterator[Listener]:
        """Listen for a block; what was written before it began is not told."""
        self.attach()
        one = Listener(ticket, tuple(feeds), self.closed)
        self._all.add(one)
        for feed in one.feeds:
            self._of[feed].add(one)
        try:
            yield one
        finally:
            self._all.discard(one)
            for feed in one.feeds:
                self._forget(feed, one)

    def dismiss(self, is_over: Callable[[Ticket], bool]) -> None:
        """End the listening of those whose tickets are worth nothing any more."""
        for one in self._all:
            if is_over(one.ticket):
                one.end()

    def close(self) -> None:
        """Nobody is to listen any more: the program ends."""
        self.closed = True
        for one in self._all:
            one.end()

    @property
    def feeds(self) -> tuple[str, ...]:
        """All feeds that somebody listens to."""
        return tuple(self._of)

    @property
    def listeners(self) -> int:
        """How many listen."""
        return len(self._all)

    def _gather(self, heads: dict[str, int]) -> None:
        if not self._moved and self._loop is not None:
            self._loop.call_later(TOGETHER_SECONDS, self._give_out)
        self._moved |= {feed: max(head, self._moved.get(feed, 0)) for feed, head in heads.items()}

    def _give_out(self) -> None:
        moved, self._moved = self._moved, {}
        self.hear(moved)
        self.elsewhere(moved)

    def _forget(self, feed: str, one: Listener) -> None:
        others = self._of[feed]
        others.discard(one)
        if not others:
            del self._of[feed]
            self._known.pop(feed, None)


def _nobody(_heads: Mapping[str, int]) -> None:
    return
