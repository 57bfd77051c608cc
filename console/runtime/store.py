"""A value that others watch."""

from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class Store(Generic[T]):
    """Holds a frozen value; watchers hear every change, in the thread that publishes."""

    def __init__(self, value: T) -> None:
        self._value = value
        self._watchers: list[Callable[[T], None]] = []

    @property
    def value(self) -> T:
        """What was published last."""
        return self._value

    def publish(self, value: T) -> None:
        """Replace the value and tell the watchers, unless nothing changed."""
        if value == self._value:
            return
        self._value = value
        for watcher in tuple(self._watchers):
            watcher(value)

    def watch(self, watcher: Callable[[T], None]) -> None:
        """Tell this watcher the value now and after every change."""
        self._watchers.append(watcher)
        watcher(self._value)

    def unwatch(self, watcher: Callable[[T], None]) -> None:
        """Tell this watcher nothing any more; one that never watched is no matter."""
        if watcher in self._watchers:
            self._watchers.remove(watcher)
