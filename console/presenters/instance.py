"""One console a seat: a second start brings the first one forward."""

import hashlib
import sys
from pathlib import Path

from PySide6.QtCore import QLockFile, QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from console.presenters.bars import problem_sentence

_WAIT_MS = 1000


class Instance(QObject):
    """Holds the seat of this workstation; `called` when somebody starts the program again."""

    called = Signal()

    def __init__(self, folder: Path, seat: str) -> None:
        super().__init__()
        name = hashlib.sha256(f"{folder.resolve()}/{seat}".encode()).hexdigest()[:16]
        self._name = f"xinqiao-{name}"
        self._lock = QLockFile(str(folder / f"seat-{name}.lock"))
        self._lock.setStaleLockTime(0)
        self._server = QLocalServer(self)

    def alone(self) -> bool:
        """True if this is the only one; otherwise the other one was called, and that is said."""
        if self._lock.tryLock(0):
            QLocalServer.removeServer(self._name)
            self._server.newConnection.connect(self._hear)
            self._server.listen(self._name)
            return True
        call = QLocalSocket()
        call.connectToServer(self._name)
        call.waitForConnected(_WAIT_MS)
        call.disconnectFromServer()
        sys.stderr.write(problem_sentence("instance_running") + "\n")
        return False

    def _hear(self) -> None:
        self._server.nextPendingConnection().deleteLater()
        self.called.emit()
