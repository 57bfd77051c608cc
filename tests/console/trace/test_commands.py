"""`xinqiao audit verify --operator` at a workstation, as an auditor types it."""

import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import delete

from console import cli
from console.session.envelope import Cost
from console.session.keys import Vault, open_vault
from console.session.secret_store import NoSecretStore
from console.storage.tables.trace import trace_entry
from console.trace.commands import EXIT_BROKEN, EXIT_FAILED
from models.trace.entry import Act
from server.central.certificates import ticket_pair
from tests.console.storage.acts import OPERATOR, confirm, note_opened, opened, pushed
from tests.structure.project import ROOT

PASSWORD = "correct horse battery"


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    """An operator's file with four entries of trace."""
    vault = open_vault(
        tmp_path / "data", OPERATOR, PASSWORD, NoSecretStore(), Cost(passes=1, memory=64, lanes=1)
    )
    storage = opened(vault.database, vault.key)
    storage.perform([note_opened("a")])
    confirm(storage, pushed(storage))
    for n in range(3):
        storage.trace.write(Act.READ, "note", f"n{n}")
    storage.close()
    return vault


def verify(
    vault: Vault, *arguments: str, password: str = PASSWORD, operator: str = OPERATOR
) -> "subprocess.CompletedProcess[str]":
    named = ("--operator", operator, "--data", str(vault.database.parent), "--password-stdin")
    done = subprocess.run(
        [sys.executable, "-m", "console", "audit", "verify", *named, *arguments],
        cwd=ROOT,
        input=f"{password}\n",
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Traceback" not in done.stderr
    return done


def test_a_whole_trace_is_said_to_be_whole(vault: Vault) -> None:
    done = verify(vault)
    assert done.returncode == 0, done.stderr
    assert "1 条链" in done.stdout
    assert "4 条记录" in done.stdout
    assert "全部完整" in done.stdout


def test_a_broken_one_is_named_with_the_place_and_its_own_exit_code(vault: Vault) -> None:
    storage = opened(vault.database, vault.key)
    with storage._engine.begin() as connection:
        connection.execute(delete(trace_entry).where(trace_entry.c.n == 3))
    storage.close()
    done = verify(vault)
    assert done.returncode == EXIT_BROKEN
    assert "第 3 条" in done.stdout


def test_a_wrong_password_an_unknown_operator_and_a_file_that_is_no_key_are_said(
    vault: Vault, tmp_path: Path
) -> None:
    assert verify(vault, password="wrong").returncode == EXIT_FAILED
    assert verify(vault, operator="nobody").returncode == EXIT_FAILED
    assert not (vault.database.parent / "nobody.key").exists()
    (tmp_path / "receipts.pub").write_bytes(b"no key")
    assert verify(vault, "--key", str(tmp_path / "receipts.pub")).returncode == EXIT_FAILED
    (tmp_path / "receipts.pub").write_bytes(ticket_pair().public)
    assert verify(vault, "--key", str(tmp_path / "receipts.pub")).returncode == 0


def test_without_an_operator_it_is_the_servers_trace(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    code = cli.main(["audit", "verify", "--folder", str(tmp_path)])
    assert code == 3
    assert "server.toml" in capfd.readouterr().err
