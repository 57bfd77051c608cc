"""Locks the screen when nobody has touched keyboard or mouse for the site's minutes."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from models.clock import Clock
from widgets.base.touches import touches

LOOK_MS = 5000


class Idleness(QObject):
    """Counts from the last touch, or from the moment since which the screen may be locked again."""

    def __init__(
        self, clock: Clock, minutes: int, may_lock: Callable[[], bool], lock: Callable[[], object]
    ) -> None:
        super().__init__()
        self._clock = clock
        self._seconds = minutes * 60.0
        self._may_lock = may_lock
        self._lock = lock
        self._touched = clock.monotonic()
        self._looking = QTimer(self)
        self._looking.setInterval(LOOK_MS)
        self._looking.timeout.connect(self.look)
        self._touches = touches()
        if self._touches is not None:
            self._touches.touched.connect(self._touch)

    def start(self) -> None:
        """Somebody works here from now on."""
        self._touched = self._clock.monotonic()
        self._looking.start()

    def stop(self) -> None:
        """Nobody works here any more."""
        self._looking.stop()

    def look(self) -> None:
        """Lock if it is time."""
        now = self._clock.monotonic()
        if self._touches is not None:
            self._touches.look_round()
        if not self._may_lock():
            self._touched = now
        elif now - self._touched >= self._seconds:
            self._touched = now
            self._lock()

    def _touch(self, _kind: object) -> None:
        self._touched = self._clock.monotonic()
