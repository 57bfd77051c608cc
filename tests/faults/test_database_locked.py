"""Another process holds a lock on the database: saving waits, says so, and goes on; nothing is lost."""

import asyncio
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.console.storage.acts import KEY, draft, note_opened, opened, text_of
from tests.faults.saving import PATIENCE, saving
from tests.support.processes import ended

_HOLDER = """
import sys
from pathlib import Path
from console.storage.connecting import connect
connection = connect(Path(sys.argv[1]), bytes.fromhex(sys.argv[2]))
connection.execute("BEGIN IMMEDIATE")
print("held", flush=True)
sys.stdin.readline()
connection.execute("ROLLBACK")
connection.close()
"""


def test_saving_waits_until_the_other_lets_go(tmp_path: Path) -> None:
    path = tmp_path / "zhang.db"

    async def worked() -> None:
        async with saving(path) as console:
            await console.journal.write(note_opened("n"), draft("n", "之前"))
            with _held(path) as holder:
                saved = console.journal.write(draft("n", "别的程序占着文件时写的"))
                problem = await console.trouble()
                assert (problem.code, problem.params["cause"]) == ("not_saved", "disk_busy")
                assert not saved.done()
                assert holder.stdin is not None
                holder.stdin.write("\n")
                holder.stdin.flush()
                async with asyncio.timeout(PATIENCE):
                    await saved
            assert console.problems.store.value == ()

    asyncio.run(worked())
    storage = opened(path)
    assert text_of(storage, "n") == "别的程序占着文件时写的"
    assert storage.unsent().count == 2
    storage.close()


@contextmanager
def _held(path: Path) -> Iterator["subprocess.Popen[str]"]:
    """Another program that has begun to write and does not go on until it hears a line."""
    process = subprocess.Popen(
        [sys.executable, "-c", _HOLDER, str(path), KEY.hex()],
        cwd=Path(__file__).resolve().parents[2],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with ended(process):
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        yield process
