"""What a guess costs in earnest: the second choice of RFC 9106, on workstation and server."""

from pathlib import Path

from argon2 import Type, extract_parameters

from console.session.envelope import Cost
from models.clock import SystemClock
from models.people.operator import Operator, Role
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
