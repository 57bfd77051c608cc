"""Keeps the workstation from sleeping or logging off during a call."""

import shutil
import sys

from PySide6.QtCore import QObject, QProcess

_CONTINUOUS, _SYSTEM, _DISPLAY = 0x80000000, 0x1, 0x2
_INHIBIT = "systemd-inhibit"
_PATIENCE_MS = 500


class Wakefulness(QObject):
    """Asks the system to stay awake while a call runs; where nobody can be asked, nothing is claimed."""

    def __init__(self, reason: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._reason = reason
        self._inhibitor = QProcess(self)

    def keep(self, awake: bool) -> None:
        """Stay awake from now on, or not any more."""
        if sys.platform == "win32":
            import ctypes

            flags = _CONTINUOUS | (_SYSTEM | _DISPLAY if awake else 0)
            ctypes.windll.kernel32.SetThreadExecutionState(flags)
        elif awake:
            self._inhibit()
        else:
            self._inhibitor.closeWriteChannel()

    def close(self) -> None:
        """The program ends: wait until the system has been told."""
        self.keep(False)
        if self._inhibitor.state() is not QProcess.ProcessState.NotRunning:
            self._inhibitor.waitForFinished(_PATIENCE_MS)

    def _inhibit(self) -> None:
        if self._inhibitor.state() is not QProcess.ProcessState.NotRunning or not shutil.which(_INHIBIT):
            return
        # `cat` ends with its input: when the call ends, and when this program dies.
        what = ["--what=idle:sleep:shutdown", "--mode=block", "--who=xinqiao", f"--why={self._reason}", "cat"]
        self._inhibitor.start(_INHIBIT, what)
