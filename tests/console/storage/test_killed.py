"""A program that is killed while it writes loses nothing that it had called saved."""

import subprocess
import sys
from pathlib import Path

from tests.console.storage.acts import opened, pushed, text_of

ROUNDS = 4
SAVES = 25


def test_what_was_called_saved_is_there(tmp_path: Path) -> None:
    path = tmp_path / "zhang.db"
    saved = 0
    for _ in range(ROUNDS):
        saved = _killed_while_writing(path, saved)
        storage = opened(path)
        found = int(text_of(storage, "n").split()[0])
        # One more may have been on its way when the program was killed.
        assert found in (saved, saved + 1)
        seqs = [seq for seq, _ in pushed(storage, 500).rows]
        assert seqs == list(range(1, len(seqs) + 1))
        storage.close()
        saved = found


def _killed_while_writing(path: Path, start: int) -> int:
    """Start a writer, kill it in the middle of its work; gives the last number it called saved."""
    command = [sys.executable, "-m", "tests.console.storage.writing_process", str(path), str(start)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout is not None
        for _ in range(SAVES):
            writer.stdout.readline()
        writer.kill()
        rest = writer.stdout.read().split("\n")
    told = [int(line) for line in rest[:-1] if line]
    return told[-1] if told else start + SAVES
