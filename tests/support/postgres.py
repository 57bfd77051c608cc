"""A throw-away PostgreSQL cluster on a loopback port, and a fresh database of it for each test."""

import os
import pwd
import secrets
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest

from tests.support.processes import free_port

_DEBIAN = Path("/usr/lib/postgresql")
_OLDEST = 15


@dataclass(frozen=True)
class Cluster:
    """A running cluster; its one account may do everything in it."""

    port: int
    password: str
    control: tuple[str | Path, ...] = ()
    """The program that starts and stops it, with what it must be told."""

    def address(self, database: str, scheme: str = "postgresql+psycopg") -> str:
        """Return the address of one of its databases; the scheme is SQLAlchemy's unless another is named."""
        return f"{scheme}://postgres:{self.password}@127.0.0.1:{self.port}/{database}"

    def create_database(self) -> str:
        """Make an empty database and return its name."""
        name = f"t{secrets.token_hex(6)}"
        self._execute(f'CREATE DATABASE "{name}"')
        return name

    def drop_database(self, name: str) -> None:
        """Remove a database, ending the connections that are left to it."""
        self._execute(f'DROP DATABASE "{name}" WITH (FORCE)')

    def restart(self, how: str) -> None:
        """Stop it, `fast` (it ends every transaction) or `immediate` (as if it was killed), and start it."""
        _run(*self.control, "-m", how, "restart")

    def _execute(self, statement: str) -> None:
        with psycopg.connect(self.address("postgres", "postgresql"), autocommit=True) as connection:
            connection.execute(statement.encode())


def programs() -> Path | None:
    """Return the folder of the newest PostgreSQL's programs, or None if no version is new enough."""
    versions = [int(path.name) for path in _DEBIAN.glob("[0-9]*") if (path / "bin/initdb").exists()]
    newest = max(versions, default=0)
    return _DEBIAN / str(newest) / "bin" if newest >= _OLDEST else None


@contextmanager
def running_cluster(binaries: Path, *, durable: bool = False) -> Iterator[Cluster]:
    """Run a new cluster for a block and remove it afterwards.

    `durable` keeps the disk's real cost of a commit, for measurements. Raises CalledProcessError with
    what PostgreSQL said if it does not start.
    """
    folder = Path(tempfile.mkdtemp(prefix="xinqiao-postgres-"))
    data, port = folder / "data", free_port()
    settings = f"-p {port} -h 127.0.0.1 -k {folder}" + ("" if durable else " -F")
    control = (binaries / "pg_ctl", "-D", data, "-w", "-l", folder / "log", "-o", settings)
    cluster = Cluster(port, secrets.token_hex(16), control)
    try:
        password = folder / "password"
        password.write_text(cluster.password, encoding="ascii")
        _give_away(folder, password)
        identify = (
            "-U",
            "postgres",
            "--auth=scram-sha-256",
            f"--pwfile={password}",
            "--locale=C",
            "-E",
            "UTF8",
        )
        _run(binaries / "initdb", "-D", data, *identify)
        _run(*control, "start")
        try:
            yield cluster
        finally:
            _run(*control, "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder)


def _give_away(*paths: Path) -> None:
    """Hand files to the account that runs the cluster: PostgreSQL refuses to run as root."""
    if os.geteuid() == 0:
        account = pwd.getpwnam("postgres")
        for path in paths:
            os.chown(path, account.pw_uid, account.pw_gid)


def _run(*command: str | Path) -> None:
    unprivileged = ("runuser", "-u", "postgres", "--") if os.geteuid() == 0 else ()
    # not captured: the started server would inherit a pipe and keep it open
    with tempfile.TemporaryFile("w+") as said:
        ended = subprocess.run([*unprivileged, *command], cwd="/", stdout=said, stderr=said, check=False)
        said.seek(0)
        if ended.returncode != 0:
            raise subprocess.CalledProcessError(ended.returncode, command, said.read())


@pytest.fixture(scope="session")
def postgres_cluster() -> Iterator[Cluster]:
    """The cluster all tests share."""
    binaries = programs()
    if binaries is None:
        pytest.skip(f"no PostgreSQL {_OLDEST} or newer under {_DEBIAN} (`make test` installs it on Debian)")
    with running_cluster(binaries) as cluster:
        yield cluster


@pytest.fixture(scope="session")
def postgres_url(postgres_cluster: Cluster) -> str:
    """The address of the cluster's own database, for what is not about tables."""
    return postgres_cluster.address("postgres")


@pytest.fixture
def postgres_database(postgres_cluster: Cluster) -> Iterator[str]:
    """The address of an empty database that only this test has."""
    name = postgres_cluster.create_database()
    yield postgres_cluster.address(name)
    postgres_cluster.drop_database(name)
