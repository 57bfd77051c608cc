"""Moments in which nobody presses anything: for work that may wait."""

from PySide6.QtCore import QEvent, QObject, QTimer, Signal

from widgets.base.touches import touches

QUIET_MS = 400
"""So long without a key or the mouse: whoever writes pauses."""
_PRESSES = frozenset(
    {QEvent.Type.KeyPress, QEvent.Type.InputMethod, QEvent.Type.MouseButtonPress, QEvent.Type.Wheel}
)


class Quiet(QObject):
    """``came()`` tells of each such moment between `start` and `stop`; a key puts the next one off."""

    came = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._pressed = False
        self._rest = QTimer(self)
        self._rest.setInterval(QUIET_MS)
        self._rest.timeout.connect(self._look)
        seen = touches()
        if seen is not None:
            seen.touched.connect(self._hear)

    def start(self) -> None:
        """Wait for the first one."""
        self._rest.start()

    def stop(self) -> None:
        """Wait no more."""
        self._rest.stop()

    def _hear(self, kind: QEvent.Type) -> None:
        """Somebody pressed something: another whole rest has to pass."""
        self._pressed = self._pressed or kind in _PRESSES

    def _look(self) -> None:
        pressed, self._pressed = self._pressed, False
        if not pressed:
            self.came.emit()
