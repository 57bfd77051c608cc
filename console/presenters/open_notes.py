"""The notes that are open beside each other: whose call each is about, and which is in front."""

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
        self._parts = parts
        self._desk = Desk()
        self._calls: dict[str, Call] = {}
        self._shown: tuple[OpenNoteView, ...] = ()
        parts.note.note_chosen.connect(partial(bridge.wish, station.notes.bring_forward))
        bridge.show(station.calls.view, self._show_calls)
        bridge.show(station.notes.desk, self._show_desk)

    def _show_calls(self, view: LineView) -> None:
        self._calls = {call.id: call for call in view.calls}
        self._show()

    def _show_desk(self, desk: Desk) -> None:
        self._desk = desk
        self._show()

    def _show(self) -> None:
        front = (self._desk.note,) if self._desk.note else ()
        notes = sorted((*front, *self._desk.beside), key=lambda note: note.opened_at)
        views = tuple(map(self._view, notes))
        if views != self._shown:
            self._shown = views
            self._parts.note.show_open_notes(views)
            self._parts.calls.show_written(self._desk.note.call if len(views) > 1 and self._desk.note else "")

    def _view(self, note: Note) -> OpenNoteView:
        call = self._calls.get(note.call)
        told = (f"{local(note.opened_at):%H:%M}", mask(call.number) if call else "", note.body.category)
        return OpenNoteView(
            note.id,
            t("notes.open_separator").join(filter(None, told)),
            talks=call is not None and call.state in _TALKS,
            front=self._desk.note is not None and note.id == self._desk.note.id,
        )
