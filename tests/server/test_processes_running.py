"""One server in several processes: to everybody outside it is one."""

import asyncio
import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx2
import psycopg
import pytest
from sqlalchemy import update

from models.clock import SystemClock
from models.ids import new_id
from models.operation import Operation
from models.people.operator import Role
from models.wire.sync import Push, Pushed, PushedOperation
from server.central.storage.engine import writing
from server.central.storage.tables import sign_in_failure
from tests.faults.founded import Founded, founded
from tests.server.central.machine import PASSWORD, Machine
from tests.support.hotline import SITE
from tests.support.processes import free_port
from tests.support.programs import SECONDS, Program, program, run

pytestmark = pytest.mark.postgres
CLOCK = SystemClock()


@pytest.fixture
def hotline(tmp_path: Path, postgres_database: str) -> Founded:
    return founded(tmp_path / "server", postgres_database.replace("+psycopg", ""))


@contextmanager
def _many(hotline: Founded) -> Iterator[Program]:
    with program("server", "--folder", hotline.folder, "--processes", 2) as one:
        yield one


def _children(one: Program) -> set[int]:
    told = subprocess.run(["pgrep", "-P", str(one.process.pid)], capture_output=True, text=True, check=False)
    return set(map(int, told.stdout.split()))


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def _add(seq: int, epoch: str) -> dict[str, object]:
    body = {"site": SITE, "number": "13800138000", "entered_at": CLOCK.now().isoformat()}
    add = Operation(new_id(), "call.add", new_id(), "zhang", CLOCK.now(), body)
    push = Push(app="test", epoch=epoch, ops=(PushedOperation.of(seq, add),))
    return push.model_dump(mode="json")


def _client(one: Program) -> httpx2.Client:
    """A connection of its own: whichever process takes it."""
    return httpx2.Client(base_url=one.url, trust_env=False, timeout=SECONDS)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_all_of_them_end_in_order_when_told(hotline: Founded, number: signal.Signals) -> None:
    with _many(hotline) as one:
        children = _children(one)
        assert len(children) == 2
        assert one.stop(number) == 0
        assert not any(map(_alive, children))


@pytest.mark.expects_log("a process ended unasked .-9. and is replaced")
def test_a_push_of_one_device_goes_on_at_whichever_process_also_after_one_was_killed(
    hotline: Founded,
) -> None:
    token, epoch = hotline.token("zhang", Role.OPERATOR), new_id()
    headers = {"Authorization": f"Bearer {token}"}
    with _many(hotline) as one:
        children = _children(one)
        for seq in range(1, 31):
            if seq == 15:
                os.kill(min(children), signal.SIGKILL)
                while len(_children(one)) < 2 or min(children) in _children(one):
                    pass
            push = _add(seq, epoch)
            for again in (False, True):
                with _client(one) as web:
                    answer = web.post("/sync/v1/push", json=push, headers=headers)
                    pushed = Pushed.model_validate_json(answer.content)
                assert (pushed.last, pushed.results[0].dup) == (seq, again)
        assert "replaced" in one.log()
        assert one.stop() == 0


@pytest.mark.expects_log("a process ended unasked .-9. and is replaced")
def test_told_to_end_while_a_process_is_replaced_it_ends_in_order(hotline: Founded) -> None:
    address = hotline.config.database.replace("postgresql+psycopg", "postgresql")
    with _many(hotline) as one:
        before = _children(one)
        with psycopg.connect(address) as held:
            # Whoever starts looks into this table first, and waits now.
            held.execute("LOCK TABLE meta IN ACCESS EXCLUSIVE MODE")
            os.kill(min(before), signal.SIGKILL)
            while len(_children(one) - before) < 1 or not _waits(address):
                pass
            one.process.send_signal(signal.SIGTERM)
            new = _children(one) - before
            while any(map(_alive, new)):
                pass
        assert one.process.wait(SECONDS) == 0


def _waits(address: str) -> bool:
    """Whether anybody waits for a lock in this database."""
    with psycopg.connect(address) as looking:
        waiting = "SELECT count(*) FROM pg_locks WHERE NOT granted"
        return looking.execute(waiting).fetchone() != (0,)


def test_each_process_is_watched_at_a_port_of_its_own(hotline: Founded) -> None:
    port = free_port()
    settings = hotline.folder / "server.toml"
    settings.write_text(f"metrics_port = {port}\n" + settings.read_text())
    with _many(hotline) as one:
        for number in (port, port + 1):
            for seen in range(2):
                page = httpx2.get(f"http://127.0.0.1:{number}/metrics", trust_env=False, timeout=SECONDS).text
                # Each asks for itself: what the other answered is not counted here.
                assert (f'route="/metrics",status="200"}} {float(seen)}' in page) == bool(seen)
        assert one.stop() == 0


def test_waits_nonces_and_refresh_tokens_count_for_all(hotline: Founded) -> None:
    for name in ("li", "zhang"):
        run("operator", "add", "--folder", hotline.folder, name, "--password-stdin", said=f"{PASSWORD}\n")
    code = run("workstation", "code", "--folder", hotline.folder, "--name", "一号机").splitlines()[0]

    async def story(one: Program) -> None:
        def web() -> httpx2.AsyncClient:
            return httpx2.AsyncClient(base_url=one.url, trust_env=False, timeout=SECONDS)

        async with web() as first:
            machine = Machine(first)
            assert (await machine.enrol(code)).status_code == 200
            refresh = (await machine.signed_in("li")).refresh
        for _ in range(10):
            async with web() as other:
                machine = machine.at(other)
                answer = await machine.renew(refresh)
                assert answer.status_code == 200, answer.text
                refresh = answer.json()["refresh"]
        for last in (False, False, False, False, True):
            async with web() as other:
                refused = await machine.at(other).sign_in("zhang", "wrong")
                assert (refused.status_code, refused.json()["wait_seconds"]) == (401, 2 if last else 0)
        _prolong_waits(hotline)
        async with web() as other:
            refused = await machine.at(other).sign_in("zhang")
            assert (refused.status_code, refused.json()["why"]) == (401, "sign_in_refused")
            assert refused.json()["wait_seconds"] > 60

    with _many(hotline) as one:
        asyncio.run(story(one))
        assert one.stop() == 0


def _prolong_waits(hotline: Founded) -> None:
    """Whoever must wait waits for two minutes more: however slow this machine is, the wait is not over."""
    later = update(sign_in_failure).values(wait_until=sign_in_failure.c.wait_until + 120)
    with hotline.database() as engine, writing(engine) as connection:
        connection.execute(later)
