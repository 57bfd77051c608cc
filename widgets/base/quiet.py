"""Moments in which nobody presses anything: for work that may wait."""

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer, Signal

QUIET_MS = 400
"""So long without a key or the mouse: whoever writes pauses."""
_INPUTS = (
    QEvent.Type.KeyPress,
    QEvent.Type.InputMethod,
    QEvent.Type.MouseButtonPress,
    QEvent.Type.Wheel,
)


class Quiet(QObject):
    """``came()`` tells of each such moment between `start` and `stop`; a key puts the next one off."""

    came = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._rest = QTimer(self)
        self._rest.setInterval(QUIET_MS)
        self._rest.timeout.connect(self.came)

    def start(self) -> None:
        """Wait for the first one."""
        application = QCoreApplication.instance()
        if application is not None and not self._rest.isActive():
            application.installEventFilter(self)
        self._rest.start()

    def stop(self) -> None:
        """Wait no more, and look at no event."""
        self._rest.stop()
        application = QCoreApplication.instance()
        if application is not None:
            application.removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Begin to wait anew at a key, a word of the input method, the mouse; take none of them away."""
        if event.type() in _INPUTS:
            self._rest.start()
        return False
