from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st

from console.runtime.autosave import MOST_SECONDS, REST_SECONDS, Autosave


class Timers:
    """Timers that fire when the hand-moved time reaches them."""

    def __init__(self) -> None:
        self.now = 0.0
        self.due: list[tuple[float, int, Callable[[], None]]] = []
        self._n = 0

    def later(self, seconds: float, fire: Callable[[], None]) -> "Timer":
        self._n += 1
        entry = (self.now + seconds, self._n, fire)
        self.due.append(entry)
        return Timer(self, entry)

    def forward(self, seconds: float) -> None:
        end = self.now + seconds
        while self.due and min(self.due)[0] <= end:
            entry = min(self.due)
            self.due.remove(entry)
            self.now = entry[0]
            entry[2]()
        self.now = end


class Timer:
    def __init__(self, timers: Timers, entry: tuple[float, int, Callable[[], None]]) -> None:
        self._timers, self._entry = timers, entry

    def cancel(self) -> None:
        if self._entry in self._timers.due:
            self._timers.due.remove(self._entry)


def test_it_saves_after_a_rest() -> None:
    timers, saved = Timers(), []
    autosave = Autosave(timers.later, lambda: saved.append(timers.now))
    autosave.changed()
    timers.forward(REST_SECONDS)
    assert saved == [REST_SECONDS]
    timers.forward(10)
    assert len(saved) == 1


def test_at_once_means_at_once_and_only_what_is_unsaved() -> None:
    timers, saved = Timers(), []
    autosave = Autosave(timers.later, lambda: saved.append(timers.now))
    autosave.now()
    assert not saved
    autosave.changed()
    autosave.now()
    timers.forward(10)
    assert saved == [0.0]


@given(st.lists(st.floats(0.001, 0.4), max_size=60))
def test_a_key_is_never_unsaved_for_longer_than_promised(pauses: list[float]) -> None:
    timers = Timers()
    unsaved: list[float] = []
    longest: list[float] = []

    def save() -> None:
        longest.append(timers.now - unsaved[0])
        unsaved.clear()

    autosave = Autosave(timers.later, save)
    for pause in pauses:
        unsaved.append(timers.now)
        autosave.changed()
        timers.forward(pause)
    timers.forward(2)
    assert not unsaved
    assert max(longest, default=0) <= MOST_SECONDS + 1e-9
