"""A founded central server over a durable PostgreSQL, in as many processes as a figure needs."""

import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.bench.running import process, ready
from tests.support.postgres import Cluster, programs, running_cluster

SITES = ("beijing", "jinzhong")


@dataclass(frozen=True)
class Central:
    """The server's folder, its processes with their addresses, and the cluster below."""

    folder: Path
    addresses: Sequence[str]
    pids: Sequence[int]
    cluster: Cluster
    database: str


@contextmanager
def cluster() -> Iterator[Cluster]:
    """A cluster that keeps what it confirmed."""
    binaries = programs()
    if binaries is None:
        raise RuntimeError("no PostgreSQL on this machine (`make bench` installs it on Debian)")
    with running_cluster(binaries, durable=True) as running:
        yield running


@contextmanager
def central(running: Cluster, processes: int) -> Iterator[Central]:
    """A server with an empty database of its own."""
    name = running.create_database()
    address = running.address(name, "postgresql")
    with tempfile.TemporaryDirectory() as folder, ExitStack() as ending:
        place = ("--folder", folder)
        init = ("-m", "server", "server", "init", *place, "--site", SITES[0], "--port", "0")
        subprocess.run([sys.executable, *init, "--database", address], check=True, capture_output=True)
        started = []
        addresses = []
        for _ in range(processes):
            started.append(ending.enter_context(process("-m", "server", "server", *place)))
            addresses.append(ready(started[-1]))
        yield Central(Path(folder), addresses, [one.pid for one in started], running, address)
    running.drop_database(name)
