"""What crosses into the thread of the window: in order, what is urgent first, nothing after the end."""

from collections.abc import Iterator
from functools import partial

import pytest
from PySide6.QtWidgets import QApplication

from console.presenters.bridge import Bridge
from console.runtime.io_thread import IoThread
from console.runtime.store import Store


@pytest.fixture
def io() -> Iterator[IoThread]:
    thread = IoThread()
    thread.start()
    yield thread
    thread.stop()


def settled(io: IoThread, qapp: QApplication) -> None:
    """All that was told is in the queue of the window, and shown."""

    async def nothing() -> None:
        """Comes after what was called before it."""

    io.run(nothing()).result()
    qapp.processEvents()


def test_what_is_urgent_overtakes_what_waits_and_each_keeps_its_order(
    io: IoThread, qapp: QApplication
) -> None:
    bridge, shown = Bridge(io), list[str]()
    calls, notes = Store("no call"), Store("no note")
    bridge.show(notes, shown.append)
    bridge.show(calls, shown.append, urgent=True)
    settled(io, qapp)
    shown.clear()
    for value in ("one", "two"):
        io.call(notes.publish, f"note {value}")
        bridge.post(partial(shown.append, f"post {value}"))
        io.call(calls.publish, f"ring {value}")
    settled(io, qapp)
    assert shown[:2] == ["ring one", "ring two"]
    assert [one for one in shown if one.startswith("note")] == ["note one", "note two"]
    assert [one for one in shown if one.startswith("post")] == ["post one", "post two"]
    bridge.close()


def test_a_closed_bridge_shows_nothing_of_what_was_on_its_way(io: IoThread, qapp: QApplication) -> None:
    bridge, shown = Bridge(io), list[str]()
    calls = Store("no call")
    bridge.show(calls, shown.append, urgent=True)
    settled(io, qapp)
    io.call(calls.publish, "ring")
    bridge.post(lambda: shown.append("post"))
    bridge.close()
    settled(io, qapp)
    assert shown == ["no call"]
