"""The one crossing between the io thread and the GUI thread."""

from collections.abc import Callable
from functools import partial
from typing import TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot

from console.runtime.io_thread import IoThread
from console.runtime.store import Store

T = TypeVar("T")


class Bridge(QObject):
    """Carries frozen values to the GUI thread by one queued signal, and wishes to the io thread."""

    _arrived = Signal(object)

    def __init__(self, io: IoThread) -> None:
        super().__init__()
        self._io = io
        self._open = True
        self._watched: list[Callable[[], object]] = []
        self._arrived.connect(self._act, Qt.ConnectionType.QueuedConnection)

    def post(self, act: Callable[[], object]) -> None:
        """Run something in the GUI thread, soon; from any thread."""
        self._arrived.emit(act)

    def show(self, store: Store[T], show: Callable[[T], object]) -> None:
        """Show a store's value in the GUI thread, now and after every change; from any thread."""

        def watcher(value: T) -> None:
            self.post(partial(show, value))

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

    @Slot(object)
    def _act(self, act: Callable[[], object]) -> None:
        if self._open:
            act()
