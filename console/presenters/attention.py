"""What makes an operator notice a ring, whatever else is on the screen."""

import shutil
import sys
from pathlib import Path

from PySide6.QtCore import QObject, QProcess, QTimer
from PySide6.QtWidgets import QApplication, QWidget

_SOUND = Path(__file__).parents[2] / "resources" / "sounds" / "ring.wav"
_PLAYERS = (("paplay",), ("pw-play",), ("aplay", "-q"))
_AGAIN_MS = 3000


class Attention(QObject):
    """Brings the window forward, lets the taskbar flash and rings until it is told to be quiet."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._again = QTimer(self)
        self._again.setInterval(_AGAIN_MS)
        self._again.timeout.connect(self._sound)
        self._player = QProcess(self)
        self._player.finished.connect(self._played)

    def come_forward(self) -> None:
        """Show the window above others."""
        window = self._window.window()
        if window.isMinimized():
            window.showNormal()
        window.raise_()
        window.activateWindow()
        QApplication.alert(window)

    def ring(self) -> None:
        """A call begins to ring."""
        self.come_forward()
        self._sound()
        self._again.start()

    def quiet(self) -> None:
        """Nothing rings any more."""
        self._again.stop()
        self._player.kill()

    def _played(self, code: int, end: QProcess.ExitStatus) -> None:
        # A player without a sound server: it is there, and nothing was heard.
        if code and end is QProcess.ExitStatus.NormalExit:
            QApplication.beep()

    def _sound(self) -> None:
        if sys.platform == "win32":
            import winsound

            winsound.PlaySound(str(_SOUND), winsound.SND_FILENAME | winsound.SND_ASYNC)
            return
        if self._player.state() is not QProcess.ProcessState.NotRunning:
            return
        for program, *options in _PLAYERS:
            if shutil.which(program):
                self._player.start(program, [*options, str(_SOUND)])
                return
        QApplication.beep()
