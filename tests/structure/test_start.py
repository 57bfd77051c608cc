"""The way to the first window imports nothing heavy: with it a bare window takes three times as long."""

import subprocess
import sys

import pytest

from tests.structure.project import ROOT

_HEAVY = {
    "sqlalchemy",
    "alembic",
    "pydantic",
    "fastapi",
    "starlette",
    "phonenumbers",
    "pyqtgraph",
    "matplotlib",
}
_LIST = "import sys, {module}; print(*{{name.partition('.')[0] for name in sys.modules}})"


@pytest.mark.parametrize("module", ["console.cli", "console.start", "console.app", "widgets.main_window"])
def test_nothing_heavy_comes_along(module: str) -> None:
    imported = subprocess.run(
        [sys.executable, "-c", _LIST.format(module=module)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert set(imported.stdout.split()) & _HEAVY == set()
