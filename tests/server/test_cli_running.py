"""The programs as they are started: own processes, a ready line, an orderly end."""

import asyncio
import json
import signal
import ssl
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx2
import pytest
from websockets.asyncio.client import connect

from models.clock import SystemClock
from models.ids import new_id
from models.operation import Operation
from models.wire.session import SignedIn
from models.wire.sync import Pulled, Push, Pushed, PushedOperation
from tests.server.central.machine import Machine
from tests.support.hotline import let_everybody_in
from tests.support.processes import ended, free_port

_SECONDS = 60.0
_PASSWORD = "correct horse"


@contextmanager
def _program(*arguments: object) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-W", "error", "-m", "server", *(str(argument) for argument in arguments)]
    pipe = subprocess.PIPE
    with ended(subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, text=True)) as process:
        yield process


def _run(*arguments: object, said: str = "") -> str:
    command = [sys.executable, "-m", "server", *(str(argument) for argument in arguments)]
    done = subprocess.run(command, input=said, text=True, check=True, timeout=_SECONDS, capture_output=True)
    return done.stdout


async def _enrol_and_sign_in(url: str, authority: Path, code: str) -> SignedIn:
    trusted = ssl.create_default_context(cafile=str(authority))
    async with httpx2.AsyncClient(base_url=url, verify=trusted, trust_env=False, timeout=_SECONDS) as web:
        machine = Machine(web)
        assert (await machine.sign_in()).status_code == 403
        assert (await machine.enrol(code)).status_code == 200
        return await machine.signed_in()


def _ready(process: subprocess.Popen[str]) -> dict[str, str]:
    assert process.stdout
    line: dict[str, str] = json.loads(process.stdout.readline())
    return line


def _sign_in(web: httpx2.Client, operator: str, password: str) -> SignedIn:
    asked = {"operator": operator, "password": password, "seat": "8001"}
    return SignedIn.model_validate_json(web.post("/session/v1/sign-in", json=asked).content)


def _found(folder: Path, **options: object) -> None:
    named = [word for name, value in options.items() for word in (f"--{name}", value)]
    _run("server", "init", "--folder", folder, *named)
    if "host" not in options:
        let_everybody_in(folder)
    _run("operator", "add", "--folder", folder, "li", "--password-stdin", said=f"{_PASSWORD}\n")


def _stopped(process: subprocess.Popen[str], number: signal.Signals) -> None:
    process.send_signal(number)
    assert process.wait(_SECONDS) == 0
    assert process.stderr
    levels = {json.loads(line)["level"] for line in process.stderr}
    assert levels <= {"info"}


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_the_server_says_where_it_is_serves_and_ends_when_told(
    tmp_path: Path, number: signal.Signals
) -> None:
    _found(tmp_path, port=0)
    with _program("server", "--folder", tmp_path) as process:
        ready = _ready(process)
        assert ready["ready"] == "server"
        with httpx2.Client(base_url=ready["url"], trust_env=False, timeout=_SECONDS) as web:
            assert web.get("/ready").status_code == 204
            assert _sign_in(web, "li", _PASSWORD).operator == "li"
        _stopped(process, number)


def test_a_waiting_pull_does_not_hold_up_the_end(tmp_path: Path) -> None:
    _found(tmp_path, port=0)
    with _program("server", "--folder", tmp_path) as process:
        url = _ready(process)["url"]

        async def story() -> None:
            async with httpx2.AsyncClient(base_url=url, trust_env=False, timeout=_SECONDS) as web:
                asked = {"operator": "li", "password": _PASSWORD, "seat": "8001"}
                ticket = (await web.post("/session/v1/sign-in", json=asked)).json()["ticket"]
                headers = {"Authorization": f"Bearer {ticket}"}
                known = json.dumps((await web.get("/sync/v1/pull", headers=headers)).json()["cursor"])
                pull = web.get("/sync/v1/pull", params={"wait": 25, "cursor": known}, headers=headers)
                waiting = asyncio.create_task(pull)
                # The word to end may overtake a request on another connection: it must have arrived.
                while "xinqiao_listeners 1.0" not in (await web.get("/metrics")).text:
                    assert not waiting.done()
                process.send_signal(signal.SIGTERM)
                assert (await waiting).status_code == 200

        asyncio.run(story())
        assert process.wait(_SECONDS) == 0


def test_beyond_loopback_the_server_speaks_tls_of_the_own_authority(tmp_path: Path) -> None:
    _found(tmp_path, host="0.0.0.0", port=free_port())
    with _program("server", "--folder", tmp_path) as process:
        ready = _ready(process)
        assert ready["url"].startswith("https://0.0.0.0:")
        url = ready["url"].replace("0.0.0.0", "127.0.0.1")
        code = _run("workstation", "code", "--folder", tmp_path, "--name", "一号机").splitlines()[0]
        assert asyncio.run(_enrol_and_sign_in(url, tmp_path / "ca.crt", code)).operator == "li"
        strangers = httpx2.Client(
            base_url=url, verify=ssl.create_default_context(), trust_env=False, timeout=_SECONDS
        )
        with strangers as web, pytest.raises(httpx2.ConnectError):
            web.get("/health")
        _stopped(process, signal.SIGTERM)


@pytest.mark.postgres
def test_two_servers_over_one_postgresql_are_one(tmp_path: Path, postgres_database: str) -> None:
    _found(tmp_path, port=0, database=postgres_database)
    with _program("server", "--folder", tmp_path) as one, _program("server", "--folder", tmp_path) as other:
        with (
            httpx2.Client(base_url=_ready(one)["url"], trust_env=False, timeout=_SECONDS) as first,
            httpx2.Client(base_url=_ready(other)["url"], trust_env=False, timeout=_SECONDS) as second,
        ):
            ticket = _sign_in(first, "li", _PASSWORD).ticket
            pushed, pulled = _exchange(first, second, ticket)
            assert pushed.server_epoch == pulled.server_epoch
            assert {item.t for item in pulled.items} == {"call", "line.caller", "staff.card"}
        _stopped(one, signal.SIGTERM)
        _stopped(other, signal.SIGTERM)


def _exchange(first: httpx2.Client, second: httpx2.Client, token: str) -> tuple[Pushed, Pulled]:
    """Push a call at one server, pull it from the other."""
    body = {"site": "beijing", "number": "13800138000"}
    add = Operation(new_id(), "call.add", new_id(), "li", SystemClock().now(), body)
    push = Push(app="test", epoch=new_id(), ops=(PushedOperation.of(1, add),)).model_dump(mode="json")
    headers = {"Authorization": f"Bearer {token}"}
    pushed = first.post("/sync/v1/push", json=push, headers=headers).content
    pulled = second.get("/sync/v1/pull", headers=headers).content
    return Pushed.model_validate_json(pushed), Pulled.model_validate_json(pulled)


def _urls(process: subprocess.Popen[str]) -> dict[str, str]:
    lines = [_ready(process) for _ in range(2)]
    return {line["ready"]: line["url"] for line in lines}


def test_practice_runs_server_and_gateway_until_its_input_closes(tmp_path: Path) -> None:
    folder = tmp_path / "practice"
    with _program("practice", "--folder", folder) as process:
        urls = _urls(process)
        assert {url.split("://")[1].split(":")[0] for url in urls.values()} == {"127.0.0.1"}
        password = (folder / "practice-password").read_text()
        with httpx2.Client(base_url=urls["server"], trust_env=False, timeout=_SECONDS) as web:
            answer, lead = _sign_in(web, "practice", password), _sign_in(web, "lead", password)
        assert (answer.name, answer.roles, answer.practice) == ("练习员", ("OP",), True)
        assert (lead.name, set(lead.roles)) == ("练习组长", {"LEAD", "OP"})
        assert asyncio.run(_enter(urls["gateway"], answer.ticket))["kind"] == "welcome"
        assert process.stdin
        process.stdin.close()
        assert process.wait(_SECONDS) == 0


async def _enter(url: str, ticket: str) -> Any:
    async with connect(url, proxy=None) as line:
        await line.send(json.dumps({"kind": "hello", "token": ticket, "seat": "8001"}))
        return json.loads(await line.recv())


def test_practice_comes_back_with_its_records_and_password(tmp_path: Path) -> None:
    for _ in range(2):
        with _program("practice", "--folder", tmp_path) as process:
            urls = _urls(process)
            with httpx2.Client(base_url=urls["server"], trust_env=False, timeout=_SECONDS) as web:
                assert _sign_in(web, "practice", (tmp_path / "practice-password").read_text()).practice
            _stop_by_input(process)


def _stop_by_input(process: subprocess.Popen[str]) -> None:
    assert process.stdin
    process.stdin.close()
    assert process.wait(_SECONDS) == 0
