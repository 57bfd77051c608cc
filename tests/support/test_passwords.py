"""What a guess costs in earnest: the second choice of RFC 9106, on workstation and server."""

from pathlib import Path

import pytest
from argon2 import Type, extract_parameters
from argon2.exceptions import VerifyMismatchError

from console.session.envelope import Cost
from models.clock import SystemClock
from models.people.operator import Operator, Role
from server.central import signing_in
from server.central.config import read_config
from server.central.founding import Plan, found
from server.central.serving import open_made_database
from server.central.signing_in import add_operator
from server.central.storage.accounts import find_account


def test_a_workstation_makes_guesses_dear() -> None:
    assert Cost() == Cost(passes=3, memory=64 * 1024, lanes=4)


def test_a_server_makes_guesses_dear(tmp_path: Path) -> None:
    found(Plan(tmp_path, "jinzhong", port=0), SystemClock())
    engine = open_made_database(read_config(tmp_path))
    assert add_operator(
        engine, Operator("li", "李", "", "jinzhong", (Role.OPERATOR,)), "correct horse battery"
    )
    account = find_account(engine, "li")
    engine.dispose()
    assert account
    kept = extract_parameters(account.password_hash)
    assert (kept.type, kept.time_cost, kept.memory_cost, kept.parallelism) == (Type.ID, 3, 64 * 1024, 4)


def test_an_unknown_name_costs_as_much_as_a_known_one() -> None:
    known = signing_in._HASHER.hash("correct horse battery")
    assert extract_parameters(signing_in._NOBODY) == extract_parameters(known)
    with pytest.raises(VerifyMismatchError):
        signing_in._HASHER.verify(signing_in._NOBODY, "correct horse battery")
