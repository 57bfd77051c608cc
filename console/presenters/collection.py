"""Python's collection of what nobody needs any more, in the GUI thread only.

Left to itself it runs in whichever thread happens to allocate; a widget that is freed in another thread
than its own takes the program down.
"""

import gc

from PySide6.QtCore import QObject, QTimer

_EVERY_MS = 1000
_FULL_EVERY = 60


class Collection(QObject):
    """Collects a little each second; all of it each minute, beside what stood at the start."""

    def __init__(self) -> None:
        super().__init__()
        self._rounds = 0
        self._was_on = True
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY_MS)
        self._timer.timeout.connect(self._collect)

    def start(self) -> None:
        """From now on nothing is collected elsewhere."""
        self._was_on = gc.isenabled()
        gc.disable()
        self._timer.start()

    def settle(self) -> None:
        """What stands now stays: it is not looked at again, which keeps a full round short.

        A look through the window and all that was imported for it takes 75 ms: as long as nobody may wait
        for a letter of the password.
        """
        gc.freeze()

    def thaw(self) -> None:
        """What stood until now is needed no more: look at all of it once."""
        gc.unfreeze()
        self._rounds = _FULL_EVERY - 1

    def stop(self) -> None:
        """Leave it to Python again."""
        self._timer.stop()
        gc.unfreeze()
        if self._was_on:
            gc.enable()

    def _collect(self) -> None:
        self._rounds += 1
        gc.collect(2 if self._rounds % _FULL_EVERY == 0 else 1)
