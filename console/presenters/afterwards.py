"""What may wait until the window is painted."""

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget


def afterwards(window: QWidget, act: Callable[[], object]) -> QTimer:
    """Do something once what waits to be shown is painted; never if it is stopped or the window goes.

    Qt looks at timers when no event waits any more, the painting among them.
    """
    timer = QTimer(window)
    timer.setSingleShot(True)
    timer.timeout.connect(act)
    timer.start(0)
    return timer
