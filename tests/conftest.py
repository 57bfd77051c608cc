"""What holds for every test: no display, no surprise in the log, no thread left behind, no silent skip."""

import gc
import logging
import os
import re
import warnings
from collections import defaultdict
from collections.abc import Iterator

import pytest
from hypothesis import settings
from PySide6.QtCore import QCoreApplication, QEvent

from resources.texts import language, use_language
from server.logs import join_logs
from tests.support.threads import none_left

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
    "tests.support.passwords",
    "tests.support.tables",
    "tests.support.sound",
    "tests.support.softphone",
]

# Where two would wait for each other's voices: one after the other, in one worker.
_ONE_AT_A_TIME = ("exchange",)


class _Records(logging.Handler):
    """Collects what was logged."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.collected: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.collected.append(record)


_RECORDS = pytest.StashKey[_Records]()


@pytest.fixture(autouse=True)
def _begun_in_chinese() -> None:
    """A test before this one may have chosen another language."""
    if language() != "zh_CN":
        use_language("zh_CN")


def pytest_configure() -> None:
    """Let the server's lines be heard like all others, and garbage lie until a test is over."""
    join_logs()
    gc.disable()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep tests together that must not run side by side; let long ones begin first, lest all wait."""
    items.sort(key=lambda item: item.get_closest_marker("long") is None)
    for item in items:
        for name in _ONE_AT_A_TIME:
            if item.get_closest_marker(name):
                item.add_marker(pytest.mark.xdist_group(name))


def pytest_collection_finish() -> None:
    """Leave aside what was imported: each later collection would look through all of it in vain."""
    gc.collect()
    gc.freeze()


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> Iterator[None]:
    """Hear from now on what is logged."""
    item.stash[_RECORDS] = _Records()
    logging.getLogger().addHandler(item.stash[_RECORDS])
    yield


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> Iterator[None]:
    """Fail on what the test and all its fixtures left behind: garbage that holds something open, and logs.

    A record of level WARNING or above needs a marker `expects_log(pattern)`.
    """
    yield
    if "qapp" in getattr(item, "fixturenames", ()):
        # no event loop runs between two tests that would delete what waits to be deleted
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    left = _left_open()
    if nextitem is None or nextitem.path != item.path:
        # What is still there stays long: to look through it after each test would cost more than the test.
        gc.freeze()
    records = item.stash[_RECORDS]
    logging.getLogger().removeHandler(records)
    assert not left, f"left open: {left}"
    _check_log(records.collected, [str(marker.args[0]) for marker in item.iter_markers("expects_log")])


def _left_open() -> list[str]:
    """Free all garbage here and now, not in another thread, where a widget would end the whole run."""
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        gc.collect()
    return [str(one.message) for one in told]


def _check_log(records: list[logging.LogRecord], patterns: list[str]) -> None:
    messages = [f"{record.name}: {record.getMessage()}" for record in records]
    unexpected = [text for text in messages if not any(re.search(pattern, text) for pattern in patterns)]
    absent = [pattern for pattern in patterns if not any(re.search(pattern, text) for text in messages)]
    assert not unexpected, f"unexpected log records: {unexpected}"
    assert not absent, f"expected log records that never came: {absent}"


@pytest.fixture(autouse=True)
def _no_leaked_thread() -> Iterator[None]:
    with none_left():
        yield


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
