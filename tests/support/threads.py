"""Threads that a test started must have ended after it."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

_JOIN_SECONDS = 30.0


@contextmanager
def none_left() -> Iterator[None]:
    """Fail if a thread that was started within still runs after it, given some seconds to end."""
    before = set(threading.enumerate())
    yield
    started = [thread for thread in threading.enumerate() if thread not in before]
    # a dummy stands for a thread that Qt owns and ends
    own = [thread for thread in started if not isinstance(thread, threading._DummyThread)]
    for thread in own:
        thread.join(_JOIN_SECONDS)
    leaked = [thread.name for thread in own if thread.is_alive()]
    assert not leaked, f"threads still running after the test: {leaked}"
