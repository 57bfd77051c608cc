"""The key is opened by password and workstation together, and never made anew beside what exists."""

import json
import os
import stat
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from console.session.envelope import Cost
from console.session.keys import Vault, open_vault, rewrap, seal_anew
from console.session.secret_store import Found, KeyringSecretStore, NoSecretStore, Trouble
from console.session.vault_errors import (
    EnvelopeBroken,
    EnvelopeMissing,
    SecretChanged,
    SecretUnavailable,
    WrongPassword,
)
from tests.support.secretstore import SecretStore

QUICK = Cost(passes=1, memory=64, lanes=1)
NAME = "张医生/1"


@dataclass
class Memory:
    """A secret store in memory that may be in trouble."""

    secrets: dict[str, bytes] = field(default_factory=dict)
    trouble: Trouble | None = None

    def read(self, name: str) -> Found | Trouble:
        if self.trouble:
            return self.trouble
        return Found(self.secrets[name]) if name in self.secrets else Trouble.EMPTY

    def write(self, name: str, secret: bytes) -> Trouble | None:
        assert name not in self.secrets
        self.secrets[name] = secret
        return None


def opened(folder: Path, store: object, password: str = "口令") -> Vault:
    assert isinstance(store, (Memory, NoSecretStore, KeyringSecretStore))
    return open_vault(folder, NAME, password, store, QUICK)


def envelope(folder: Path) -> Path:
    (found,) = folder.glob("*.key")
    return found


def test_the_key_is_random_and_the_same_again(tmp_path: Path) -> None:
    store = Memory()
    vault = opened(tmp_path, store)
    assert len(vault.key) == 32
    assert vault.problems == ()
    assert vault.key.hex() not in repr(vault)
    assert opened(tmp_path, store) == vault
    assert opened(tmp_path / "elsewhere", store).key != vault.key


def test_the_file_is_the_owners_alone_and_holds_no_key(tmp_path: Path) -> None:
    vault = opened(tmp_path, Memory())
    path = envelope(tmp_path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    content = path.read_bytes()
    assert vault.key not in content
    assert vault.key.hex().encode() not in content
    assert list(tmp_path.iterdir()) == [path]


def test_a_wrong_password(tmp_path: Path) -> None:
    store = Memory()
    opened(tmp_path, store)
    with pytest.raises(WrongPassword):
        opened(tmp_path, store, "另一个")


def test_the_password_alone_does_not_open_it(tmp_path: Path) -> None:
    opened(tmp_path, Memory())
    with pytest.raises(SecretUnavailable) as told:
        opened(tmp_path, NoSecretStore())
    assert told.value.code == "secret_absent"


@pytest.mark.parametrize("trouble", list(Trouble))
def test_each_trouble_of_the_store_is_told_apart(tmp_path: Path, trouble: Trouble) -> None:
    store = Memory()
    vault = opened(tmp_path, store)
    store.trouble = trouble
    before = envelope(tmp_path).read_bytes()
    with pytest.raises(SecretUnavailable) as told:
        opened(tmp_path, store)
    assert told.value.trouble is trouble
    assert envelope(tmp_path).read_bytes() == before
    store.trouble = None
    assert opened(tmp_path, store).key == vault.key


def test_a_changed_secret_is_told_and_not_replaced(tmp_path: Path) -> None:
    store = Memory()
    opened(tmp_path, store)
    store.secrets = {name: bytes(32) for name in store.secrets}
    with pytest.raises(SecretChanged):
        opened(tmp_path, store)
    assert list(store.secrets.values()) == [bytes(32)]


@pytest.mark.parametrize("trouble", [Trouble.LOCKED, Trouble.DENIED])
def test_a_store_that_refuses_is_no_reason_to_do_without(tmp_path: Path, trouble: Trouble) -> None:
    with pytest.raises(SecretUnavailable):
        opened(tmp_path, Memory(trouble=trouble))
    assert list(tmp_path.iterdir()) == []


def test_without_a_secret_store_the_password_opens_it_and_it_is_said(tmp_path: Path) -> None:
    vault = opened(tmp_path, NoSecretStore())
    assert vault.problems == ("secret_store_missing",)
    assert opened(tmp_path, NoSecretStore()) == vault
    with pytest.raises(WrongPassword):
        opened(tmp_path, NoSecretStore(), "另一个")


@pytest.mark.parametrize("trouble", list(Trouble))
def test_another_password_never_makes_a_weaker_envelope(tmp_path: Path, trouble: Trouble) -> None:
    store = Memory()
    vault = opened(tmp_path, store)
    before = envelope(tmp_path).read_bytes()
    store.trouble = trouble
    with pytest.raises(SecretUnavailable):
        rewrap(vault, NAME, "另一个", store, QUICK)
    assert envelope(tmp_path).read_bytes() == before
    store.trouble = None
    assert rewrap(vault, NAME, "另一个", store, QUICK).key == vault.key
    assert opened(tmp_path, store, "另一个") == vault
    with pytest.raises(WrongPassword):
        opened(tmp_path, store)


@pytest.mark.parametrize("trouble", [Trouble.ABSENT, Trouble.EMPTY])
def test_a_recovered_key_is_sealed_anew_also_where_the_secret_is_gone(
    tmp_path: Path, trouble: Trouble
) -> None:
    store = Memory()
    vault = opened(tmp_path, store)
    after: Memory | NoSecretStore = NoSecretStore() if trouble is Trouble.ABSENT else Memory()
    assert seal_anew(vault, NAME, "另一个", after).key == vault.key
    assert opened(tmp_path, after, "另一个").key == vault.key


def test_a_secret_that_is_there_already_is_used(tmp_path: Path) -> None:
    store = Memory()
    opened(tmp_path, store)
    opened(tmp_path / "other", store)
    assert len(store.secrets) == 1


def test_no_key_is_made_where_a_database_exists(tmp_path: Path) -> None:
    store = Memory()
    vault = opened(tmp_path, store)
    vault.database.write_bytes(b"data")
    envelope(tmp_path).unlink()
    with pytest.raises(EnvelopeMissing):
        opened(tmp_path, store)
    assert list(tmp_path.iterdir()) == [vault.database]


@pytest.mark.parametrize("damage", [b"", b"{}", b"[]", b"\xff", b"null"])
def test_a_destroyed_envelope_is_no_wrong_password(tmp_path: Path, damage: bytes) -> None:
    store = Memory()
    opened(tmp_path, store)
    path = envelope(tmp_path)
    path.write_bytes(damage)
    with pytest.raises(EnvelopeBroken) as told:
        opened(tmp_path, store)
    assert told.value.path == path
    assert path.read_bytes() == damage


@pytest.mark.parametrize("name", ["operator", "salt", "secret", "nonce", "sealed", "cost", "version"])
def test_every_changed_field_is_noticed(tmp_path: Path, name: str) -> None:
    opened(tmp_path, NoSecretStore())
    path = envelope(tmp_path)
    content = json.loads(path.read_bytes())
    content[name] = {"passes": 2, "memory": 64, "lanes": 1} if name == "cost" else "AAAA"
    path.write_text(json.dumps(content))
    with pytest.raises(EnvelopeBroken):
        opened(tmp_path, NoSecretStore())


CODE = """
import sys
from pathlib import Path
from console.session.envelope import Cost
from console.session.keys import open_vault
from console.session.secret_store import KeyringSecretStore
from console.session.vault_errors import VaultError
try:
    vault = open_vault(Path(sys.argv[1]), "zhang", "word", KeyringSecretStore(), Cost(1, 64, 1))
    print(vault.key.hex(), *vault.problems)
except VaultError as error:
    print(error.code)
"""


def in_a_program(folder: Path, environment: dict[str, str]) -> str:
    told = subprocess.run(
        [sys.executable, "-c", CODE, str(folder)],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return told.stdout.strip()


@pytest.mark.secretstore
def test_the_secret_store_of_the_desktop(tmp_path: Path, secret_store: SecretStore) -> None:
    first = in_a_program(tmp_path, secret_store.environment())
    assert len(first) == 64
    assert in_a_program(tmp_path, secret_store.environment()) == first
    nowhere = {**os.environ, "DBUS_SESSION_BUS_ADDRESS": f"unix:path={tmp_path}/nobody"}
    assert in_a_program(tmp_path, nowhere) == "secret_absent"


def test_a_machine_without_a_secret_store(tmp_path: Path) -> None:
    nowhere = {**os.environ, "DBUS_SESSION_BUS_ADDRESS": f"unix:path={tmp_path}/nobody"}
    key, problem = in_a_program(tmp_path, nowhere).split()
    assert problem == "secret_store_missing"
    assert in_a_program(tmp_path, nowhere).split()[0] == key
