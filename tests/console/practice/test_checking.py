"""`xinqiao practice check FILE` says what is wrong where."""

from pathlib import Path

import pytest

from console.cli import main
from console.practice.checking import EXIT_BROKEN, EXIT_USAGE
from resources.practice.scripts import FOLDER


def test_a_usable_script(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["practice", "check", str(FOLDER / "bridge.toml")]) == 0
    assert "bridge.toml" in capsys.readouterr().out


def test_a_broken_one_is_named_with_line_and_field(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = tmp_path / "mine.toml"
    source = (FOLDER / "bridge.toml").read_text(encoding="utf-8")
    source = source.replace('number = "13800000011"', 'number = "13912345678"')
    broken.write_text(source.replace("trust = ", "trst = ", 1), encoding="utf-8")
    assert main(["practice", "check", str(broken)]) == EXIT_BROKEN
    line = next(n for n, text in enumerate(broken.read_text().splitlines(), 1) if "13912345678" in text)
    said = capsys.readouterr().err
    assert all(word in said for word in ("mine.toml", str(line), "number", "trst"))


def test_without_a_file(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["practice", "check"]) == EXIT_USAGE
    assert capsys.readouterr().err
