"""What a running server says of itself: figures, log and readiness, never a word of anybody."""

import asyncio
import json
import signal
from pathlib import Path

import httpx2
import pytest

from models.clock import SystemClock
from models.ids import new_id
from models.operation import Operation
from models.people.operator import Role
from models.wire.sync import Push, PushedOperation
from server.central.storage.engine import open_engine, writing
from tests.faults.founded import Founded
from tests.server.central.machine import PASSWORD
from tests.support.hotline import SITE, found_hotline
from tests.support.programs import SECONDS, Program, program, run

MARKER = "不可外传的一句话"
PLAIN = "marker-13812345678"
CLOCK = SystemClock()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "server"
    found_hotline(folder)
    run("operator", "add", "--folder", folder, "li", "--password-stdin", said=f"{PASSWORD}\n")
    return folder


def _client(one: Program) -> httpx2.Client:
    return httpx2.Client(base_url=one.url, trust_env=False, timeout=SECONDS)


def _spoil(path: Path, statement: str) -> None:
    engine = open_engine(f"sqlite:///{path}")
    with writing(engine) as connection:
        connection.exec_driver_sql(statement)
    engine.dispose()


def _push(kind: str = "call.add", **body: object) -> dict[str, object]:
    told = {"site": SITE, "number": PLAIN, "entered_at": CLOCK.now().isoformat(), **body}
    add = Operation(new_id(), kind, new_id(), "li", CLOCK.now(), told)
    return Push(app="test", epoch=new_id(), ops=(PushedOperation.of(1, add),)).model_dump(mode="json")


@pytest.mark.expects_log("the database does not answer: OperationalError")
def test_no_failure_brings_a_word_of_anybody_into_the_log(folder: Path) -> None:
    token = Founded(folder).token("li", Role.OPERATOR)
    headers = {"Authorization": f"Bearer {token}"}
    with program("server", "--folder", folder) as one:
        with httpx2.Client(base_url=one.url, trust_env=False, timeout=SECONDS, headers=headers) as web:
            wrong = {"operator": MARKER, "password": PLAIN, "seat": MARKER}
            statuses = [
                web.post("/session/v1/sign-in", json=wrong, headers={"DPoP": PLAIN}).status_code,
                web.post("/session/v1/sign-in", json=wrong).status_code,
                web.post("/session/v1/enrol", json={"code": PLAIN, "name": MARKER, "key": PLAIN}).status_code,
                web.post("/sync/v1/push", json=_push()).status_code,
                web.post("/sync/v1/push", json=_push("note.open", call=MARKER, text=PLAIN)).status_code,
                web.post("/sync/v1/push", json={"ops": [MARKER, PLAIN]}).status_code,
                web.post("/sync/v1/push", content=f"{{{MARKER}{PLAIN}".encode()).status_code,
                web.post("/sync/v1/push", content=b"\xff" + PLAIN.encode()).status_code,
                web.get(f"/{PLAIN}/{MARKER}", params={PLAIN: MARKER}).status_code,
                web.get("/sync/v1/pull", params={"cursor": MARKER + PLAIN}).status_code,
                web.get("/sync/v1/pull", headers={"Authorization": f"Bearer {PLAIN}"}).status_code,
            ]
            assert set(statuses) >= {200, 400, 401, 404}
            # A statement that fails carries what it was about to write.
            _spoil(folder / "central.sqlite3", "ALTER TABLE operation RENAME TO gone")
            broken = [web.post("/sync/v1/push", json=_push()).status_code for _ in range(3)]
            assert set(broken) <= {500, 503}
        one.stop()
        log = one.log()
    told = [json.loads(line) for line in log.splitlines()]
    assert sum(line.get("event") == "answered" for line in told) >= len(statuses)
    for secret in (MARKER, PLAIN, PASSWORD, json.dumps(MARKER)[1:-1], token):
        assert secret not in log, secret


def test_each_request_is_told_with_number_route_and_ids(folder: Path) -> None:
    token = Founded(folder).token("li", Role.OPERATOR)
    with program("server", "--folder", folder) as one:
        with httpx2.Client(base_url=one.url, trust_env=False, timeout=SECONDS) as web:
            answer = web.post("/sync/v1/push", json=_push(), headers={"Authorization": f"Bearer {token}"})
            assert web.get("/health").status_code == 204
        assert one.stop() == 0
        told = [json.loads(line) for line in one.log().splitlines()]
    pushes = [line for line in told if line.get("route") == "/sync/v1/push"]
    assert [(line["status"], line["operator"], line["level"]) for line in pushes] == [(200, "li", "info")]
    assert pushes[0]["request"] == answer.headers["X-Request-Id"]
    assert pushes[0]["ms"] > 0
    assert not [line for line in told if line.get("route") == "/health"]


def test_the_figures_count_what_happened_and_name_nobody(folder: Path) -> None:
    token = Founded(folder).token("li", Role.OPERATOR)
    headers = {"Authorization": f"Bearer {token}"}
    run("backup", "--folder", folder, "--to", folder / "backups")
    with program("server", "--folder", folder) as one, _client(one) as web:
        push = _push()
        for _ in range(2):
            web.post("/sync/v1/push", json=push, headers=headers)
        web.get("/sync/v1/pull", headers=headers)
        web.post("/session/v1/sign-in", json={"operator": "li", "password": "wrong", "seat": "1"})
        page = web.get("/metrics").text
    figures = dict(line.rsplit(" ", 1) for line in page.splitlines() if not line.startswith("#"))
    asked = 'method="POST",route="/sync/v1/push",status="200"'
    assert figures[f"xinqiao_requests_total{{{asked}}}"] == "2.0"
    assert figures['xinqiao_operations_total{outcome="applied"}'] == "1.0"
    assert figures['xinqiao_operations_total{outcome="dup"}'] == "1.0"
    assert figures['xinqiao_sign_in_refused_total{why="sign_in_refused"}'] == "1.0"
    assert float(figures["xinqiao_pulled_items_total"]) >= 1
    assert 0 <= float(figures["xinqiao_backup_age_seconds"]) < 600
    assert figures["xinqiao_trace_breaks"] == figures["xinqiao_held_operations"] == "0.0"
    assert 'xinqiao_database_connections{state="in_use"}' in figures
    for secret in (PLAIN, '"li"', "zhang", SITE):
        assert secret not in page


def test_with_a_token_the_figures_are_for_who_knows_it(folder: Path) -> None:
    settings = folder / "server.toml"
    settings.write_text('metrics_token = "long-and-secret"\n' + settings.read_text())
    with program("server", "--folder", folder) as one, _client(one) as web:
        assert web.get("/metrics").status_code == 403
        assert web.get("/metrics", headers={"Authorization": "Bearer other"}).status_code == 403
        assert web.get("/metrics", headers={"Authorization": "Bearer long-and-secret"}).status_code == 200


@pytest.mark.expects_log("the database does not answer: Unsealable")
def test_not_ready_without_its_keys(folder: Path) -> None:
    with program("server", "--folder", folder) as one, _client(one) as web:
        assert web.get("/ready").status_code == 204
        _spoil(folder / "keys.sqlite3", "DELETE FROM key_page")
        assert web.get("/ready").status_code == 503
        assert web.get("/health").status_code == 204


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_push_under_way_is_answered_before_the_end_and_another_process_goes_on(
    folder: Path, number: signal.Signals
) -> None:
    token = Founded(folder).token("li", Role.OPERATOR)
    body = json.dumps(_push(), ensure_ascii=False).encode()
    with program("server", "--folder", folder) as one, program("server", "--folder", folder) as other:

        async def story() -> None:
            reader, writer = await asyncio.open_connection("127.0.0.1", int(one.url.rsplit(":", 1)[1]))
            head = f"POST /sync/v1/push HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}\r\n"
            head += f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
            # Half of it has arrived when the word to end comes.
            writer.write(head.encode() + body[: len(body) // 2])
            await writer.drain()
            async with httpx2.AsyncClient(base_url=one.url, trust_env=False, timeout=SECONDS) as web:
                assert (await web.get("/ready")).status_code == 204
                one.process.send_signal(number)
                while True:
                    try:
                        if (await web.get("/ready")).status_code == 503:
                            break
                    except httpx2.TransportError:
                        break
            writer.write(body[len(body) // 2 :])
            assert b" 200 " in await reader.readline()
            writer.close()
            async with httpx2.AsyncClient(base_url=other.url, trust_env=False, timeout=SECONDS) as web:
                answer = await web.get("/sync/v1/pull", headers={"Authorization": f"Bearer {token}"})
                assert answer.json()["items"]

        asyncio.run(story())
        assert one.process.wait(SECONDS) == 0
        assert other.stop() == 0
