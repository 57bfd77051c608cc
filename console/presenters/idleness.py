"""Locks the screen when nobody has touched keyboard or mouse for the site's minutes."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication

from models.clock import Clock

LOOK_MS = 5000
_TOUCHES = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.InputMethod,
        QEvent.Type.TouchBegin,
    }
)


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

    def start(self) -> None:
        """Somebody works here from now on."""
        self._touched = self._clock.monotonic()
        application = QApplication.instance()
        if application is not None:
            application.installEventFilter(self)
        self._looking.start()

    def stop(self) -> None:
        """Nobody works here any more."""
        self._looking.stop()
        application = QApplication.instance()
        if application is not None:
            application.removeEventFilter(self)

    def look(self) -> None:
        """Lock if it is time."""
        now = self._clock.monotonic()
        if not self._may_lock():
            self._touched = now
        elif now - self._touched >= self._seconds:
            self._touched = now
            self._lock()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Notice that somebody is there; nothing is kept from anybody."""
        if event.type() in _TOUCHES:
            self._touched = self._clock.monotonic()
        return False
