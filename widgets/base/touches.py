"""Whether somebody presses or moves anything, seen where input comes in."""

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Signal
from PySide6.QtGui import QGuiApplication
from shiboken6 import isValid

_INPUTS = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.InputMethod,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
    }
)


class Touches(QObject):
    """``touched(QEvent.Type)`` tells of each key, word of the input method, press, move and turn of a wheel.

    One for the program. It looks on at the windows, and at what has the keys, where the words of an input
    method come. A look at all events of the program would take the interpreter, and wait for it, at each
    painting and laying out of each part.
    """

    touched = Signal(object)

    def __init__(self, application: QGuiApplication) -> None:
        super().__init__(application)
        self._has_keys: QObject | None = None
        application.focusWindowChanged.connect(self.look_round)
        application.focusObjectChanged.connect(self._follow)
        self._follow(application.focusObject())
        self.look_round()

    def look_round(self) -> None:
        """Look on at all windows there are, those too that never had the keys."""
        for window in QGuiApplication.allWindows():
            # A second time at the same window is no second look.
            window.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Take no event away."""
        kind = event.type()
        if kind in _INPUTS:
            self.touched.emit(kind)
        return False

    def _follow(self, has_keys: QObject | None) -> None:
        before, self._has_keys = self._has_keys, has_keys
        if before is not None and isValid(before):
            before.removeEventFilter(self)
        if has_keys is not None:
            has_keys.installEventFilter(self)


def touches() -> Touches | None:
    """The one of the program; None where no program with windows runs."""
    application = QCoreApplication.instance()
    if not isinstance(application, QGuiApplication):
        return None
    return application.findChild(Touches) or Touches(application)
