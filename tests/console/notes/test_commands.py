"""`xinqiao forms`: check, key and sign, as typed at the command line."""

from base64 import b64decode, b64encode
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from console.cli import main
from resources import forms, packs
from resources.texts import use_language
from tests.resources.test_packs import FORM


@pytest.fixture(autouse=True)
def chinese_again() -> Iterator[None]:
    yield
    use_language("zh_CN")


def test_a_file_without_faults(capsys: pytest.CaptureFixture[str]) -> None:
    path = str(forms.shipped("full"))
    assert main(["forms", "check", path, "--language", "en"]) == 0
    assert capsys.readouterr().out == f"{path}: no faults found\n"


def test_every_fault_is_a_line_with_file_line_and_cause(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(FORM.replace("version = 1", "version = 0").replace('"text"', '"txt"'), encoding="utf-8")
    assert main(["forms", "check", str(path)]) == 1
    first, second = capsys.readouterr().out.splitlines()
    assert first == f"{path}:2：version：应不小于 1"
    assert second.startswith(f"{path}:19：section[1].field[1].type：“txt”不在可选的值中")


def pack_at(folder: Path) -> Path:
    (folder / "forms").mkdir(parents=True)
    head = 'id = "example"\nversion = 1\nowner = "Artificial Example"\ndate = "2026-01-01"\n'
    (folder / packs.MANIFEST).write_text(head, encoding="utf-8")
    (folder / "forms" / "mine.toml").write_text(FORM, encoding="utf-8")
    return folder


def test_a_pack_signed_by_a_made_key_is_believed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    key, pack = tmp_path / "key", pack_at(tmp_path / "pack")
    assert main(["forms", "key", str(key)]) == 0
    public = capsys.readouterr().out.strip().rpartition("：")[2]
    assert key.stat().st_mode & 0o077 == 0
    assert main(["forms", "sign", str(pack), "--key", str(key)]) == 0
    assert packs.load(pack, [b64decode(public)]).files == ("forms/mine.toml",)
    assert main(["forms", "check", str(pack)]) == 0
    # A second key is never written over the first.
    assert main(["forms", "key", str(key)]) == 4


def test_a_pack_with_faults_is_not_signed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    key, pack = tmp_path / "key", pack_at(tmp_path / "pack")
    key.write_bytes(b64encode(Ed25519PrivateKey.generate().private_bytes_raw()))
    form = pack / "forms" / "mine.toml"
    form.write_text(FORM.replace('"text"', '"txt"'), encoding="utf-8")
    assert main(["forms", "sign", str(pack), "--key", str(key)]) == 1
    assert f"{form}:19" in capsys.readouterr().err
    assert not (pack / (packs.MANIFEST + ".sig")).exists()


def test_what_is_no_key_signs_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    key, pack = tmp_path / "key", pack_at(tmp_path / "pack")
    key.write_text("c2hvcnQ=", encoding="utf-8")
    assert main(["forms", "sign", str(pack), "--key", str(key)]) == 4
    assert str(key) in capsys.readouterr().err


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_files_of_several_kinds_and_the_site_tell_all_their_faults(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], language: str
) -> None:
    marks, site = tmp_path / "marks.toml", tmp_path / "sites" / "ours.toml"
    site.parent.mkdir()
    marks.write_text('version = "1"\n[[mark]]\nid = 1\n', encoding="utf-8")
    site.write_text('id = "ours"\nhours = "always"\n', encoding="utf-8")
    garbage = tmp_path / "silent.toml"
    garbage.write_bytes(b"\xff\xfe\x00")
    files = [str(marks), str(site), str(garbage), str(tmp_path / "gone.toml")]
    assert main(["forms", "check", *files, "--language", language]) == 1
    said = capsys.readouterr().out.splitlines()
    assert [len([line for line in said if line.startswith(file)]) for file in files] == [4, 9, 1, 1]
    # A site that is broken itself can vouch for no signature.
    assert main(["forms", "check", files[0], "--site", str(site), "--language", language]) == 1
    again = capsys.readouterr().out.splitlines()
    assert again == [line for line in said if line.startswith(str(site))]
