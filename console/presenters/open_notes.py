"""The notes that are open beside each other: whose call each is about, and which is in front."""

from collections.abc import Sequence
from functools import partial

from console.calls.service import LineView
from console.notes.service import Desk
from console.presenters.bridge import Bridge
from console.presenters.times import local
from console.presenters.window import Parts
from console.workstation import Workstation
from models.calls.call import Call, CallState
from models.notes.note import Note
from models.people.number import mask
from resources.texts import t
from widgets.notes.open_notes import OpenNoteView

_TALKS = (CallState.TALKING, CallState.HELD)


class OpenNotesPresenter:
    """Shows them, and brings a chosen one to the front."""

    def __init__(self, bridge: Bridge, station: Workstation, parts: Parts) -> None:
        self._bridge = bridge
        self._station = station
        self._parts = parts
        self._desk = Desk()
        self._calls: dict[str, Call] = {}
        self._numbers: dict[str, str] = {}
        """Of the calls of open notes, as they are shown; "" while one is being read."""
        self._shown: tuple[OpenNoteView, ...] = ()
        parts.note.note_chosen.connect(partial(bridge.wish, station.notes.bring_forward))
        bridge.show(station.calls.view, self._show_calls)
        bridge.show(station.notes.desk, self._show_desk)

    def _show_calls(self, view: LineView) -> None:
        self._calls = {call.id: call for call in view.calls}
        self._numbers |= {call.id: mask(call.number) for call in view.calls}
        self._show()

    def _show_desk(self, desk: Desk) -> None:
        self._desk = desk
        self._show()

    def _show(self) -> None:
        front = (self._desk.note,) if self._desk.note else ()
        notes = sorted((*front, *self._desk.beside), key=lambda note: note.opened_at)
        open_calls = {note.call for note in notes} | self._calls.keys()
        self._numbers = {call: number for call, number in self._numbers.items() if call in open_calls}
        if len(notes) > 1:
            self._look_up([note.call for note in notes if note.call not in self._numbers])
        views = tuple(map(self._view, notes))
        if views != self._shown:
            self._shown = views
            self._parts.note.show_open_notes(views)
            self._parts.calls.show_written(self._desk.note.call if len(views) > 1 and self._desk.note else "")

    def _look_up(self, calls: Sequence[str]) -> None:
        """The line tells of no call that was over before the program began: the disk does."""
        for call in calls:
            self._numbers[call] = ""
            self._bridge.wish(lambda call=call: self._station.spawn(self._read(call)))

    async def _read(self, call: str) -> None:
        record = await self._station.shelf.record("call", call)
        if record is not None:
            self._bridge.post(partial(self._show_number, call, mask(record.entity.number)))

    def _show_number(self, call: str, number: str) -> None:
        if call in self._numbers:
            self._numbers[call] = number
            self._show()

    def _view(self, note: Note) -> OpenNoteView:
        call = self._calls.get(note.call)
        told = (f"{local(note.opened_at):%H:%M}", self._numbers.get(note.call, ""), note.body.category)
        return OpenNoteView(
            note.id,
            t("notes.open_separator").join(filter(None, told)),
            talks=call is not None and call.state in _TALKS,
            front=self._desk.note is not None and note.id == self._desk.note.id,
        )
