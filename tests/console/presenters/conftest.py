"""A desk without threads: real services and real widgets, with nothing in between."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any, TypeVar

import pytest
from PySide6.QtWidgets import QApplication

from console.calls.service import CallsService
from console.notes.service import NotesService
from console.presenters.window import Parts, build_window
from console.referrals.service import ReferralsService
from console.risk.service import RiskService
from console.runtime.store import Store
from models.clock import ManualClock
from models.people.caller import CallerCard
from resources.texts import use_language
from tests.console.desk import IDENTITY, MemoryJournal, never
from tests.console.taken_away import take_away
from widgets.theme import LIGHT, apply_theme

T = TypeVar("T")


class Direct:
    """The crossing between two threads, where there is one."""

    def show(self, store: Store[T], show: Callable[[T], None]) -> None:
        store.watch(show)

    def wish(self, act: Callable[..., object], *arguments: object) -> None:
        act(*arguments)

    def post(self, act: Callable[[], object]) -> None:
        act()


@dataclass
class Stage:
    """Parts of a window, services behind them, and the referrals that were started."""

    parts: Parts
    station: Any
    clock: ManualClock
    bridge: Any = field(default_factory=Direct)
    started: list[Any] = field(default_factory=list)


@pytest.fixture
def parts(qapp: QApplication) -> Iterator[Parts]:
    use_language("zh_CN")
    apply_theme(qapp, LIGHT)
    made = build_window(False)
    yield made
    take_away(made.window)


@pytest.fixture
def stage(parts: Parts) -> Stage:
    clock, journal = ManualClock(), MemoryJournal()

    async def unknown(_number: str) -> CallerCard | None:
        return None

    async def invited(*_what: str) -> str:
        return ""

    notes = NotesService(journal, clock, never, IDENTITY, ("full", 1))
    risk = RiskService(journal, clock, IDENTITY)
    notes.desk.watch(lambda desk: risk.open_for(desk.note))
    station = SimpleNamespace(
        identity=IDENTITY,
        calls=CallsService(journal, clock, IDENTITY, unknown),
        notes=notes,
        risk=risk,
        referrals=ReferralsService(journal, clock, IDENTITY, invited),
    )
    return Stage(parts, station, clock)
