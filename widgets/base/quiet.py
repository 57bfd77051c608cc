"""Moments in which nobody presses anything: for work that may wait."""

from weakref import WeakSet

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer, Signal

QUIET_MS = 400
"""So long without a key or the mouse: whoever writes pauses."""
_INPUTS = frozenset(
    {QEvent.Type.KeyPress, QEvent.Type.InputMethod, QEvent.Type.MouseButtonPress, QEvent.Type.Wheel}
)


class _Presses(QObject):
    """Tells all who wait of each key, word of the input method and press; looks on only while somebody waits.

    One for the program: each look costs a little at every event.
    """

    def __init__(self, application: QCoreApplication) -> None:
        super().__init__(application)
        self._application = application
        self._waiting = WeakSet[Quiet]()

    def add(self, quiet: "Quiet") -> None:
        if not self._waiting:
            self._application.installEventFilter(self)
        self._waiting.add(quiet)

    def leave(self, quiet: "Quiet") -> None:
        self._waiting.discard(quiet)
        if not self._waiting:
            self._application.removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take no event away."""
        if event.type() in _INPUTS:
            for quiet in tuple(self._waiting):
                quiet.put_off()
        return False


class Quiet(QObject):
    """``came()`` tells of each such moment between `start` and `stop`; a key puts the next one off."""

    came = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._pressed = False
        self._rest = QTimer(self)
        self._rest.setInterval(QUIET_MS)
        self._rest.timeout.connect(self._look)

    def start(self) -> None:
        """Wait for the first one."""
        presses = _presses()
        if presses is not None:
            presses.add(self)
        self._rest.start()

    def stop(self) -> None:
        """Wait no more."""
        presses = _presses()
        if presses is not None:
            presses.leave(self)
        self._rest.stop()

    def put_off(self) -> None:
        """Somebody pressed something: another whole rest has to pass."""
        self._pressed = True

    def _look(self) -> None:
        pressed, self._pressed = self._pressed, False
        if not pressed:
            self.came.emit()


def _presses() -> _Presses | None:
    application = QCoreApplication.instance()
    return None if application is None else application.findChild(_Presses) or _Presses(application)
