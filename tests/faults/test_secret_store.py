"""The secret store of the operating system is locked, missing or emptied while records are sealed with it.

Nobody comes in, it is said why, no file is touched and no new key is made; once the store is what it was,
everything is there.
"""

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.hotline import Hotline, found_hotline
from tests.support.secretstore import SecretStore, running_secret_store

pytestmark = pytest.mark.secretstore
OPERATOR = "zhang"
ROOT = Path(__file__).resolve().parents[2]
_WITH_ITEMS = """
import secretstorage, sys
connection = secretstorage.dbus_init()
collection = secretstorage.get_default_collection(connection)
items = list(collection.get_all_items())
"""
_LOCK = _WITH_ITEMS + "collection.lock(); assert collection.is_locked()"
_TAKE_OUT = (
    _WITH_ITEMS
    + """
for item in items:
    print(item.get_secret().hex(), item.get_label(), repr(item.get_attributes()), sep="\\t")
    item.delete()
"""
)
_PUT_BACK = (
    _WITH_ITEMS
    + """
import ast
for line in sys.stdin:
    secret, label, attributes = line.rstrip("\\n").split("\\t")
    collection.create_item(label, ast.literal_eval(attributes), bytes.fromhex(secret), replace=True)
"""
)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    hotline: Hotline = found_hotline(tmp_path_factory.mktemp("guarded") / "hotline")
    hotline.add_operator(OPERATOR)
    with hotline.running("server") as url:
        yield url


@pytest.fixture
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SecretStore]:
    """A store that no other test locks or empties."""
    with running_secret_store(tmp_path_factory.mktemp("store")) as store:
        yield store


class Guarded:
    """One workstation and what a console on it says."""

    def __init__(self, folder: Path, server: str) -> None:
        self._folder = folder
        self._server = server

    def says(self, environment: dict[str, str], words: str = "") -> dict[str, Any]:
        command = [sys.executable, "-m", "tests.faults.guarded", str(self._folder), self._server]
        done = subprocess.run(
            [*command, OPERATOR, words],
            cwd=ROOT,
            env=environment,
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
        told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
        return told

    def sealed(self) -> dict[str, str]:
        """The files that hold the key or are sealed with it."""
        return {
            path.name: hashlib.sha256(path.read_bytes()).hexdigest()
            for path in sorted(self._folder.iterdir())
            if path.name.startswith(OPERATOR)
        }


def test_a_locked_store(store: SecretStore, tmp_path: Path, server: str) -> None:
    console = Guarded(tmp_path, server)
    before = console.says(store.environment(), "锁上之前")
    assert "secret_store_missing" not in before["problems"]
    files = console.sealed()
    _python(_LOCK, store)
    assert console.says(store.environment()) == {"refused": "secret_locked"}
    assert console.sealed() == files


def test_a_missing_store(store: SecretStore, tmp_path: Path, server: str) -> None:
    console = Guarded(tmp_path, server)
    console.says(store.environment(), "消失之前")
    files = console.sealed()
    nowhere = {**os.environ, "DBUS_SESSION_BUS_ADDRESS": f"unix:path={tmp_path}/nobody"}
    assert console.says(nowhere) == {"refused": "secret_absent"}
    assert console.sealed() == files
    assert "消失之前" in console.says(store.environment())["texts"]


def test_an_emptied_store(store: SecretStore, tmp_path: Path, server: str) -> None:
    console = Guarded(tmp_path, server)
    console.says(store.environment(), "清空之前")
    files = console.sealed()
    taken = _python(_TAKE_OUT, store)
    assert taken
    assert console.says(store.environment()) == {"refused": "secret_empty"}
    assert console.sealed() == files
    _python(_PUT_BACK, store, taken)
    assert "清空之前" in console.says(store.environment(), "放回之后")["texts"]


def _python(program: str, store: SecretStore, said: str = "") -> str:
    done = subprocess.run(
        [sys.executable, "-c", program],
        env=store.environment(),
        input=said,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return done.stdout
