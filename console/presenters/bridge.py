"""The one crossing between the io thread and the GUI thread."""

from collections import deque
from collections.abc import Callable
from functools import partial
from typing import TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot

from console.runtime.io_thread import IoThread
from console.runtime.store import Store

T = TypeVar("T")


class Bridge(QObject):
    """Carries frozen values to the GUI thread by one queued signal, and wishes to the io thread.

    What is urgent is shown before all else that waits: a ring does not stand behind what the last call left.
    """

    _arrived = Signal()

    def __init__(self, io: IoThread) -> None:
        super().__init__()
        self._io = io
        self._open = True
        self._watched: list[Callable[[], object]] = []
        self._urgent: deque[Callable[[], object]] = deque()
        self._waiting: deque[Callable[[], object]] = deque()
        self._arrived.connect(self._act, Qt.ConnectionType.QueuedConnection)

    def post(self, act: Callable[[], object]) -> None:
        """Run something in the GUI thread, soon; from any thread."""
        self._post(self._waiting, act)

    def show(self, store: Store[T], show: Callable[[T], object], *, urgent: bool = False) -> None:
        """Show a store's value in the GUI thread, now and after every change; from any thread."""
        queue = self._urgent if urgent else self._waiting

        def watcher(value: T) -> None:
            self._post(queue, partial(show, value))

        self._watched.append(partial(store.unwatch, watcher))
        self._io.call(store.watch, watcher)

    def wish(self, act: Callable[..., object], *arguments: object) -> None:
        """Let a service act in the io thread, soon."""
        if self._open:
            self._io.call(partial(act, *arguments))

    def close(self) -> None:
        """Show and wish nothing any more: the operator, or the whole program, is at the end."""
        self._open = False
        if self._io.loop.is_running():
            for unwatch in self._watched:
                self._io.call(unwatch)
        self._watched.clear()

    def _post(self, queue: "deque[Callable[[], object]]", act: Callable[[], object]) -> None:
        queue.append(act)
        # One turn for each: between two of them the window may take a key.
        self._arrived.emit()

    @Slot()
    def _act(self) -> None:
        act = (self._urgent or self._waiting).popleft()
        if self._open:
            act()
