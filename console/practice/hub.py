"""The practice server and gateway as another process, ended with the console that started it."""

import json
import socket
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

from console.session.endpoint import Endpoints

_RUNNING = "running.json"
_ENTRY = "practice-password"
_START_SECONDS = 60
_ASK_SECONDS = 2


class HubFailed(Exception):
    """The practice server did not start; the message is what it said."""


class Hub:
    """Starts the practice server unless one runs in the folder already (a second window joins it).

    Who practises is named in `language` where the folder is new.
    """

    def __init__(self, folder: Path, language: str = "zh_CN") -> None:
        self._folder, self._language = folder, language
        self._process: subprocess.Popen[str] | None = None
        self._urls: dict[str, str] = {}
        self._ready = threading.Event()
        self.rang: Callable[[str, str], object] = lambda _name, _call: None
        """Hears, in a thread of its own, that a caller with that name rings, and the id of the call."""

    @property
    def directs(self) -> bool:
        """True where this window started the practice server: it alone can say who rings."""
        return self._process is not None

    def start(self) -> None:
        """Start, without waiting."""
        if self._joined():
            self._ready.set()
            return
        self._folder.mkdir(parents=True, exist_ok=True)
        server = [sys.executable, "-m", "server", "--language", self._language]
        self._process = subprocess.Popen(
            [*server, "practice", "--folder", str(self._folder)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        threading.Thread(target=self._listen, name="practice", daemon=True).start()

    def endpoints(self) -> Endpoints:
        """Where server and gateway are, once they are ready. Blocks. Raises HubFailed."""
        self._ready.wait(_START_SECONDS)
        try:
            return Endpoints(self._urls["server"], self._urls["gateway"])
        except KeyError as missing:
            raise HubFailed(f"{missing} is not ready") from missing

    def password(self) -> str:
        """The password of the practice operators. Blocks as `endpoints`."""
        self.endpoints()
        return (self._folder / _ENTRY).read_text(encoding="utf-8").strip()

    def quiet(self) -> None:
        """Let nobody ring by himself any more."""
        self._order({"do": "quiet"})

    def ring(self, name: str, number: str, dialled: str) -> None:
        """Let a caller dial; `rang` tells the id of the call. The name is used once."""
        self._order({"do": "ring", "as": name, "number": number, "dialled": dialled})

    def hang_up(self, name: str) -> None:
        """Let that caller put the telephone down."""
        self._order({"do": "hang_up", "as": name})

    def stop(self) -> None:
        """End what was started here."""
        process = self._process
        if process is None or process.stdin is None:
            return
        (self._folder / _RUNNING).unlink(missing_ok=True)
        process.stdin.close()
        process.wait()

    def _order(self, order: dict[str, str]) -> None:
        process = self._process
        if process is None or process.stdin is None:
            return
        # The server may have ended meanwhile: the seat's own link says so.
        with suppress(OSError, ValueError):
            process.stdin.write(json.dumps(order) + "\n")
            process.stdin.flush()

    def _listen(self) -> None:
        process = self._process
        if process is None or process.stdout is None:
            return
        with process.stdout as told_here:
            for line in told_here:
                try:
                    told = json.loads(line)
                    rang, call = told.get("rang", ""), told.get("call", "")
                    if not rang:
                        self._urls[told["ready"]] = told["url"]
                except (ValueError, KeyError, TypeError, AttributeError):
                    continue
                if rang:
                    self.rang(rang, call)
                    continue
                if {"server", "gateway"} <= self._urls.keys():
                    content = {**self._urls, "pid": process.pid}
                    (self._folder / _RUNNING).write_text(json.dumps(content), encoding="utf-8")
                    self._ready.set()
        self._ready.set()

    def _joined(self) -> bool:
        try:
            told = json.loads((self._folder / _RUNNING).read_text(encoding="utf-8"))
            alive = Path(f"/proc/{int(told['pid'])}").exists() or sys.platform != "linux"
            alive = alive and _listens(told["server"])
        except (OSError, ValueError, KeyError, TypeError):
            return False
        if alive:
            self._urls = {"server": told["server"], "gateway": told["gateway"]}
        return alive


def _listens(url: str) -> bool:
    """False for one that still runs but ends already: whoever started it is gone."""
    place = urlsplit(url)
    try:
        socket.create_connection((place.hostname, place.port), _ASK_SECONDS).close()
    except OSError:
        return False
    return True
