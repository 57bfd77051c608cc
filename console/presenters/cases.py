"""The history of a person with their case, and the list of open cases."""

from collections.abc import Coroutine
from datetime import timedelta
from typing import Any

from console.cases.service import Mine, Opened
from console.presenters.bridge import Bridge
from console.presenters.case_views import case_row, person_view
from console.presenters.staff import staff_words
from console.presenters.window import Parts
from console.workstation import Workstation
from models.cases.case import Step, Why
from models.clock import Clock
from resources.enumerations import Enumerations
from resources.texts import t
from widgets.base.keys import bind, key_for
from widgets.base.later import Later
from widgets.cases.list import CaseList
from widgets.cases.page import PersonPage
from widgets.main_window import Page
from widgets.people.banner import PersonBanner
from widgets.people.who import WhoPanel

_PAGE_WIDTH, _LIST_WIDTH = 1040, 1000


class CasesPresenter:
    """Opens from the banner, from the sheet of names, from the list of cases, or by a key for the note."""

    def __init__(
        self,
        bridge: Bridge,
        station: Workstation,
        parts: Parts,
        clock: Clock,
        people: tuple[PersonBanner, Later[WhoPanel]],
        names: Enumerations,
    ) -> None:
        self._bridge = bridge
        self._station = station
        self._parts = parts
        self._clock = clock
        self._cases = station.knowing.cases
        self._opened: Opened | None = None
        self._mine = Mine()
        self._found: frozenset[str] | None = None
        self.page, self.list = PersonPage(), CaseList()
        self._sheet = parts.window.add_sheet(t("cases.person_title"), self.page, _PAGE_WIDTH)
        self._cases_sheet = parts.window.add_sheet(t("cases.title"), self.list, _LIST_WIDTH)
        self._button = parts.window.status_bar.offer(t("cases.status", n=0), self._toggle)
        bind(parts.window, "cases", self._toggle)
        bind(parts.window, "begin_case", self._begin_here)
        banner, who = people
        banner.history_wanted.connect(self.open_person)
        who.tell("history", lambda panel: panel.history_wanted.connect(self.open_person))
        self._speak()
        bridge.show(self._cases.mine, self._show_mine)
        bridge.show(
            station.knowing.staff.members,
            lambda members: self.page.show_staff(members, staff_words(members, names)),
        )

    def open_person(self, person: str) -> None:
        """Show all that happened with a person."""
        self._spawn(self._cases.open(person))
        self._sheet.open_sheet()

    def _speak(self) -> None:
        page, cases = self.page, self._cases
        page.leave_wanted.connect(self._sheet.close_sheet)
        page.begin_wanted.connect(lambda person: self._spawn(self._begin(person)))
        page.part_wanted.connect(lambda _, other: self._spawn(self._part(other)))
        page.given.connect(lambda case, to: self._spawn(cases.give(case, to.id, to.name)))
        page.take_wanted.connect(lambda case: self._spawn(cases.take(case)))
        page.line_written.connect(lambda case, text: self._spawn(cases.write(case, text, self._call())))
        page.involved.connect(lambda *given: self._spawn(cases.involve(*given)))
        page.struck.connect(lambda case, entry: self._spawn(cases.strike(case, entry)))
        page.task_asked.connect(self._ask)
        page.stepped.connect(self._step)
        page.heeded.connect(lambda case, step: self._spawn(cases.heed(case, step)))
        page.turned.connect(self._turn)
        self._sheet.closed.connect(lambda: self._bridge.wish(cases.put_away))
        self.list.open_wanted.connect(self.open_person)
        self._parts.search.person_wanted.connect(self.open_person)
        self.list.sought.connect(self._seek)

    def _spawn(self, work: Coroutine[Any, Any, object]) -> None:
        self._bridge.wish(self._station.spawn, work)

    def _toggle(self) -> None:
        if not self._cases_sheet.isHidden():
            self._cases_sheet.close_sheet()
        elif self._parts.window.page is not Page.SIGN_IN:
            self.list.clear()
            self._show_list()
            self._cases_sheet.open_sheet()

    def _begin_here(self) -> None:
        """A case for the call at hand, or for the note on the desk."""
        call = self._call()
        if call and self._parts.window.page is not Page.SIGN_IN:
            alias = t("cases.alias_new", at=f"{self._clock.now().astimezone():%m-%d %H:%M}")
            self._spawn(self._station.knowing.begin_case(call, alias))
            self._sheet.open_sheet()

    def _call(self) -> str:
        note = self._station.notes.desk.value.note
        current = self._station.calls.view.value.current
        return note.call if note is not None else current.id if current is not None else ""

    async def _begin(self, person: str) -> None:
        await self._cases.begin(person)
        await self._cases.open(person)

    async def _part(self, other: str) -> None:
        opened = self._cases.opened.value
        if opened is not None:
            await self._station.knowing.people.joining.part(opened.together, other)

    def _ask(self, case: str, words: str, target: str, days: int) -> None:
        due_at = self._clock.now() + timedelta(days=days) if days else None
        self._spawn(self._cases.ask(case, words, target, due_at))

    def _step(self, case: str, task: str, step: Step, words: str) -> None:
        self._spawn(self._cases.step(case, task, step, words))

    def _turn(self, case: str, why: Why | None, words: str) -> None:
        self._spawn(self._cases.turn(case, why, words))

    def _seek(self, words: str) -> None:
        self._found = self._cases.find(words)
        self._show_list()

    def show_opened(self, opened: Opened | None) -> None:
        """Show the person who was opened, None for nobody any more."""
        self._opened = opened
        me, now = self._station.identity.operator, self._clock.now()
        self.page.show_person(person_view(opened, me, now) if opened else None)

    def _show_mine(self, mine: Mine) -> None:
        self._mine = mine
        n, due = len(mine.listed), mine.due
        key = "cases.status_due" if due else "cases.status"
        self._button.set_compact()
        self._button.show_label(t(key, n=n, due=due), key_for("cases"))
        self._button.show_tone("care" if due else "status")
        self._show_list()

    def _show_list(self) -> None:
        found = self._found
        rows = (case_row(one) for one in self._mine.listed if found is None or one.case.id in found)
        self.list.show_rows(tuple(rows))
