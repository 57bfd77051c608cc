"""What stands beside notes, under each view in which one is read: signatures, additions, history."""

from collections.abc import Callable, Coroutine
from functools import partial
from typing import Any

from console.notes.beside import BesideService, Past, Sources, Told
from console.notes.service import Desk
from console.presenters.bridge import Bridge
from console.presenters.differing import Words, unmask
from console.presenters.printing import PrintingPresenter
from console.presenters.times import local
from console.presenters.window import Parts
from console.seat import Seat
from console.shifts.service import DutyView
from console.workstation import Workstation
from models.access.reasons import UnmaskReason
from models.clock import Clock
from models.notes.history import Event, Stage, before
from models.notes.note import Note, NoteState, Signing
from models.notes.signing import is_altered, is_late
from resources.hotline import Hotline
from resources.texts import t
from widgets.base.later import Later
from widgets.notes.beside import AddedView, Beside, BesideView
from widgets.notes.history import ChangeView, HistoryPanel, StageView

_WHYS = ("asking", "off_line", "not_yours", "late", "no_record")


class BesidePresenter:
    """One foot under the note on the desk and under each view of a record, and one sheet for the history."""

    def __init__(
        self, bridge: Bridge, seat: Seat, station: Workstation, parts: Parts, hotline: Hotline, clock: Clock
    ) -> None:
        self._bridge = bridge
        self._station = station
        self._words = Words(hotline.forms.fields, hotline.enumerations)
        self._names = {station.identity.operator.id: station.identity.operator.name}
        self._shown: dict[Beside, str] = {}
        self._service = _made(seat, station, clock)
        self._history = Later(self._make)
        self._past: Past | None = None
        self._whole: frozenset[str] = frozenset()
        self._sheet = parts.window.add_sheet(t("beside.history_title"), self._history, 900)
        self._sheet.closed.connect(partial(bridge.wish, self._service.past.publish, None))
        self._printing = PrintingPresenter(bridge, seat, station, parts, hotline)
        self._desk = self._foot()
        parts.note.take_beside(self._desk)
        for view in (parts.reader, parts.found, parts.lead.reading):
            foot = self._foot()
            view.take_beside(foot)
            view.note_shown.connect(partial(self._look, foot))
        bridge.show(station.notes.desk, self._show_desk)
        bridge.show(station.shifts.view, self._hear_names)
        bridge.show(self._service.known, self._show_known)
        bridge.show(self._service.past, self._show_past)
        bridge.show(station.access.unmasked, self._show_unmasked)
        bridge.show(station.records.records, lambda _: self._spawn(self._service.look_again))

    def commit(self) -> None:
        """Keep what is being composed in an addition."""
        for foot in self._shown:
            foot.commit()

    def _make(self) -> HistoryPanel:
        panel = HistoryPanel()
        panel.unmask_wanted.connect(self._unmask)
        return panel

    def _foot(self) -> Beside:
        foot = Beside()
        foot.added.connect(lambda note, text: self._spawn(self._service.add, note, text))
        foot.history_wanted.connect(self._remember)
        foot.sign_wanted.connect(self._sign)
        foot.print_wanted.connect(self._printing.ask)
        self._shown[foot] = ""
        return foot

    def _spawn(self, act: Callable[..., Coroutine[Any, Any, object]], *given: object) -> None:
        self._bridge.wish(lambda: self._station.spawn(act(*given)))

    def _show_desk(self, desk: Desk) -> None:
        note = desk.note
        if (note.id if note else "") != self._shown[self._desk]:
            self._look(self._desk, note.id if note else "")

    def _look(self, foot: Beside, note: str) -> None:
        before, self._shown[foot] = self._shown[foot], note
        known = self._service.known.value.get(note)
        foot.show_beside(self._view(known) if known is not None else None)
        if before and before not in self._shown.values():
            self._bridge.wish(self._service.forget, before)
        if note:
            self._spawn(self._service.look, note)

    def _hear_names(self, view: DutyView) -> None:
        self._names.update({duty.operator: duty.name for duty in view.seats.values() if duty.name})

    def _show_known(self, known: Any) -> None:
        for foot, name in self._shown.items():
            if name in known:
                foot.show_beside(self._view(known[name]))

    def _view(self, note: Note) -> BesideView:
        added = []
        for one in note.addenda:
            late = is_late(note, one)
            head = t("beside.added_late" if late else "beside.added", **self._by(one.actor, one.at))
            added.append(AddedView(head, one.text, late))
        signed = (
            t(f"beside.signed_{one.role}", reason=one.reason, **self._by(one.actor, one.at)).strip()
            for one in note.signatures
        )
        done = note.state is NoteState.FINISHED
        mine = note.author == self._station.identity.operator.id
        may_add = done and self._station.access.addable(note).allowed
        return BesideView(note.id, tuple(signed), is_altered(note), tuple(added), may_add, True, mine)

    def _by(self, actor: str, at: Any) -> dict[str, str]:
        return {"who": self._names.get(actor, actor), "time": f"{local(at):%m-%d %H:%M}"}

    def _sign(self, note: str) -> None:
        """The author stands in for the text as it is now, with the last words that were typed."""
        station = self._station

        async def sign() -> None:
            station.notes.leave()
            await station.journal.flush()
            await self._service.look(note)
            # A disk that cannot be read just now: the button is there for another try.
            if note in self._service.known.value:
                await self._service.sign(self._service.known.value[note], Signing.AUTHOR)

        self._spawn(sign)

    def _remember(self, note: str) -> None:
        self._history.made.show_history((), "")
        self._sheet.open_sheet()
        self._spawn(self._service.remember, note)

    def _show_past(self, past: Past | None) -> None:
        self._past = past
        if past is None:
            self._history.tell("past", lambda panel: panel.show_history((), ""))
            return
        self._names.update(past.names)
        whole = past.note.call in self._whole
        views = self._stages(past, whole=whole)
        why = past.why if past.why in _WHYS or not past.why else "other"
        masked = not whole and views != self._stages(past, whole=True)
        said = t(f"beside.history_{why}") if why else ""
        self._history.tell("past", lambda panel: panel.show_history(views, said, masked=masked))

    def _show_unmasked(self, calls: frozenset[str]) -> None:
        self._whole = calls
        self._show_past(self._past)

    def _unmask(self, reason: str) -> None:
        station, past = self._station, self._past
        if past is not None:
            self._spawn(unmask, station, past.note, UnmaskReason(reason))

    def _stages(self, past: Past, *, whole: bool) -> tuple[StageView, ...]:
        return tuple(self._stage(past, place, whole=whole) for place in range(len(past.stages)))

    def _stage(self, past: Past, place: int, *, whole: bool) -> StageView:
        stage = past.stages[place]
        changes: tuple[ChangeView, ...] = ()
        if stage.body is not None:
            told = self._words.changes(before(past.stages, place), stage.body, whole=whole)
            changes = tuple(ChangeView(one.name, one.mine, one.other) for one in told)
        who = self._names.get(stage.actor, stage.actor)
        return StageView(
            self._what(past.note, stage), local(stage.at), who, changes, stage.words, stage.body is not None
        )

    def _what(self, note: Note, stage: Stage) -> str:
        if stage.event is not Event.SIGNED:
            return t(f"beside.event_{stage.event}")
        role = next((one.role for one in note.signatures if one.op == stage.op), Signing.AUTHOR)
        return t(f"beside.event_signed_{role}")


def _made(seat: Seat, station: Workstation, clock: Clock) -> BesideService:
    async def told(note: str) -> Told:
        answer = await seat.histories.of_note(note)
        return Told(why=answer) if isinstance(answer, str) else Told(answer.acts, answer.names)

    sources = Sources(station.shelf.record, station.shelf.past_of, told)
    return BesideService(station.journal, clock, station.identity, sources, station.seeing.saw)
