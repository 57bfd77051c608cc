"""The list of what is still to be done: an operator's own, or the hand-over list of a lead; live."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QTimer

from console.presenters.bridge import Bridge
from console.presenters.task_views import TaskViews
from console.presenters.times import local
from console.presenters.window import Parts
from console.workstation import Workstation
from models.cases.open_tasks import OpenTasks
from models.clock import Clock
from models.referrals.referral import Referral, Step
from resources.hotline import Hotline
from resources.texts import t
from widgets.base.keys import bind, key_for
from widgets.main_window import Page
from widgets.records.open_tasks import OpenTaskList

_WIDTH = 720
_SECOND_MS = 1000
_SOON_MS = 1500
"""So long nothing is done at the desk: items are answered in less, and reading the list takes its time."""
_LATEST_SECONDS = 5.0
"""Whatever is done, the list is never older."""


class OpenTasksPresenter(QObject):
    """A sheet over the right part of either desk; its button counts what is red even while it is away."""

    def __init__(
        self, bridge: Bridge, station: Workstation, parts: Parts, hotline: Hotline, clock: Clock
    ) -> None:
        super().__init__(parts.window)
        self._bridge = bridge
        self._station = station
        self._window = parts.window
        self._clock = clock
        self._tasks = OpenTasks()
        self._views = TaskViews(station, hotline, clock)
        self._list = OpenTaskList()
        title = t("records.open_tasks_lead" if station.identity.operator.leads else "records.open_tasks")
        self._sheet = parts.window.add_sheet(title, self._list, _WIDTH)
        self._button = parts.window.status_bar.offer(t("records.open_count", n=0), self.toggle, rank=0)
        bind(parts.window, "open_tasks", self.toggle)
        self._ages = QTimer(self)
        self._ages.setInterval(_SECOND_MS)
        self._ages.timeout.connect(self._show_now)
        self._since = 0.0
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_SOON_MS)
        self._soon.timeout.connect(self._look_again)
        self._speak()
        bridge.show(station.records.open, self._show)
        # What is done at the desk is on its way to the disk: in a moment the list has it too.
        bridge.show(station.referrals.known, self._touched)
        bridge.show(station.risk.assessment, self._touched)
        bridge.show(station.plan.desk, self._touched)
        bridge.show(station.shifts.view, lambda _: self._draw())
        self._ages.start()

    def toggle(self) -> None:
        """Lay the list over the right part, or put it away; never while nobody is signed in."""
        if not self._sheet.isHidden():
            self._sheet.close_sheet()
        elif self._window.page is not Page.SIGN_IN:
            self._draw_list()
            self._sheet.open_sheet()

    def _speak(self) -> None:
        shown = self._list
        shown.safe_wanted.connect(partial(self._advance, Step.SAFE))
        shown.end_wanted.connect(partial(self._advance, Step.CLOSED))
        shown.seconded.connect(self._second)
        shown.signed.connect(self._sign)
        shown.call_back_wanted.connect(self._call_back)
        shown.open_wanted.connect(self._open)

    def _show(self, tasks: OpenTasks) -> None:
        self._tasks = tasks
        self._bridge.wish(self._station.referrals.take, tasks.mine)
        self._draw()

    def _draw(self) -> None:
        tasks = self._tasks
        if not self._sheet.isHidden():
            self._draw_list()
        key = "records.open_red" if tasks.red else "records.open_count"
        self._button.set_compact()
        self._button.show_label(t(key, n=tasks.count, red=tasks.red), key_for("open_tasks"))
        self._button.show_tone("urgent" if tasks.rescues else "care" if tasks.red else "status")

    def _draw_list(self) -> None:
        """Only while it is in sight: a whole site's list takes longer than a ring may wait."""
        self._list.show_tasks(self._views.of(self._tasks))
        self._list.show_now(local(self._clock.now()))

    def _show_now(self) -> None:
        if not self._sheet.isHidden():
            self._list.show_now(local(self._clock.now()))

    def _touched(self, _: object) -> None:
        now = self._clock.monotonic()
        if not self._soon.isActive():
            self._since = now
        if not self._soon.isActive() or now - self._since < _LATEST_SECONDS:
            self._soon.start()

    def _look_again(self) -> None:
        self._done(lambda: None)

    def _done(self, act: Callable[[], object]) -> None:
        """Let something be done, and show what became of it."""
        station = self._station

        async def work() -> None:
            act()
            await station.journal.flush()
            await station.records.refresh()

        self._bridge.wish(lambda: station.spawn(work()))

    def _rescue(self, name: str) -> Referral | None:
        return next((one for one in self._tasks.rescues if one.id == name), None)

    def _advance(self, step: Step, rescue: str, words: str) -> None:
        known, station = self._rescue(rescue), self._station
        if known is None:
            return
        if known.author == station.identity.operator.id:
            # The timeline at the desk is to know it too.
            self._bridge.wish(station.referrals.remember, [known])
            self._done(partial(station.referrals.advance, rescue, step, words))
        else:
            self._done(lambda: station.records.advance(known, step, words))

    def _second(self, rescue: str, agrees: bool) -> None:
        known = self._rescue(rescue)
        if known is not None:
            self._done(lambda: self._station.records.second(known, agrees))

    def _sign(self, note: str, reason: str) -> None:
        found = next((one.note for one in self._tasks.unclosed if one.note.id == note), None)
        if found is not None:
            self._done(lambda: self._station.records.sign(found, reason))

    def _call_back(self, call: str) -> None:
        station = self._station
        number = next((one.number for one in self._tasks.unclosed if one.note.call == call), "")

        async def ask() -> None:
            record = await station.shelf.record("call", call)
            if record is not None:
                station.following.followups.ask_for(record.entity, number)

        self._bridge.wish(lambda: station.spawn(ask()))

    def _open(self, note: str) -> None:
        """One's own comes back to the desk, a colleague's is read on the lead's."""
        station, tasks = self._station, self._tasks
        mine = station.identity.operator.id
        known = [(one.note.id, one.note.call, one.note.author) for one in tasks.unclosed]
        known += [(one.note, one.call, one.author) for one in tasks.unfinished]
        known += [(one.note, one.call, one.author) for one in tasks.rescues]
        found = next((one for one in known if one[0] == note), None)
        if found is None:
            return
        _, call, author = found
        self._sheet.close_sheet()
        self._window.show_page(Page.DESK if author == mine else Page.LEAD)
        opening = station.open_record(note) if author == mine else station.lead.open(note, call)
        self._bridge.wish(lambda: station.spawn(opening))
