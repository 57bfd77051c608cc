"""What holds for every test: no display, no surprise in the log, no thread left behind, no silent skip."""

import gc
import logging
import os
import re
import threading
from collections import defaultdict
from collections.abc import Iterator

import pytest
from hypothesis import settings
from PySide6.QtCore import QCoreApplication, QEvent

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
settings.register_profile("local", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "local")

pytest_plugins = [
    "tests.support.postgres",
    "tests.support.secretstore",
    "tests.support.display",
    "tests.support.exchange",
    "tests.support.parties",
    "tests.support.gateway",
]

_JOIN_SECONDS = 5.0


class _Records(logging.Handler):
    """Collects what was logged."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.collected: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.collected.append(record)


@pytest.fixture(autouse=True)
def _no_unexpected_log(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail on a record of level WARNING or above unless a marker `expects_log(pattern)` expects it."""
    patterns = [str(marker.args[0]) for marker in request.node.iter_markers("expects_log")]
    records = _Records()
    logging.getLogger().addHandler(records)
    yield
    logging.getLogger().removeHandler(records)
    messages = [f"{record.name}: {record.getMessage()}" for record in records.collected]
    unexpected = [text for text in messages if not any(re.search(pattern, text) for pattern in patterns)]
    absent = [pattern for pattern in patterns if not any(re.search(pattern, text) for text in messages)]
    assert not unexpected, f"unexpected log records: {unexpected}"
    assert not absent, f"expected log records that never came: {absent}"


@pytest.fixture(autouse=True)
def _no_leaked_thread() -> Iterator[None]:
    """Fail if a thread that the test started still runs after it, given some seconds to end."""
    before = set(threading.enumerate())
    yield
    started = [thread for thread in threading.enumerate() if thread not in before]
    # a dummy stands for a thread that Qt owns and ends
    own = [thread for thread in started if not isinstance(thread, threading._DummyThread)]
    for thread in own:
        thread.join(_JOIN_SECONDS)
    leaked = [thread.name for thread in own if thread.is_alive()]
    assert not leaked, f"threads still running after the test: {leaked}"


def pytest_collection_finish() -> None:
    """Leave aside what was imported: each later collection would look through all of it in vain."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def _collected_in_this_thread(request: pytest.FixtureRequest) -> Iterator[None]:
    """Free what a test leaves behind here and now: a widget freed in another thread ends the whole run."""
    gc.disable()
    yield
    if "qapp" in request.fixturenames:
        # no event loop runs between two tests that would delete what waits to be deleted
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        gc.collect()
    else:
        gc.collect(0)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """List everything that did not run, by reason."""
    by_reason = defaultdict(list)
    for report in terminalreporter.stats.get("skipped", []):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        by_reason[reason.removeprefix("Skipped: ")].append(report.nodeid)
    terminalreporter.section("not run here")
    if not by_reason:
        terminalreporter.line("nothing was skipped")
    for reason, tests in sorted(by_reason.items()):
        terminalreporter.line(f"{reason}:")
        for test in sorted(tests):
            terminalreporter.line(f"    {test}")
