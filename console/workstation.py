"""The services of one signed-in operator, connected; all of it lives on the io thread."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

from console.access.seeing import Seeing
from console.access.service import AccessService
from console.alerts.service import AlertsService
from console.calls.handing import HandingService
from console.calls.service import CallsService
from console.coming_back import ComingBack
from console.earlier import Earlier
from console.following import Following
from console.handed import HandedNotes
from console.hearing import Hearing
from console.imminent import Imminent
from console.knowing import Knowing
from console.lead.service import LeadService
from console.line import port
from console.line.attended import Attended
from console.line.linked import Linked
from console.notes.service import Desk, NotesService
from console.on_desk import OnDesk
from console.records.service import RecordsService
from console.referrals.service import ReferralsService
from console.risk.planning import PlanService
from console.risk.service import RiskService
from console.runtime.failing import report
from console.runtime.journal import Journal
from console.runtime.reach import Reach
from console.runtime.store import Store
from console.search.service import SearchService
from console.session.identity import Identity
from console.shelf import Shelf
from console.shifts.seating import SeatingService
from console.shifts.service import ShiftsService
from console.stops import Stops
from console.supervision.service import SupervisionService
from console.surroundings import Surroundings
from console.sync.service import SyncService
from console.tasks import TaskShelf
from models.calls.call import Call, CallState
from models.calls.events import Origin
from models.notes.note import Note
from models.risk.assessment import Assessment
from models.shifts.duty import BreakReason, DutyState
from models.trace.entry import Act

_BEGINS = (CallState.RINGING, CallState.DIALLING)


class Workstation:
    """Calls, note, risk, referrals, duty, records and the lead's desk of one operator at one seat."""

    def __init__(self, identity: Identity, around: Surroundings, nudge: Callable[[], None]) -> None:
        later, clock = asyncio.get_running_loop().call_later, around.clock
        self.identity, self._nudge, self._clock = identity, nudge, clock
        self.line, self._give, self._problems = around.line, around.judging.give, around.problems
        self.shelf = shelf = Shelf(around.db, identity.caller_secret)
        self._running, self._over = list[asyncio.Task[Any]](), False
        self._recognised, self._noted, self._begun = set[str](), set[str](), set[str]()
        self.journal = Journal(self.shelf.perform, around.problems, nudge)
        self.calls = CallsService(self.journal, clock, identity, self.shelf.caller)
        self.notes = NotesService(
            self.journal, clock, later, identity, around.forms.note, around.problems, around.forms.categories
        )
        self.risk = RiskService(self.journal, clock, identity, around.forms.instruments)
        self.plan = PlanService(self.journal, clock, later, identity, self.shelf.plan, self.spawn)
        self.referrals = ReferralsService(self.journal, clock, identity, self._invite)
        self.shifts, self.seeing = ShiftsService(identity.seat), Seeing(self.shelf.trace)
        self.seating = SeatingService(identity.seat, around.line.seating, around.problems, self.seeing.saw)
        self.access = AccessService(around.judging, identity.operator, self.seeing, later)
        self.records = RecordsService(TaskShelf(around.db), self.journal, clock, identity)
        self.earlier = Earlier(self.shelf.same_number, self.shelf.of_call, self.access, self.risk, self.spawn)
        self.lead = LeadService(self.shelf.cards, self.shelf.of_call, clock, self.access)
        self.search = SearchService(around.reading, self.access, shelf.index_some, shelf.caller, shelf.cards)
        self.standing = SyncService(
            self.journal, around.db.run, clock, identity, around.problems, self._settled, self.spawn
        )
        self.standing.before_choosing = self.notes.leave
        self._linked = Linked(around.problems, clock)
        self.handing = HandingService(
            around.line, clock, self.command, OnDesk(self.notes, self.risk, self.referrals), self.spawn
        )
        self.alerts = AlertsService(
            self.journal, clock, identity, around.line.alerting, self.shelf.alerts, self.spawn
        )
        self.following = Following(self, around)
        self.supervision = SupervisionService(
            around.line.supervision, self.command, identity.seat, self.seeing.saw
        )
        parts = (self.calls, self.shifts, self._linked, self.handing, self.alerts, self.seating)
        self._attended = Attended(
            around.line, identity.seat, Hearing(*parts, self.supervision).hear, self.spawn
        )
        self.knowing = Knowing(self, self.following, around)
        self._connect()

    @property
    def reach(self) -> Store[Reach]:
        """Whether gateway and exchange can be reached."""
        return self._linked.reach

    def start(self) -> None:
        """Write, and offer again what was being written when the program ended."""
        self.spawn(self.journal.run())
        self.spawn(self.seeing.run())
        self.seeing.came(Act.SIGNED_IN, self.identity.operator.id, self.identity.seat)
        self.spawn(self.shelf.share_naming())
        self.spawn(self._offer_again())
        self.spawn(self._show_mine())
        if self.identity.operator.leads:
            self.spawn(self.lead.keep())
        self.spawn(self.search.keep())

    def go_on_line(self, ticket: str) -> None:
        """Take the seat at the gateway with a duty ticket."""
        self._problems.settle("ticket")
        self._attended.come(ticket)

    async def stop(self) -> None:
        """Save all there is, then end."""
        self.notes.leave()
        self.plan.leave()
        await self.journal.flush()
        self.seeing.came(Act.SIGNED_OUT, self.identity.operator.id, self.identity.seat)
        await self.seeing.flush()
        self._over = True
        for task in self._running:
            task.cancel()
        await asyncio.gather(*self._running, return_exceptions=True)
        await self.search.stop()

    def spawn(self, work: Coroutine[Any, Any, object]) -> None:
        """Run something beside the rest; its failure reaches the loop's exception hook.

        After `stop` nothing begins: it would wait for ever for a journal that nobody writes.
        """
        if self._over:
            work.close()
            return
        task = asyncio.get_running_loop().create_task(work)
        self._running.append(task)
        task.add_done_callback(self._ended)

    async def second(self, assessment: Assessment, lowering: str, agrees: bool) -> None:
        """Say a second person's word about a level that is to be lowered, and show what became of it."""
        self.risk.second(assessment, lowering, agrees)
        await self.journal.flush()
        await self.lead.refresh()

    async def command(self, done: Coroutine[Any, Any, port.Done]) -> str:
        """Let the line do something; a refusal is shown, and said here too ("" where it was done)."""
        answer = await done
        self._problems.set("command_refused", not answer.ok, cause=answer.why)
        return "" if answer.ok else answer.why

    async def set_duty(self, state: DutyState, reason: BreakReason | None) -> None:
        """Take calls, or none for a while."""
        await self.command(self.line.set_duty(state, reason))

    def finish_note(self, reason: str, note_id: str = "") -> None:
        """Hand a note in and take its call off the panel, now or when it ends; then the next one's turn.

        It is the one in front, unless it is named; nothing where that one is handed in already.
        """
        if note_id and not self.notes.is_open(note_id):
            return
        self.notes.bring_forward(note_id)
        note = self.notes.desk.value.note
        self.notes.finish(reason)
        if note is None:
            return
        self._noted.add(note.call)
        self.calls.leave(note.call)
        self.spawn(self._after_writing())
        waiting = [
            one for one in self.calls.view.value.calls if one.answered_at and one.id not in self._noted
        ]
        if waiting:
            self._answered(waiting[0])

    def take_up(self, call: str) -> None:
        """Put the note of one of my calls on the desk: whose card is in front is written about."""
        for one in self.calls.view.value.calls:
            if one.id == call and one.answered_at:
                self._answered(one)

    async def open_record(self, note: str) -> None:
        """Put one of my records on the desk again."""
        self.notes.leave()
        await self.journal.flush()
        record = await self.shelf.record("note", note)
        beside = await self.shelf.of_call(record.entity.call) if record is not None else ()
        if record is not None and self.access.readable(record.entity, beside).allowed:
            await self._coming_back.bring(record.entity)

    async def look_again(self) -> None:
        """The database was rebuilt: show what is in it now, and let the server have it at once."""
        self.journal.write(urgent=True)
        await self._offer_again()
        await self.pulled()
        await self.search.index()

    async def ask_for(self, note: str, reason: str, hours: int) -> None:
        """Ask for the full text of a note; where it is given, fetch it at once."""
        await self.access.ask(note, reason, hours)
        self._nudge()

    async def pulled(self) -> None:
        """Something came from the server: show it where it belongs."""
        await self._show_mine()
        if self.identity.operator.leads:
            await self.lead.refresh()
        await self.search.refresh()

    async def _show_mine(self) -> None:
        mine = (self.alerts.refresh, self.following.refresh, self.records.refresh, self.standing.refresh)
        for refresh in (*mine, self.earlier.refresh, self.knowing.refresh):
            await refresh()

    async def _settled(self, note: Note) -> None:
        """A text was chosen for a note: if it lies on the desk, it is this text now."""
        known = self.notes.desk.value.note
        if known is not None and known.id == note.id:
            await self._coming_back.bring(note)

    def _connect(self) -> None:
        desk = OnDesk(self.notes, self.risk, self.referrals)
        self._coming_back = ComingBack(self.shelf, self.journal, desk, self.access)
        self.calls.heard += (self.referrals.hear, self.handing.hear, self.following.followups.hear)
        self.handing.handed.append(HandedNotes(self._give, self.spawn).hand)
        self.calls.answered.append(self._answered)
        self.calls.view.watch(self._look_at_calls)
        self.notes.desk.watch(self._follow_desk)
        self.notes.desk.watch(Imminent(self.risk).see_desk)
        Stops(self.notes.stop).watch(self.calls.view, self.risk.assessment, self.risk.aside)
        for assessed in (self.risk.assessment, self.risk.aside):
            assessed.watch(self.alerts.see_assessment)

    def _answered(self, call: Call) -> None:
        note = self.notes.desk.value.note
        if note is not None and note.call == call.id:
            return
        if call.id in self._begun and call.id not in self._noted:
            # It began under our eyes, nothing on disk belongs to it: a full disk keeps nobody from writing.
            self.notes.open_for(call.id)
            self.spawn(self._after_writing())
        else:
            self.spawn(self._note_for(call))

    async def _note_for(self, call: Call) -> None:
        await self.journal.flush()
        for record in await self.shelf.of_call(call.id):
            if isinstance(record, Note) and record.author == self.identity.operator.id:
                await self._coming_back.bring(record)
                return
        self.notes.open_for(call.id)
        self.spawn(self._after_writing())

    def _look_at_calls(self, view: Any) -> None:
        for call in view.calls:
            if call.state in _BEGINS or call.origin is Origin.MANUAL:
                self._begun.add(call.id)
            if call.id not in self._recognised:
                self._recognised.add(call.id)
                self.spawn(self.calls.recognise(call))
            if call.ended_at:
                self.notes.leave()
                self.plan.leave()
                if call.id in self._noted:
                    # Not in the midst of being told: who watches after us shall see the end first.
                    asyncio.get_running_loop().call_soon(self.calls.leave, call.id)

    def _follow_desk(self, desk: Desk) -> None:
        self.risk.open_for(desk.note)
        self.earlier.follow(desk)
        self.plan.open_for(desk.note)
        self.referrals.open_for(desk.note.id if desk.note else "")
        for kept in (self.risk, self.plan):
            kept.keep_open({note.id for note in (desk.note, *desk.beside) if note})

    async def _offer_again(self) -> None:
        self.referrals.remember(await self.shelf.open_referrals())
        drafts = [one.note for one in await self.shelf.open_notes()]
        await self._coming_back.offer(drafts, self._clock.now())

    async def _after_writing(self) -> None:
        await self.journal.flush()
        await self.records.refresh()

    async def _invite(self, call: str, party: str, dial: str, label: str) -> str:
        return await self.command(self.line.invite(call, party, dial, label))

    def _ended(self, task: asyncio.Task[Any]) -> None:
        self._running.remove(task)
        report(task)
