"""What the administrator reads of an examination."""

import ast
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from resources.texts import t, use_language
from server.cli import main
from server.gateway.exchange import asterisk_trials
from server.gateway.exchange.asterisk_trials import look_at_folder
from server.gateway.exchange.examination import Report

ADAPTER = Path(asterisk_trials.__file__).parent


@pytest.fixture(autouse=True)
def _chinese_again() -> Iterator[None]:
    yield
    use_language("zh_CN")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    main(["server", "init", "--folder", str(tmp_path / "hotline"), "--port", "8443"])
    return tmp_path / "hotline"


def test_a_gateway_without_an_exchange_is_told_so(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert main(["--language", "en", "gateway", "doctor", "--folder", str(folder)]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "Signing in: " + t("doctor.not_configured")
    assert all("not examined" in line for line in lines[1:])


def test_the_same_as_json(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert main(["gateway", "doctor", "--json", "--folder", str(folder)]) == 1
    found = json.loads(capsys.readouterr().out)
    assert found["looked_at"] == ["login"]
    (one,) = found["findings"]
    assert (one["code"], one["grave"]) == ("not_configured", True)
    assert one["sentence"] == t("doctor.not_configured")


def test_a_wrong_setting_is_a_sentence(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    settings = folder / "gateway.toml"
    settings.write_text(settings.read_text() + '\n[exchange]\nkind = "other"\n')
    assert main(["gateway", "doctor", "--folder", str(folder)]) == 78
    assert "exchange.kind" in capsys.readouterr().err


@pytest.mark.parametrize("command", [["gateway"], ["gateway", "doctor"]], ids=" ".join)
def test_the_folder_must_be_named(command: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(command) == 2
    assert capsys.readouterr().err.strip() == t("server.folder_missing")


def test_a_full_disk(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    tmp_path.chmod(0o700)
    report = Report()
    look_at_folder(tmp_path, report)
    assert "recording_space" not in {one.code for one in report.examined().findings}
    monkeypatch.setattr(asterisk_trials, "_LEAST_BYTES", 1 << 62)
    look_at_folder(tmp_path, report)
    assert "recording_space" in {one.code for one in report.examined().findings}


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_each_code_has_a_sentence_and_each_value_a_name(language: str) -> None:
    use_language(language)
    codes = {name: _first_words(name) for name in ("found", "note")}
    assert len(codes["found"]) > 15
    for code in codes["found"]:
        assert t(f"doctor.{code}", **_anything())
    for name in codes["note"]:
        assert "7" in t(f"doctor.noted_{name}", value="7")


def _first_words(method: str) -> set[str]:
    """The codes that the adapters give to `report.found(subject, code)` and `report.note(name, …)`."""
    words = set()
    for path in ADAPTER.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == method:
                given = [one.value for one in node.args if isinstance(one, ast.Constant)]
                words |= {word for word in given[:1] if isinstance(word, str)}
    return words


def _anything() -> dict[str, str]:
    names = (
        "seats host port user rights names version tried seconds contexts queue seat member telephone trunk"
    )
    return dict.fromkeys([*names.split(), "name", "status", "profile", "folder", "kind", "free"], "7")
