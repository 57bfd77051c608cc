"""Another receipt key: the former one vouches for it, and what both signed is whole."""

import json
from pathlib import Path

import pytest

from models.clock import SystemClock
from models.trace.entry import Act, Happening
from server.central.config import read_config
from server.central.founding import Plan, found
from server.central.serving import open_made_database
from server.central.storage.recording import SERVER, record_alone
from server.central.trace.desk import TraceDesk
from server.central.trace.signing import ReceiptKey
from server.central.trouble import ExitCode
from server.cli import main


def _closed(folder: Path, clock: SystemClock) -> str:
    """Something happens, and the hour is signed; gives the public key by which."""
    config = read_config(folder)
    keys = config.settings().keys
    engine, key = open_made_database(config), ReceiptKey(keys.receipts.private, keys.successions)
    try:
        record_alone(engine, clock.now(), [(SERVER, Happening(Act.COPIED, "database"))])
        TraceDesk(engine, clock, key).close_hour()
    finally:
        engine.dispose()
    return key.public


def test_the_trace_is_whole_over_two_changes_of_the_key(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    clock, folder = SystemClock(), tmp_path / "hotline"
    found(Plan(folder, "jinzhong"), clock)
    seen = {_closed(folder, clock)}
    private = (folder / "receipts.key").read_bytes()
    for _ in range(2):
        assert main(["server", "receipts", "--folder", str(folder)]) == ExitCode.DONE
        seen.add(ReceiptKey(read_config(folder).settings().keys.receipts.private).public)
    assert len(seen) == 3
    assert (folder / "receipts.key").read_bytes() != private
    assert (folder / "receipts.key").stat().st_mode & 0o077 == 0
    assert main(["audit", "verify", "--folder", str(folder)]) == ExitCode.DONE
    (folder / "receipts.successions").unlink()
    assert main(["audit", "verify", "--folder", str(folder)]) == ExitCode.TRACE
    assert str(folder / "receipts.pub") in capsys.readouterr().out


def test_a_succession_that_nobody_signed_stops_the_server(tmp_path: Path) -> None:
    folder = tmp_path / "hotline"
    found(Plan(folder, "jinzhong"), SystemClock())
    assert main(["server", "receipts", "--folder", str(folder)]) == ExitCode.DONE
    path = folder / "receipts.successions"
    told = json.loads(path.read_text())
    told[0]["former"] = told[0]["key"]
    path.write_text(json.dumps(told))
    assert main(["audit", "verify", "--folder", str(folder)]) == ExitCode.CONFIG
