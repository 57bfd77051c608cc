"""A file of an installation is damaged: the programs say which sentence fits, and never end by a fault."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from models.clock import SystemClock
from server.central.config import GATEWAY_FILE, read_config
from server.central.founding import Plan, found
from server.central.serving import bind, central_server, open_made_database
from server.central.trouble import CommandTrouble
from server.gateway import app as gateway
from server.gateway.problems import GatewayError
from server.gateway.settings import read_settings
from server.gateway.sync.server import read_identity
from tests.support.hotline import SITE
from tests.support.processes import free_port
from tests.support.soak import runs

_PLACES = runs(12, 200)
# A start needs the first no more, without the second no gateway signs in, and the third is read where the
# exchange's folder of recordings is named.
_UNREAD = frozenset({"ca.key", "gateway-identity.pub", "recordings.pub"})
# A hotline that was founded before there were recordings has none.
_MAY_BE_MISSING = _UNREAD | {"recordings.key"}
_DATABASES = ("sqlite3", "sqlite3-wal", "sqlite3-shm")

Damage = Callable[[bytes], bytes]


def _flipped(place: int) -> Damage:
    def flip(whole: bytes) -> bytes:
        at = len(whole) * place // _PLACES
        return whole[:at] + bytes([whole[at] ^ 0x10]) + whole[at + 1 :]

    return flip


_DAMAGES: dict[str, Damage] = {
    "empty": lambda whole: b"",
    "zeros": lambda whole: bytes(len(whole)),
    "noise": lambda whole: bytes(range(256)) * 4,
    "half": lambda whole: whole[: len(whole) // 2],
    **{f"flipped at {place}": _flipped(place) for place in range(_PLACES)},
}
# Whatever a byte becomes, these do not read as what they were.
_ALWAYS_NOTICED = ("empty", "zeros", "noise", "half")


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An installation that others can reach, as it is founded, with its databases."""
    folder = tmp_path_factory.mktemp("whole") / "hotline"
    found(Plan(folder, SITE, port=free_port(), host="0.0.0.0"), SystemClock())
    assert _starting(folder) == ""
    return folder


def _files(whole: Path) -> list[str]:
    return sorted(path.name for path in whole.iterdir() if not path.name.endswith(_DATABASES))


@pytest.fixture
def folder(whole: Path, tmp_path: Path) -> Path:
    return shutil.copytree(whole, tmp_path / "hotline")


@pytest.mark.parametrize("kind", _DAMAGES)
def test_what_a_damaged_file_makes_of_a_start_is_a_sentence(whole: Path, folder: Path, kind: str) -> None:
    unnoticed: list[str] = []
    for name in _files(whole):
        content = (whole / name).read_bytes()
        (folder / name).write_bytes(_DAMAGES[kind](content))
        if not _starting(folder):
            unnoticed.append(name)
        (folder / name).write_bytes(content)
    if kind in _ALWAYS_NOTICED:
        assert set(unnoticed) <= _UNREAD


@pytest.mark.parametrize("missing", ["file", "folder in its place"])
def test_what_a_missing_file_makes_of_a_start_is_a_sentence(whole: Path, folder: Path, missing: str) -> None:
    for name in _files(whole):
        content = (whole / name).read_bytes()
        (folder / name).unlink()
        if missing != "file":
            (folder / name).mkdir()
        assert _starting(folder) or name in _MAY_BE_MISSING, name
        if missing != "file":
            (folder / name).rmdir()
        (folder / name).write_bytes(content)


def _starting(folder: Path) -> str:
    """Start both programs as far as they read their files; the first trouble that one of them tells."""
    try:
        _start_server(folder)
        settings = read_settings(folder / GATEWAY_FILE, practice=False)
        gateway._trust(settings)
        gateway._tls(settings)
        if settings.account:
            read_identity(settings.account.identity)
    except (CommandTrouble, GatewayError) as trouble:
        return str(trouble) or type(trouble).__name__
    return ""


def _start_server(folder: Path) -> None:
    config = read_config(folder)
    with bind(config) as listening:
        engine = open_made_database(config)
        try:
            central_server(config, engine, SystemClock(), listening)
        finally:
            engine.dispose()
