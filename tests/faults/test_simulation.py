"""Five workstations and a server over a rough network: no invariant is broken, whatever the seed."""

import json
import os
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest

from tests.faults.simulation.story import Kind, tell
from tests.support.soak import runs

_ROOT = Path(__file__).resolve().parents[2]
STORIES = runs(200, 2000)


@pytest.mark.long
def test_no_story_ends_badly() -> None:
    # One program for each core: each tells its share of the seeds.
    shares = os.cpu_count() or 1
    ends = [STORIES * share // shares for share in range(shares + 1)]
    programs = [_telling(first, end) for first, end in pairwise(ends)]
    told = [json.loads(line) for program in programs for line in program.communicate()[0].splitlines()]
    broken = [line for line in told if "check" in line]
    assert not broken, "\n".join(map(json.dumps, broken))
    assert sum(line["told"] for line in told) == STORIES
    assert [program.returncode for program in programs] == [0] * shares


def test_a_seed_tells_the_same_story_again(tmp_path: Path) -> None:
    (tmp_path / "once").mkdir()
    (tmp_path / "again").mkdir()
    assert tell(7, tmp_path / "once") == tell(7, tmp_path / "again") != []


@pytest.mark.long
def test_a_server_that_is_put_back_again_and_again_loses_no_text(tmp_path: Path) -> None:
    """It counts anew what it counted before: the numbers of versions come twice, for other texts."""
    often = Kind({"backup": 8, "restore": 8}, 0, 50, 0, 0)
    for seed in range(runs(6, 200)):
        folder = tmp_path / str(seed)
        folder.mkdir()
        assert tell(seed, folder, often) != []


def _telling(first: int, end: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-W", "error", "-m", "tests.faults.simulation", str(first), str(end)]
    return subprocess.Popen(command, cwd=_ROOT, stdout=subprocess.PIPE, text=True)
