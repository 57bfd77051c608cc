"""When the window paints a new ring, when it begins to sound, and when it is quiet again."""

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from console.calls.service import LineView
from models.calls.call import CallState

Rings = Callable[[], object]


class RingNotice:
    """Notices a call that begins to ring, once each.

    Its card comes first: sound, taskbar and other windows may take their time.
    """

    def __init__(self, panel: QWidget, paint: Rings, ring: Rings, quiet: Rings) -> None:
        self._paint = paint
        self._quiet = quiet
        self._known: set[str] = set()
        self._soon = QTimer(panel)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(ring)

    def look(self, view: LineView) -> None:
        """Tell of a new ring, and when nothing rings any more."""
        ringing = {call.id for call in view.calls if call.state is CallState.RINGING}
        if ringing - self._known:
            self._paint()
            self._soon.start()
        elif self._known and not ringing:
            self.stop()
            self._quiet()
        self._known = ringing

    def stop(self) -> None:
        """What has not begun to sound sounds no more: it would go on into the conversation."""
        self._soon.stop()
