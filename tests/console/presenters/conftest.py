"""A desk without threads: real services and real widgets, with nothing in between."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any, TypeVar

import pytest
from PySide6.QtWidgets import QApplication

from console.access.seeing import Seeing
from console.access.service import AccessService, Judging
from console.calls.handing import HandingView
from console.calls.service import CallsService
from console.notes.service import NotesService
from console.presenters.window import Parts, build_window
from console.referrals.service import ReferralsService
from console.risk.service import RiskService
from console.runtime.store import Store
from models.clock import ManualClock
from models.people.caller import CallerCard
from models.trace.entry import Happening
from resources import access
from resources.texts import use_language
from tests.console.desk import IDENTITY, MemoryJournal, NoTimer, never
from tests.console.taken_away import take_away
from widgets.theme import LIGHT, dress, use_theme

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
    """Parts of a window, services behind them, what they called for later, the started referrals."""

    parts: Parts
    station: Any
    clock: ManualClock
    journal: MemoryJournal
    later: list[Callable[[], None]]
    bridge: Any = field(default_factory=Direct)
    started: list[Any] = field(default_factory=list)


@pytest.fixture
def parts(qapp: QApplication) -> Iterator[Parts]:
    use_language("zh_CN")
    use_theme(qapp, LIGHT)
    made = build_window(False)
    dress(qapp)
    yield made
    take_away(made.window)


@pytest.fixture
def stage(parts: Parts) -> Stage:
    clock, journal = ManualClock(), MemoryJournal()

    async def unknown(_number: str) -> CallerCard | None:
        return None

    async def invited(*_what: str) -> str:
        return ""

    seen: list[Happening] = []

    async def written(what: Happening) -> None:
        seen.append(what)

    later: list[Callable[[], None]] = []

    def call_later(_seconds: float, act: Callable[[], None]) -> NoTimer:
        later.append(act)
        return NoTimer()

    async def asked(*_what: object) -> str:
        return ""

    judging = Judging(access.load(access.SHIPPED), clock.now, clock.now, asked)
    notes = NotesService(journal, clock, never, IDENTITY, ("full", 1))
    risk = RiskService(journal, clock, IDENTITY)
    notes.desk.watch(lambda desk: risk.open_for(desk.note))
    station = SimpleNamespace(
        identity=IDENTITY,
        calls=CallsService(journal, clock, IDENTITY, unknown),
        handing=SimpleNamespace(view=Store(HandingView())),
        notes=notes,
        risk=risk,
        referrals=ReferralsService(journal, clock, IDENTITY, invited),
        access=AccessService(judging, IDENTITY.operator, Seeing(written), call_later),
    )
    return Stage(parts, station, clock, journal, later)
