"""The interface, fed from its own description with what fits it and what does not: never an answer of 5xx."""

import asyncio
import json
import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx2
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import APIOperation, Case, GenerationMode
from schemathesis.core.result import Ok

from models.people.operator import Role
from models.schema import SCHEMA
from server.central.app import build_app
from server.central.news.wakes import News
from server.central.openapi import description
from tests.server.central.hotline import Hotline
from tests.support.sealed import open_sealed
from tests.support.soak import runs

_DESCRIBED: dict[str, Any] = json.loads(description())
Operation = APIOperation[Any, Any, Any, Any]
Example = Case[Operation]


def _described() -> Iterator[Operation]:
    for one in schemathesis.openapi.from_dict(_DESCRIBED).get_all_operations():
        assert isinstance(one, Ok)
        yield one.ok()


_OPERATIONS = {operation.label: operation for operation in _described()}
_EXAMPLES = runs(12, 1000)
# Each of these checks a password, which takes a good part of a second on purpose.
_SLOW = ("POST /session/v1/sign-in", "POST /session/v1/password")
_SLOW_EXAMPLES = runs(3, 200)
_PUSH = "POST /sync/v1/push"
_REFUSES_ANY = 500
_PATIENCE_SECONDS = 0.01


@dataclass(frozen=True)
class Fuzzed:
    """A server in this process and a client of it."""

    hotline: Hotline
    web: httpx2.AsyncClient
    runner: asyncio.Runner
    news: News

    async def ask(self, request: httpx2.Request) -> httpx2.Response:
        """The answer; whoever waits for news is sent away at once, as when a ticket ends."""
        asking = asyncio.ensure_future(self.web.send(request))
        while not asking.done():
            self.news.dismiss(lambda _ticket: True)
            await asyncio.wait({asking}, timeout=_PATIENCE_SECONDS)
        return asking.result()


@pytest.fixture(scope="module")
def fuzzed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Fuzzed]:
    folder: Path = tmp_path_factory.mktemp("fuzzed")
    engine = open_sealed(f"sqlite:///{folder}/central.sqlite3")
    hotline = Hotline(engine)
    app = build_app(hotline.settings, hotline.clock, engine)
    web = httpx2.AsyncClient(transport=httpx2.ASGITransport(app), base_url="http://test")
    with asyncio.Runner() as runner:
        yield Fuzzed(hotline, web, runner, app.state.desks.news)
        runner.run(web.aclose())
    engine.dispose()


@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: str(mode.value))
@pytest.mark.parametrize("signed_in", [True, False])
@pytest.mark.parametrize("label", _OPERATIONS)
def test_nothing_that_is_sent_makes_the_server_fail(
    fuzzed: Fuzzed, label: str, signed_in: bool, mode: GenerationMode
) -> None:
    token = fuzzed.hotline.seat(Role.LEAD, Role.OPERATOR).token if signed_in else ""

    async def ask(case: Example) -> int:
        return (await fuzzed.ask(_request(fuzzed.web, case, token))).status_code

    answers = _answers(_OPERATIONS[label], mode, lambda case: fuzzed.runner.run(ask(case)))
    undescribed = answers - {status for status in answers if _is_described(label, status)}
    assert {status for status in answers if status >= _REFUSES_ANY} == set()
    assert undescribed == set()
    takes_nothing = label.startswith("GET") and "pull" not in label
    assert answers or takes_nothing


def _answers(operation: Operation, mode: GenerationMode, ask: Callable[[Example], int]) -> set[int]:
    """The statuses of the answers to one example after the other."""
    answers: set[int] = set()

    @settings(
        max_examples=_SLOW_EXAMPLES if operation.label in _SLOW else _EXAMPLES,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate],
        deadline=None,
    )
    @given(operation.as_strategy(generation_mode=mode))
    def one(case: Example) -> None:
        answers.add(ask(case))

    # What the server warns of is what it was fed with.
    logging.disable(logging.ERROR)
    try:
        one()
    except Unsatisfiable:
        # It takes nothing that could be wrong.
        return answers
    finally:
        logging.disable(logging.NOTSET)
    return answers


def _request(web: httpx2.AsyncClient, case: Example, token: str) -> httpx2.Request:
    made = case.as_transport_kwargs(base_url="http://test")
    headers = dict(made["headers"]) | ({"Authorization": f"Bearer {token}"} if token else {})
    content = made.get("data")
    if "json" in made:
        body = made["json"]
        if case.operation.label == _PUSH and isinstance(body, dict):
            # Otherwise hardly one would be of a protocol and a schema that the server speaks.
            body = body | {"proto": 1, "schema_version": SCHEMA}
        content = json.dumps(body).encode()
    return web.build_request(
        made["method"], made["url"], headers=headers, params=made.get("params"), content=content
    )


def _is_described(label: str, status: int) -> bool:
    method, path = label.split(" ")
    known = _DESCRIBED["paths"][path][method.lower()]["responses"]
    return str(status) in known or f"{status // 100}XX" in known
