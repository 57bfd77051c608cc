"""What a program says is heard by the test that runs it."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.said import heard, say_again

_ROOT = Path(__file__).resolve().parents[2]
_SPEAKING = """
import logging
from server.logs import start_logs
start_logs(logging.INFO)
logging.getLogger("server.mouth").info("all is well")
logging.getLogger("server.mouth").warning("something is wrong")
"""


@pytest.mark.expects_log("^server.mouth: something is wrong$")
def test_a_trouble_of_a_program_is_one_of_the_test(caplog: pytest.LogCaptureFixture) -> None:
    with heard() as said:
        subprocess.run([sys.executable, "-c", _SPEAKING], cwd=_ROOT, stderr=said, check=True)
    assert [record.name for record in caplog.records] == ["server.mouth"]


@pytest.mark.expects_log("^said: Traceback")
@pytest.mark.expects_log("^said: ValueError: no log line$")
def test_what_is_no_line_of_the_log_is_a_trouble() -> None:
    say_again("Traceback (most recent call last):\nValueError: no log line\n")
