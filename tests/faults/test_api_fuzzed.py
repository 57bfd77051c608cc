"""The interface, fed from its own description with what fits it and what does not: never an answer of 5xx."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import APIOperation, Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import content_type_conformance, status_code_conformance

from models.people.operator import Role
from server.central.app import build_app
from server.central.openapi import description
from tests.server.central.hotline import Hotline
from tests.support.sealed import open_sealed
from tests.support.soak import runs

_SCHEMA = schemathesis.openapi.from_dict(json.loads(description()))
_OPERATIONS = {one.ok().label: one.ok() for one in _SCHEMA.get_all_operations()}
_CHECKS = [not_a_server_error, content_type_conformance, status_code_conformance]
_EXAMPLES = runs(20, 1000)
# Each of these checks a password, which takes a good part of a second on purpose.
_SLOW = ("POST /session/v1/sign-in", "POST /session/v1/password")
_SLOW_EXAMPLES = runs(4, 200)


@pytest.fixture(scope="module")
def hotline(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hotline]:
    folder: Path = tmp_path_factory.mktemp("fuzzed")
    engine = open_sealed(f"sqlite:///{folder}/central.sqlite3")
    hotline = Hotline(engine)
    app = build_app(hotline.settings, hotline.clock, engine)
    # Nobody waits for news here: a pull is answered at once.
    app.state.desks.news.close()
    _SCHEMA.app = app
    yield hotline
    engine.dispose()


@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: mode.value)
@pytest.mark.parametrize("signed_in", [True, False])
@pytest.mark.parametrize("label", _OPERATIONS)
def test_nothing_that_is_sent_makes_the_server_fail(
    hotline: Hotline, label: str, signed_in: bool, mode: GenerationMode
) -> None:
    token = hotline.seat(Role.LEAD, Role.OPERATOR).token if signed_in else ""
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    answered = _asked(
        _OPERATIONS[label], mode, lambda case: case.call_and_validate(headers=headers, checks=_CHECKS)
    )
    takes_nothing = label.startswith("GET") and "pull" not in label
    assert answered or takes_nothing


def _asked(operation: APIOperation, mode: GenerationMode, ask: Callable[[Case], object]) -> int:
    """Ask with one example after the other; gives how many there were."""
    asked = []

    @settings(
        max_examples=_SLOW_EXAMPLES if operation.label in _SLOW else _EXAMPLES,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate],
        deadline=None,
    )
    @given(operation.as_strategy(generation_mode=mode))
    def one(case: Case) -> None:
        asked.append(ask(case))

    try:
        one()
    except Unsatisfiable:
        # It takes nothing that could be wrong.
        return 0
    return len(asked)
