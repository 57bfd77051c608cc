"""A founded hotline whose gateway writes calls, and what its server holds of them."""

import asyncio
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from sqlalchemy import select

from models.calls.call import Call
from models.clock import SystemClock
from models.codec import from_document
from server.central.config import GATEWAY_FILE, read_config
from server.central.founding import DEFAULT_DATABASE, Plan, found
from server.central.serving import open_made_database
from server.central.storage.tables import operation
from server.gateway.settings import Settings, read_settings
from tests.support.hotline import SITE, Hotline
from tests.support.processes import ended, free_port
from tests.support.said import heard

_ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Act:
    """An act on a call as the server keeps it."""

    op: str
    type: str
    call: str
    outcome: str


@dataclass(frozen=True)
class Gateway:
    """A gateway's process and where it listens."""

    process: subprocess.Popen[str]
    url: str

    def kill(self) -> None:
        """End it as a power cut would."""
        self.process.kill()
        self.process.wait()


@dataclass(frozen=True)
class Callbook(Hotline):
    """A hotline that only its own gateway and enrolled workstations may enter; its addresses stay."""

    def settings(self) -> Settings:
        """What the gateway is told; it may listen anywhere."""
        return read_settings(self.folder / GATEWAY_FILE, practice=False)

    def calls(self) -> dict[str, Call]:
        """The records of calls."""
        calls = [from_document(Call, document) for document in self.records("call")]
        return {call.id: call for call in calls}

    def acts(self) -> list[Act]:
        """What was written of calls."""
        columns: list[Any] = [operation.c[name] for name in ("op_id", "type", "entity_id", "outcome")]
        engine = open_made_database(read_config(self.folder))
        try:
            with engine.connect() as connection:
                return [Act(*row) for row in connection.execute(select(*columns))]
        finally:
            engine.dispose()

    @contextmanager
    def gateway(self) -> Iterator[Gateway]:
        """The gateway as a program of its own."""
        command = [sys.executable, "-m", "server", "gateway", "--folder", str(self.folder)]
        with heard() as said, ended(_started(command, said)) as process:
            assert process.stdout
            yield Gateway(process, str(json.loads(process.stdout.readline())["url"]))

    async def shows(self, fits: Callable[[dict[str, Call]], bool]) -> dict[str, Call]:
        """The records of calls, once they fit."""
        while not fits(calls := await asyncio.to_thread(self.calls)):
            pass
        return calls


def _started(command: list[str], said: IO[str]) -> "subprocess.Popen[str]":
    return subprocess.Popen(command, cwd=_ROOT, stdout=subprocess.PIPE, stderr=said, text=True)


def callbook(folder: Path, database: str = "") -> Callbook:
    """Found a hotline over SQLite, unless another database is named."""
    found(Plan(folder, SITE, port=free_port(), database=database or DEFAULT_DATABASE), SystemClock())
    return Callbook(folder)
