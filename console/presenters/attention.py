"""What makes an operator notice a ring, whatever else is on the screen."""

import shutil
import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QProcess, QTemporaryDir, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from console.alerts.loudness import scaled

_SOUNDS = Path(__file__).parents[2] / "resources" / "sounds"
_SOUND = _SOUNDS / "ring.wav"
_PLAYERS = (("paplay",), ("pw-play",), ("aplay", "-q"))
_AGAIN_MS = 3000


class Attention(QObject):
    """Brings the window forward, lets the taskbar flash and rings until it is told to be quiet."""

    def __init__(self, window: QWidget, elsewhere: Callable[[bool], bool] = lambda _on: False) -> None:
        """`elsewhere` rings or is quiet by a better way than the system's sound; False where it cannot."""
        super().__init__(window)
        self._elsewhere = elsewhere
        self._window = window
        self._again = QTimer(self)
        self._again.setInterval(_AGAIN_MS)
        self._again.timeout.connect(self._sound)
        self._player = QProcess(self)
        self._player.finished.connect(self._played)
        self._alarm = QProcess(self)
        self._alarm.finished.connect(self._played)
        self._volume = 100
        self._made = QTemporaryDir()

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

    def alarm(self, sound: str) -> None:
        """An alert waits for somebody; `sound` is one of those that ship, "" for none."""
        self.come_forward()
        if sound:
            _play(self._alarm, scaled(_SOUNDS / f"{sound}.wav", self._volume, Path(self._made.path())))

    def show_volume(self, percent: int) -> None:
        """How loud an alarm is from now on; a ring is as loud as ever."""
        self._volume = percent

    def quiet(self) -> None:
        """Nothing rings any more."""
        self._again.stop()
        self._elsewhere(False)
        self._player.kill()
        self._alarm.kill()

    def _played(self, code: int, end: QProcess.ExitStatus) -> None:
        # A player without a sound server: it is there, and nothing was heard.
        if code and end is QProcess.ExitStatus.NormalExit:
            QApplication.beep()

    def _sound(self) -> None:
        if not self._elsewhere(True):
            _play(self._player, _SOUND)


def _play(player: QProcess, sound: Path) -> None:
    if sys.platform == "win32":
        import winsound

        winsound.PlaySound(str(sound), winsound.SND_FILENAME | winsound.SND_ASYNC)
        return
    if player.state() is not QProcess.ProcessState.NotRunning:
        return
    for program, *options in _PLAYERS:
        if shutil.which(program):
            player.start(program, [*options, str(sound)])
            return
    QApplication.beep()
