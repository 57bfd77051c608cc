"""The loudspeaker's program: gets every sample through a pipe, is ended at once, and may be missing."""

import asyncio
import os
import stat
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from console.recordings.speaker import NoSpeaker, SystemSpeaker, commands
from models.recordings.playing import Leave

FORM = Leave("p", "r", datetime(2026, 1, 1, tzinfo=UTC), 32_000, 8000, 2, 1)
SOUND = bytes(range(250)) * 640
NAMES = [command[0] for command in commands(FORM)]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The only place where programs are found."""
    monkeypatch.setenv("PATH", str(tmp_path))
    return tmp_path


def program(folder: Path, name: str, body: str) -> Path:
    path = folder / name
    path.write_text(f"#!{sys.executable}\nimport sys\n{body}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


@pytest.mark.parametrize("name", NAMES)
def test_any_of_the_programs_gets_all_of_it(folder: Path, name: str) -> None:
    heard = folder / "heard"
    program(folder, name, f"open({str(heard)!r}, 'wb').write(sys.stdin.buffer.read())")

    async def played() -> None:
        speaker = SystemSpeaker()
        await speaker.begin(FORM)
        for start in range(0, len(SOUND), 4000):
            await speaker.play(SOUND[start : start + 4000])
        await speaker.finish()

    asyncio.run(played())
    assert heard.read_bytes() == SOUND


def test_the_usual_one_comes_first_and_is_told_the_form(folder: Path) -> None:
    said = folder / "said"
    for name in NAMES:
        program(folder, name, f"open({str(said)!r}, 'w').write(' '.join(sys.argv)); sys.stdin.read()")

    async def played() -> None:
        speaker = SystemSpeaker()
        await speaker.begin(FORM)
        await speaker.finish()

    asyncio.run(played())
    words = said.read_text().split()
    assert Path(words[0]).name == NAMES[0]
    assert "--rate=8000" in words


def test_without_a_program_it_is_told_so(folder: Path) -> None:
    with pytest.raises(NoSpeaker, match="no_player"):
        asyncio.run(SystemSpeaker().begin(FORM))


def test_a_program_that_ends_is_told_of(folder: Path) -> None:
    program(folder, NAMES[0], "sys.exit(1)")

    async def played() -> None:
        speaker = SystemSpeaker()
        await speaker.begin(FORM)
        try:
            while True:
                await speaker.play(SOUND)
        finally:
            await speaker.stop()

    with pytest.raises(NoSpeaker, match="no_sound"):
        asyncio.run(played())


def test_it_is_quiet_at_once(folder: Path) -> None:
    number = folder / "pid"
    stuck = "import os\nopen({!r}, 'w').write(str(os.getpid()))\nsys.stdin.read()"
    program(folder, NAMES[0], stuck.format(str(number)))

    async def played() -> None:
        speaker = SystemSpeaker()
        await speaker.begin(FORM)
        await speaker.play(SOUND[:4000])
        while not (number.exists() and number.read_text()):
            await asyncio.get_running_loop().run_in_executor(None, os.sched_yield)
        await speaker.stop()
        await speaker.stop()

    asyncio.run(played())
    with pytest.raises(ProcessLookupError):
        os.kill(int(number.read_text()), 0)
