"""The master key as the command line knows it: made once, missed loudly, never replaced."""

from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest

from server.central.config import read_config
from server.central.serving import open_made_database
from server.central.storage.engine import sealing_of
from server.central.trouble import ExitCode
from server.cli import main

Run = Callable[..., tuple[int, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run one command; the exit code and all it said, which is never a traceback."""

    def run(*arguments: object) -> tuple[int, str]:
        monkeypatch.setattr("sys.stdin", StringIO("a long password\n"))
        code = main([str(argument) for argument in arguments])
        said = "".join(capsys.readouterr())
        assert "Traceback" not in said
        return code, said

    return run


@pytest.fixture
def folder(tmp_path: Path, run: Run) -> Path:
    """A founded server whose database was made and sealed."""
    folder = tmp_path / "hotline"
    assert run("server", "init", "--folder", folder, "--port", 0)[0] == ExitCode.DONE
    open_made_database(read_config(folder)).dispose()
    return folder


def _adds(run: Run, folder: Path) -> tuple[int, str]:
    return run("operator", "add", "--folder", folder, "li", "--password-stdin")


def test_without_the_master_key_nothing_is_opened_and_what_to_do_is_said(folder: Path, run: Run) -> None:
    (folder / "sealing.key").unlink()
    for command in (("server", "--folder", folder), ("operator", "add", "--folder", folder, "li")):
        code, said = run(*command, *(["--password-stdin"] if command[0] == "operator" else []))
        assert (code, "sealing.key" in said, "server key" in said) == (ExitCode.CONFIG, True, True)


@pytest.mark.parametrize("content", ["", "zz", "00" * 31, "钥匙"])
def test_a_broken_master_key_is_one_sentence(folder: Path, run: Run, content: str) -> None:
    (folder / "sealing.key").write_text(content, encoding="utf-8")
    code, said = _adds(run, folder)
    assert (code, "sealing.key" in said) == (ExitCode.CONFIG, True)


def test_another_master_key_or_another_key_database_opens_nothing(folder: Path, run: Run) -> None:
    kept = (folder / "sealing.key").read_text()
    (folder / "sealing.key").write_text("ab" * 32)
    assert _adds(run, folder)[0] == ExitCode.DATABASE
    (folder / "sealing.key").write_text(kept)
    for path in folder.glob("keys.sqlite3*"):
        path.unlink()
    code, said = _adds(run, folder)
    assert code == ExitCode.DATABASE
    assert "数据未被改动" in said


def test_a_server_of_an_earlier_program_is_given_a_master_key_once(folder: Path, run: Run) -> None:
    code, said = run("server", "key", "--folder", folder)
    assert (code, "sealing.key" in said) == (ExitCode.CONFIG, True)
    kept = (folder / "sealing.key").read_text()
    (folder / "sealing.key").unlink()
    assert run("server", "key", "--folder", folder)[0] == ExitCode.DONE
    made = folder / "sealing.key"
    assert made.stat().st_mode & 0o777 == 0o600
    assert made.read_text() != kept
    assert _adds(run, folder)[0] == ExitCode.DATABASE


def test_records_that_are_gone_are_not_begun_anew_beside_their_keys(folder: Path, run: Run) -> None:
    config = read_config(folder)
    engine = open_made_database(config)
    sealing_of(engine).new_keys(1)
    sealing_of(engine).close()
    engine.dispose()
    for file in folder.glob("central.sqlite3*"):
        file.rename(file.with_suffix(".away"))
    for command in (("server", "--folder", folder), ("operator", "add", "--folder", folder, "li")):
        code, said = run(*command, *(["--password-stdin"] if command[0] == "operator" else []))
        assert (code, "restore" in said) == (ExitCode.DATABASE, True)
    for file in folder.glob("*.away"):
        file.replace(folder / "central.sqlite3")
    assert _adds(run, folder)[0] == ExitCode.DONE
