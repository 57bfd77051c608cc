"""The way to the program of the telephone: found where it runs, started where it does not, found again."""

import sys
from pathlib import Path

from PySide6.QtCore import QObject, QProcess, QTimer, Signal
from PySide6.QtNetwork import QLocalSocket

from console.softphone.start import socket_name
from models.softphone import orders

_AGAIN_MS = 500
_STARTS_EVERY = 10
"""Looks for a program that was started, before another one is."""
_LEAVE_MS = 1000


class SoftphoneLink(QObject):
    """``told(line)``; ``up(bool)`` whenever the program comes or goes."""

    told = Signal(str)
    up = Signal(bool)

    def __init__(self, folder: Path, exchange: str, ca: str) -> None:
        super().__init__()
        self._name = socket_name(folder)
        # As this program was started: where the folder it happens to be in is not looked at, there neither.
        safe = ["-P"] if sys.flags.safe_path else []
        self._program = [*safe, "-m", "console", "softphone", "run"]
        self._program += ["--data", str(folder), "--exchange", exchange]
        self._program += ["--ca", ca] if ca else []
        self._looks = 0
        self._again = QTimer(self, singleShot=True, interval=_AGAIN_MS)
        self._again.timeout.connect(self._look)
        self._socket = QLocalSocket(self)
        self._socket.connected.connect(self._found)
        self._socket.errorOccurred.connect(self._lost)
        self._socket.readyRead.connect(self._hear)

    def start(self) -> None:
        """Look for it now."""
        self._look()

    def order(self, line: str) -> None:
        """Tell it to do something; without it, nothing happens."""
        if self._socket.state() is QLocalSocket.LocalSocketState.ConnectedState:
            self._socket.write(line.encode() + b"\n")
            self._socket.flush()

    def stop(self, leave: bool) -> None:
        """Look no more; `leave`: it is to end as well."""
        self._again.stop()
        self._socket.errorOccurred.disconnect(self._lost)
        if leave:
            self.order(orders.leave())
            self._socket.waitForBytesWritten(_LEAVE_MS)
        self._socket.abort()

    def _look(self) -> None:
        self._socket.connectToServer(self._name)

    def _found(self) -> None:
        self._looks = 0
        self.up.emit(True)

    def _lost(self) -> None:
        self.up.emit(False)
        if self._looks % _STARTS_EVERY == 0:
            self._begin()
        self._looks += 1
        self._again.start()

    def _begin(self) -> None:
        """By itself: it must outlive this program."""
        program = QProcess()
        program.setProgram(sys.executable)
        program.setArguments(self._program)
        program.setStandardInputFile(QProcess.nullDevice())
        program.setStandardOutputFile(QProcess.nullDevice())
        program.setStandardErrorFile(QProcess.nullDevice())
        program.startDetached()

    def _hear(self) -> None:
        while self._socket.canReadLine():
            self.told.emit(bytes(self._socket.readLine().data()).decode(errors="replace").rstrip("\n"))
