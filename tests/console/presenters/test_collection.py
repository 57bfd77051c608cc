import gc
import threading

from PySide6.QtCore import QCoreApplication
from pytestqt.qtbot import QtBot

from console.presenters.collection import Collection


class Cycle:
    """Something only a collection frees; tells the thread that did."""

    def __init__(self, freed: list[str]) -> None:
        self.me = self
        self._freed = freed

    def __del__(self) -> None:
        self._freed.append(threading.current_thread().name)


def test_what_another_thread_leaves_behind_is_freed_in_this_one(qtbot: QtBot) -> None:
    freed: list[str] = []
    collection = Collection()
    collection.start()

    def work() -> None:
        Cycle(freed)
        # Enough for Python to collect by itself in this thread, if it were allowed to.
        kept = [[n] for n in range(5000)]
        assert kept

    other = threading.Thread(target=work, name="io")
    other.start()
    other.join()
    assert not freed
    qtbot.waitUntil(lambda: bool(freed))
    collection.stop()
    assert freed == [threading.current_thread().name]


def test_afterwards_python_does_as_before(qapp: QCoreApplication) -> None:
    before = gc.isenabled()
    collection = Collection()
    collection.start()
    collection.settle()
    assert not gc.isenabled()
    collection.stop()
    assert gc.isenabled() is before
    assert gc.get_freeze_count() == 0
