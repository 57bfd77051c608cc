"""The lock files fix what pyproject.toml asks for, and nothing of the machine they were made on."""

import re
import tomllib

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.structure.project import ROOT

_SETUP = ROOT / "packaging/setup"


def _lines(name: str) -> list[str]:
    lines = (_SETUP / name).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if not line.startswith("#")]


def _pins(*names: str) -> dict[str, str]:
    pins = (line.partition("==") for name in names for line in _lines(name) if "==" in line)
    return {canonicalize_name(name): version for name, _, version in pins}


def _wanted(*groups: str) -> list[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    optional = project["project"]["optional-dependencies"]
    return [
        *project["build-system"]["requires"],
        *project["project"]["dependencies"],
        *(wanted for group in groups for wanted in optional[group]),
    ]


@pytest.mark.parametrize(
    ("wanted", "locks"),
    [
        (_wanted(), ("requirements.lock",)),
        (_wanted("dev"), ("requirements.lock", "requirements-dev.lock")),
    ],
    ids=["run", "dev"],
)
def test_every_dependency_is_pinned_at_a_version_that_fits(wanted: list[str], locks: tuple[str, ...]) -> None:
    pins = _pins(*locks)
    for requirement in map(Requirement, wanted):
        pinned = pins[canonicalize_name(requirement.name)]
        assert requirement.specifier.contains(pinned, prereleases=True), requirement


def test_qt_is_the_tested_one() -> None:
    assert _pins("requirements.lock")["pyside6-essentials"] == "6.11.3"


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock"])
def test_a_lock_names_no_place(name: str) -> None:
    pin = re.compile(r"[A-Za-z0-9_.-]+==[A-Za-z0-9_.+!-]+|-r requirements\.lock")
    assert [line for line in _lines(name) if not pin.fullmatch(line)] == []


def test_what_runs_needs_nothing_of_development() -> None:
    assert not _pins("requirements.lock").keys() & {
        "pytest",
        "mypy",
        "ruff",
        "phonenumbers",
        "baresip-python",
    }
