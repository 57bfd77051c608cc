"""The console is killed (SIGKILL) at random points while somebody types and it syncs, again and again.

All that the screen called saved is in the file or at the server, and nothing is applied twice.
"""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from typing import Any

import pytest

from console.session.envelope import Cost
from console.session.keys import Vault, open_vault
from console.session.secret_store import NoSecretStore
from console.storage.opening import open_storage
from models.clock import SystemClock
from models.notes.note import Note
from models.risk.assessment import Assessment
from tests.faults.killing.console import FINAL
from tests.support.hotline import PASSWORD, Hotline, found_hotline
from tests.support.processes import ended
from tests.support.soak import runs

KILLS = runs(50, 1000)
OPERATOR = "zhang"
CHEAP = Cost(passes=1, memory=64, lanes=1)
TROUBLES = {"acts_refused", "not_saved", "storage_damaged", "storage_rebuilt", "sign_in_again"}
ROOT = Path(__file__).resolve().parents[2]


class Consoles:
    """Starts one console after the other, each a process of its own, and hears what they tell."""

    def __init__(self, process: "subprocess.Popen[str]", folder: Path, server: str) -> None:
        self._process = process
        self._place = {"folder": str(folder), "server": server, "operator": OPERATOR}
        self.saved: dict[str, int] = {}
        self.typed = 0

    def killed(self, seed: int, lines: int) -> None:
        """Start a console and kill it after so many lines."""
        pid = self._start(seed)
        for _ in range(lines):
            self._hear()
        os.kill(pid, signal.SIGKILL)
        assert self._until("ended") == signal.SIGKILL

    def at_the_end(self) -> list[str]:
        """Start the last console, which sends what is left; gives the problems that stand."""
        self._start(FINAL)
        problems: list[str] = self._until("problems")
        assert self._until("ended") == 0
        return problems

    def _start(self, seed: int | str) -> int:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps({**self._place, "seed": seed, "number": self.typed}) + "\n")
        self._process.stdin.flush()
        pid: int = self._until("pid")
        return pid

    def _until(self, what: str) -> Any:
        while True:
            told = self._hear()
            if what in told:
                return told[what]
            assert "ended" not in told, f"it ended before it told {what}"

    def _hear(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        assert line, "the consoles ended"
        # A line that was cut off by the kill told nobody anything.
        start = line.rfind('{"')
        try:
            told: dict[str, Any] = json.loads(line[start:])
        except ValueError:
            return {}
        assert "failed" not in told, told
        assert told.get("ended", 0) in (0, signal.SIGKILL), "a console failed by itself"
        self.typed = max(self.typed, told.get("typed", 0))
        if "note" in told:
            self.saved[told["note"]] = max(self.saved.get(told["note"], 0), told["saved"])
        return told


@pytest.fixture(scope="module")
def hotline(tmp_path_factory: pytest.TempPathFactory) -> Hotline:
    hotline = found_hotline(tmp_path_factory.mktemp("killed") / "hotline")
    hotline.add_operator(OPERATOR)
    return hotline


@pytest.mark.long
def test_fifty_kills(hotline: Hotline, tmp_path: Path) -> None:
    random = Random(KILLS)
    folder = tmp_path / "workstation"
    vault = open_vault(folder, OPERATOR, PASSWORD, NoSecretStore(), CHEAP)
    with hotline.running("server") as server, _consoles(folder, server) as consoles:
        for seed in range(KILLS):
            consoles.killed(seed, random.randrange(1, 40))
            _all_there(vault, consoles.saved, settled=False)
        assert TROUBLES.isdisjoint(consoles.at_the_end())
        _all_there(vault, consoles.saved, settled=True)
        fresh = tmp_path / "another"
        other = open_vault(fresh, OPERATOR, PASSWORD, NoSecretStore(), CHEAP)
        with _consoles(fresh, server) as elsewhere:
            elsewhere.at_the_end()
            # A second round: the first sign-in may have pulled before everything was said to be sent.
            elsewhere.at_the_end()
    assert consoles.saved
    _all_there(other, consoles.saved, settled=True)


@contextmanager
def _consoles(folder: Path, server: str) -> Iterator[Consoles]:
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.faults.killing.console"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with ended(process):
        yield Consoles(process, folder, server)
        assert process.stdin is not None
        process.stdin.close()
        process.wait()


def _all_there(vault: Vault, saved: dict[str, int], settled: bool) -> None:
    """Every note holds at least what was called saved of it, and no act twice."""
    if not vault.database.exists():
        assert not saved
        return
    storage = open_storage(vault.database, vault.key, OPERATOR, SystemClock())
    try:
        if settled:
            assert storage.unsent().count == 0
        assert storage.refused() == ()
        for note, number in saved.items():
            found = storage.record("note", note)
            assert found is not None, f"note {note} is gone"
            entity = found.entity
            assert isinstance(entity, Note)
            assert entity.versions == ()
            shown = int(str(entity.body.values["complaint"]).split()[0])
            assert shown >= number, f"{found.pending} acts wait, {entity.state}, {settled}"
            assessed = storage.record("risk", note)
            if assessed is not None:
                assert isinstance(assessed.entity, Assessment)
                answers = [answer.op for answer in assessed.entity.answers]
                assert len(set(answers)) == len(answers)
                numbers = [answer.n for answer in assessed.entity.answers]
                assert len(set(numbers)) == len(numbers)
    finally:
        storage.close()
