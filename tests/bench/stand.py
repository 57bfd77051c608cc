"""A founded server and gateway as real processes, and their operators, for measuring."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from console.session.endpoint import Endpoints
from tests.bench.running import process, ready

PASSWORD = "bench-password-1"
OPERATOR = "zhang"
SEAT = "1001"


@dataclass
class Stand:
    """Where everything is; `gateway` takes orders on its standard input."""

    folder: Path
    endpoints: Endpoints
    gateway: "subprocess.Popen[str]"

    def order(self, *words: str) -> None:
        """Let something happen at the exchange: `ring`, `end <call>`."""
        if self.gateway.stdin:
            self.gateway.stdin.write(" ".join(words) + "\n")
            self.gateway.stdin.flush()


@contextmanager
def stand(folder: Path, database: str = "") -> Iterator[Stand]:
    """A server over a database (default: SQLite) and a gateway with a simulated exchange."""
    # The process whose start is measured imports this module, and shall not import the server with it.
    from tests.support.hotline import let_everybody_in

    server = folder / "server"
    place = ("--folder", str(server))
    _server("server", "init", *place, "--site", "beijing", "--port", "0", *_database(database))
    let_everybody_in(server)
    who = (OPERATOR, "--name", "张医生", "--role", "OP", "--password-stdin")
    _server("operator", "add", *place, *who, told=f"{PASSWORD}\n")
    with ExitStack() as running:
        central = running.enter_context(process("-m", "server", "server", "--folder", str(server)))
        gateway = running.enter_context(process("-m", "tests.bench.gateway_process", str(server)))
        yield Stand(folder, Endpoints(ready(central), ready(gateway)), gateway)


def _server(*arguments: str, told: str = "") -> None:
    subprocess.run(
        [sys.executable, "-m", "server", *arguments], input=told, text=True, check=True, capture_output=True
    )


def _database(url: str) -> tuple[str, ...]:
    return ("--database", url) if url else ()
