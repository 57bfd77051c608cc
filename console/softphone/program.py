"""The telephone as a program of its own: it outlives a console that falls, and takes none along if it falls.

The console speaks with it through a local socket that only the same account may open, in lines of JSON. It
ends when it is told to, or when no console has come back for a while and nobody talks.
"""

import json
import logging
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from console.softphone.page import PhonePage
from models.softphone import orders
from models.softphone.news import (
    CallMoved,
    Conversation,
    Left,
    Levels,
    Ready,
    Trouble,
    heard,
    tell_restarted,
    tell_trouble,
)

_LOG = logging.getLogger(__name__)
_ALONE_MS = 30_000
_AGAIN_MS = 250
_LONGEST_AGAIN_MS = 8_000
_PATIENCE_MS = 5_000
"""How long a good-bye to the exchange may take."""
_LASTING = ("be", "choose", "ring", "measure")
"""Orders that a new page must know too."""

_CRASHED = "crashed"
"""Under this the news of a page that ended is kept."""


class PhoneProgram(QObject):
    """Hands orders to the page and its news to the console; remembers both for whoever of them is new."""

    ended = Signal()

    def __init__(self, page: PhonePage, name: str) -> None:
        super().__init__()
        self._page = page
        self._page.told.connect(self._hear)
        self._page.ended.connect(self._page_ended)
        self._ready = False
        self._orders: dict[str, str] = {}
        self._news: dict[str, str] = {}
        self._call = CallMoved(Conversation.NONE)
        self._consoles: list[QLocalSocket] = []
        self._again_ms = _AGAIN_MS
        self._alone = QTimer(self, singleShot=True, interval=_ALONE_MS)
        self._alone.timeout.connect(self._leave_when_free)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._welcome)
        self._name = name

    def start(self) -> bool:
        """Listen for a console and load the page; False where the place is taken or cannot be made."""
        probe = QLocalSocket()
        probe.connectToServer(self._name)
        if probe.waitForConnected(_AGAIN_MS):
            return False
        QLocalServer.removeServer(self._name)
        self._alone.start()
        self._page.load()
        return self._server.listen(self._name)

    def close(self) -> None:
        """Before the application ends."""
        for console in self._consoles:
            console.disconnected.disconnect()
        self._server.close()
        self._page.close()

    def _welcome(self) -> None:
        console = self._server.nextPendingConnection()
        self._consoles.append(console)
        self._alone.stop()
        console.readyRead.connect(partial(self._take, console))
        console.disconnected.connect(partial(self._gone, console))
        for line in self._news.values():
            _write(console, line)

    def _gone(self, console: QLocalSocket) -> None:
        self._consoles.remove(console)
        console.deleteLater()
        if not self._consoles:
            # Without eyes on it, nothing rings on and no microphone stays open.
            for quiet in (orders.ring(False), orders.measure(False)):
                self._obey(quiet)
            self._alone.start()

    def _take(self, console: QLocalSocket) -> None:
        while console.canReadLine():
            self._obey(bytes(console.readLine().data()).decode().rstrip("\n"))

    def _obey(self, line: str) -> None:
        name = json.loads(line)["order"]
        if name in _LASTING:
            self._orders[name] = line
        if name == "leave":
            self._leave()
        elif self._ready:
            self._page.order(line)
        elif name == "resume":
            # Said by a console to a program that took the place of a fallen one.
            self._call = CallMoved(Conversation.TALKING, tuple(json.loads(line)["dialog"].items()))

    def _hear(self, line: str) -> None:
        match news := heard(line):
            case Ready():
                self._begin()
            case Left():
                self.ended.emit()
            case Levels():
                self._tell(line)
            case CallMoved():
                self._call = news
                self._keep("call", line)
                if news.state is Conversation.NONE and not self._consoles:
                    self._alone.start()
            case _:
                told = json.loads(line)
                self._keep(f"{told['news']} {told.get('code', '')}", line)

    def _begin(self) -> None:
        self._ready = True
        self._again_ms = _AGAIN_MS
        for line in self._orders.values():
            self._page.order(line)
        if self._call.dialog:
            self._page.order(orders.resume(dict(self._call.dialog)))
        if _CRASHED in self._news:
            self._keep(_CRASHED, tell_trouble(Trouble.CRASHED, False))

    def _page_ended(self) -> None:
        _LOG.warning("the page of the telephone ended; loading it again")
        self._ready = False
        call = self._news.get("call", "")
        self._news = {"call": call} if self._call.dialog else {}
        # A new page counts its troubles anew.
        self._tell(tell_restarted())
        self._keep(_CRASHED, tell_trouble(Trouble.CRASHED, True))
        QTimer.singleShot(self._again_ms, self, self._page.load)
        self._again_ms = min(2 * self._again_ms, _LONGEST_AGAIN_MS)

    def _keep(self, key: str, line: str) -> None:
        self._news[key] = line
        self._tell(line)

    def _tell(self, line: str) -> None:
        for console in self._consoles:
            _write(console, line)

    def _leave_when_free(self) -> None:
        if self._call.state is Conversation.NONE and not self._consoles:
            self._leave()

    def _leave(self) -> None:
        if self._ready:
            self._page.order(orders.leave())
            QTimer.singleShot(_PATIENCE_MS, self, self.ended.emit)
        else:
            self.ended.emit()


def _write(console: QLocalSocket, line: str) -> None:
    console.write(line.encode() + b"\n")
    console.flush()
