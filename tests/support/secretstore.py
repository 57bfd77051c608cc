"""A secret store of its own: a private session bus with an unlocked keyring on it."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.support.processes import ended, program

# no service folders: nothing but what is started here ever answers on this bus
_BUS = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:dir={folder}</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"""


@dataclass(frozen=True)
class SecretStore:
    """A running secret store."""

    address: str
    folder: Path

    def environment(self) -> dict[str, str]:
        """Return the environment of a program that is to keep its secrets there."""
        return {**os.environ, "DBUS_SESSION_BUS_ADDRESS": self.address}


@contextmanager
def running_secret_store(folder: Path) -> Iterator[SecretStore]:
    """Run a bus and an unlocked keyring in an empty folder for a block; skips where there is none."""
    configuration = folder / "bus.conf"
    configuration.write_text(_BUS.format(folder=folder), encoding="utf-8")
    bus = subprocess.Popen(
        [program("dbus-daemon"), "--nofork", "--print-address", f"--config-file={configuration}"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    with ended(bus):
        assert bus.stdout is not None
        store = SecretStore(bus.stdout.readline().strip(), folder)
        with ended(_start_keyring(store)):
            yield store


def _start_keyring(store: SecretStore) -> subprocess.Popen[str]:
    own = {name: str(store.folder) for name in ("HOME", "XDG_DATA_HOME", "XDG_RUNTIME_DIR")}
    keyring = subprocess.Popen(
        [program("gnome-keyring-daemon"), "--foreground", "--unlock", "--components=secrets"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**store.environment(), **own},
        text=True,
    )
    assert keyring.stdin is not None
    assert keyring.stdout is not None
    keyring.stdin.write("xinqiao")
    keyring.stdin.close()
    # it names its control folder once it answers on the bus
    keyring.stdout.readline()
    return keyring


@pytest.fixture(scope="session")
def secret_store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SecretStore]:
    """The secret store all tests share; programs get it by `secret_store.environment()`."""
    with running_secret_store(tmp_path_factory.mktemp("secrets")) as store:
        yield store
