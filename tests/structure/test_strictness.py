"""The strictness that conftest.py promises, shown by tests that must fail."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.structure.project import ROOT

_TESTS = {
    "an unexpected warning in the log": (
        "import logging\ndef test_it(): logging.getLogger('line').warning('lost 7')",
        "unexpected log records: ['line: lost 7']",
    ),
    "an expected log record that never comes": (
        "import pytest\n@pytest.mark.expects_log('lost')\ndef test_it(): pass",
        "expected log records that never came: ['lost']",
    ),
    "a warning of Python": ("import warnings\ndef test_it(): warnings.warn('old')", "UserWarning: old"),
    "a warning of Qt": (
        "from PySide6.QtCore import qWarning\ndef test_it(qtbot): qWarning('layout')",
        "Failure: Qt messages with level WARNING or above emitted",
    ),
    "an exception in a slot of Qt": (
        "from PySide6.QtCore import QTimer\n"
        "def test_it(qtbot):\n"
        "    def late(): raise RuntimeError('in a slot')\n"
        "    QTimer.singleShot(0, late)\n"
        "    with qtbot.waitCallback() as called: QTimer.singleShot(0, called)",
        "Exceptions caught in Qt event loop",
    ),
    "an unknown marker": ("import pytest\n@pytest.mark.slow\ndef test_it(): pass", "'slow' not found"),
}


def _run(folder: Path, code: str) -> subprocess.CompletedProcess[str]:
    file = folder / "test_sample.py"
    file.write_text(code, encoding="utf-8")
    options = ("-p", "tests.conftest", "-p", "no:cacheprovider", f"--rootdir={ROOT}", "-c", "pyproject.toml")
    return subprocess.run(
        [sys.executable, "-m", "pytest", *options, str(file)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("what", _TESTS)
def test_a_test_fails_on(what: str, tmp_path: Path) -> None:
    code, message = _TESTS[what]
    ended = _run(tmp_path, code)
    assert ended.returncode != 0
    assert message in ended.stdout + ended.stderr


def test_a_test_fails_on_a_thread_left_behind(tmp_path: Path) -> None:
    # the process ends all the same: the thread is a daemon
    ended = _run(
        tmp_path,
        "import threading\nfrom tests import conftest\nconftest._JOIN_SECONDS = 0.1\n"
        "def test_it(): threading.Thread(target=threading.Event().wait, name='pump', daemon=True).start()",
    )
    assert "threads still running after the test: ['pump']" in ended.stdout


def test_an_expected_log_record_is_let_through(tmp_path: Path) -> None:
    ended = _run(
        tmp_path,
        "import logging, pytest\n@pytest.mark.expects_log('lost [0-9]')\n"
        "def test_it(): logging.getLogger('line').warning('lost 7')",
    )
    assert "1 passed" in ended.stdout


def test_what_did_not_run_is_listed_with_its_reason(tmp_path: Path) -> None:
    ended = _run(tmp_path, "import pytest\ndef test_it(): pytest.skip('no exchange here')")
    assert "not run here" in ended.stdout
    assert "no exchange here:\n" in ended.stdout
    assert "::test_it" in ended.stdout.split("no exchange here:\n")[1]
