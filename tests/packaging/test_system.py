"""The set-up installs what is missing where it may, and otherwise names exactly what to install."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.structure.project import ROOT

_SYSTEM = ROOT / "packaging/setup/system.sh"
_VENV = ROOT / "packaging/setup/venv.sh"
_NEEDED = ("sh", "env", "dirname")


class Machine:
    """A machine on which only the programs placed here exist."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for name in _NEEDED:
            found = shutil.which(name)
            assert found is not None
            os.symlink(found, folder / name)

    def has(self, name: str, does: str) -> None:
        """Place a program that runs a line of shell."""
        program = self.folder / name
        program.write_text(f"#!/bin/sh\n{does}\n", encoding="utf-8")
        program.chmod(0o755)

    def is_debian_with(self, *installed: str) -> None:
        """Make it a Debian that has some packages."""
        known = "|".join(installed) or "-"
        self.has("dpkg-query", f'case "$4" in {known}) printf installed ;; *) exit 1 ;; esac')

    def is_used_by(self, uid: int) -> None:
        """Say who is signed in, 0 for root; apt-get writes down what it was asked."""
        self.has("id", f"echo {uid}")
        self.has("apt-get", f'echo "$DEBIAN_FRONTEND $*" >> {self.folder}/asked')

    def asked(self) -> list[str]:
        """What apt-get was asked to do."""
        asked = self.folder / "asked"
        return asked.read_text(encoding="utf-8").splitlines() if asked.exists() else []

    def run(self, script: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run one of the set-up's scripts there, in an empty folder, nobody at the keyboard."""
        work = self.folder / "work"
        work.mkdir()
        return subprocess.run(
            ["sh", str(script), *arguments],
            env={"PATH": str(self.folder)},
            cwd=work,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


def test_nothing_is_done_where_nothing_is_missing(machine: Machine) -> None:
    machine.is_debian_with("libegl1", "libgl1")
    machine.is_used_by(0)
    ended = machine.run(_SYSTEM, "libegl1", "libgl1")
    assert (ended.returncode, ended.stdout, ended.stderr, machine.asked()) == (0, "", "", [])


def test_a_library_renamed_for_64_bit_time_is_not_missing(machine: Machine) -> None:
    machine.is_debian_with("libglib2.0-0t64")
    machine.is_used_by(1000)
    assert machine.run(_SYSTEM, "libglib2.0-0").returncode == 0


def test_root_gets_what_is_missing_and_no_more(machine: Machine) -> None:
    machine.is_debian_with("libegl1")
    machine.is_used_by(0)
    ended = machine.run(_SYSTEM, "libegl1", "libgl1", "fonts-noto-cjk")
    assert ended.returncode == 0
    assert machine.asked() == [
        " -q update",
        "noninteractive -q -y --no-install-recommends install libgl1 fonts-noto-cjk",
    ]


def test_a_person_with_sudo_gets_it_by_sudo(machine: Machine) -> None:
    machine.is_debian_with()
    machine.is_used_by(1000)
    machine.has("sudo", '[ "$1" != -n ] || shift\n"$@"')
    machine.has("true", "exit 0")
    assert machine.run(_SYSTEM, "libgl1").returncode == 0
    assert machine.asked()[-1].endswith("install libgl1")


def test_anybody_else_is_told_exactly_what_to_install(machine: Machine) -> None:
    machine.is_debian_with("libegl1")
    machine.is_used_by(1000)
    ended = machine.run(_SYSTEM, "libegl1", "libgl1", "fonts-noto-cjk")
    assert ended.returncode == 1
    assert "    apt-get install --no-install-recommends libgl1 fonts-noto-cjk\n" in ended.stderr
    assert machine.asked() == []


def test_another_system_is_told_what_is_needed_and_goes_on(machine: Machine) -> None:
    ended = machine.run(_SYSTEM, "libgl1")
    assert ended.returncode == 0
    assert "libgl1" in ended.stderr


def test_without_a_usable_python_debian_gets_one(machine: Machine) -> None:
    machine.is_debian_with()
    machine.is_used_by(0)
    machine.has("python3", "exit 1")
    ended = machine.run(_VENV, "requirements.lock")
    assert machine.asked()[-1].endswith("install python3 python3-venv")
    assert ended.returncode == 1
    assert "Python 3.11 or newer with its venv module is needed" in ended.stderr


def test_every_listed_package_is_one_word_on_a_line_of_its_own() -> None:
    for name in ("debian-run.txt", "debian-test.txt", "debian-bench.txt"):
        lines = (_SYSTEM.parent / name).read_text(encoding="utf-8").splitlines()
        packages = [line for line in lines if not line.startswith("#")]
        assert packages
        assert [line for line in packages if len(line.split()) != 1] == []
