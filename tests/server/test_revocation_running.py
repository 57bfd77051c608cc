"""Somebody is revoked from the command line: two servers and the gateway know at once, each by itself."""

import asyncio
import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx2
import pytest
from websockets.asyncio.client import connect

from models.people.proof import NONCE_HEADER, Request, write_proof
from models.wire.line import Hello
from tests.server.central.machine import PASSWORD, Machine
from tests.support.processes import ended

_SECONDS = 60.0
_PULL = ("GET", "/sync/v1/pull")


def _run(*arguments: object, said: str = "") -> str:
    command = [sys.executable, "-m", "server", *(str(argument) for argument in arguments)]
    done = subprocess.run(command, input=said, text=True, check=True, timeout=_SECONDS, capture_output=True)
    return done.stdout


@contextmanager
def _program(*arguments: object) -> Iterator[str]:
    """The address of a program that runs for this block and ends without a word of trouble."""
    command = [sys.executable, "-W", "error", "-m", "server", *(str(argument) for argument in arguments)]
    pipe = subprocess.PIPE
    with ended(subprocess.Popen(command, stdout=pipe, stderr=pipe, text=True)) as process:
        assert process.stdout
        yield str(json.loads(process.stdout.readline())["url"])
        process.send_signal(signal.SIGTERM)
        assert process.wait(_SECONDS) == 0


@pytest.fixture
def folder(tmp_path: Path, postgres_database: str) -> Path:
    _run(
        "server",
        "init",
        "--folder",
        tmp_path,
        "--site",
        "beijing",
        "--port",
        0,
        "--database",
        postgres_database,
    )
    add = ("operator", "add", "--folder", tmp_path, "li", "--role", "OP", "--password-stdin")
    _run(*add, said=f"{PASSWORD}\n")
    return tmp_path


@dataclass
class _Hotline:
    """Two servers over one database."""

    folder: Path
    one: httpx2.AsyncClient
    other: httpx2.AsyncClient

    async def enrolled(self) -> Machine:
        machine = Machine(self.one)
        code = await asyncio.to_thread(
            _run, "workstation", "code", "--folder", self.folder, "--name", "一号机"
        )
        assert (await machine.enrol(code.splitlines()[0])).status_code == 200
        return machine

    async def answers(self, machine: Machine, ticket: str) -> list[int]:
        """How each process answers the same workstation."""
        asked = [await machine.at(web).ask(*_PULL, ticket) for web in (self.one, self.other)]
        return [answer.status_code for answer in asked]


async def _enter(url: str, machine: Machine, ticket: str) -> dict[str, Any]:
    """What the gateway says to this workstation's first frame."""
    async with connect(url, proxy=None) as line:
        assert line.response
        nonce = line.response.headers[NONCE_HEADER]
        now = datetime(1999, 12, 31, tzinfo=UTC)
        proof = write_proof(machine.key, Request("GET", "/line/v1", ticket), nonce, now)
        await line.send(Hello(token=ticket, seat="8001", proof=proof).model_dump_json())
        said: dict[str, Any] = json.loads(await line.recv())
        return said


@pytest.mark.postgres
@pytest.mark.parametrize("who", ["operator", "workstation"])
def test_every_process_knows_at_once_who_was_revoked(folder: Path, who: str) -> None:
    async def story(one: str, other: str) -> None:
        async with (
            asyncio.timeout(_SECONDS),
            httpx2.AsyncClient(base_url=one, trust_env=False, timeout=_SECONDS) as first,
            httpx2.AsyncClient(base_url=other, trust_env=False, timeout=_SECONDS) as second,
        ):
            hotline = _Hotline(folder, first, second)
            machine = await hotline.enrolled()
            signed_in = await machine.signed_in()
            renewed = await machine.at(second).renew(signed_in.refresh)
            assert renewed.status_code == 200
            ticket = renewed.json()["ticket"]
            assert await hotline.answers(machine, ticket) == [200, 200]
            named = "li" if who == "operator" else machine.id
            await asyncio.to_thread(_run, who, "revoke", "--folder", folder, named)
            while await hotline.answers(machine, ticket) != [403, 403]:
                pass
            settings = folder / "gateway.toml"
            settings.write_text(settings.read_text().replace('url = ""', f'url = "{one}"'))
            with _program("gateway", "--folder", folder) as gateway:
                while (said := await _enter(gateway, machine, ticket))["kind"] == "welcome":
                    pass
                assert said == {"kind": "refused", "why": "drain"}
            assert (folder / "revocations.json").exists()
            with _program("gateway", "--folder", folder) as gateway:
                assert (await _enter(gateway, machine, ticket))["why"] == "drain"

    with _program("server", "--folder", folder) as one, _program("server", "--folder", folder) as other:
        asyncio.run(story(one, other))


@pytest.mark.postgres
def test_a_wait_outlives_the_server(folder: Path) -> None:
    async def fail(url: str, machine: Machine, times: int) -> list[int]:
        async with httpx2.AsyncClient(base_url=url, trust_env=False, timeout=_SECONDS) as web:
            machine = machine.at(web)
            answers = [await machine.sign_in(password="wrong words") for _ in range(times)]
            return [answer.json()["wait_seconds"] for answer in answers]

    async def enrol(url: str) -> Machine:
        async with httpx2.AsyncClient(base_url=url, trust_env=False, timeout=_SECONDS) as web:
            return await _Hotline(folder, web, web).enrolled()

    with _program("server", "--folder", folder) as url:
        machine = asyncio.run(enrol(url))
        assert asyncio.run(fail(url, machine, 4)) == [0] * 4
    with _program("server", "--folder", folder) as url:
        assert asyncio.run(fail(url, machine, 1)) == [2]
