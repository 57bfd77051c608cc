"""What one panel took is an answered fact in the note: nothing is entered twice."""

from collections.abc import Mapping
from dataclasses import replace

from console.notes.service import Desk
from console.presenters.bridge import Bridge
from console.presenters.window import Parts
from console.workstation import Workstation
from models.notes.note import Note
from widgets.notes.panel import NotePanel


class Answered:
    """Fills fields of an open note in, in front or not."""

    def __init__(self, bridge: Bridge, station: Workstation, parts: Parts) -> None:
        self._bridge = bridge
        self._notes = station.notes
        self._panel = parts.note
        self._desk = Desk()
        bridge.show(station.notes.desk, self._show_desk)

    def of_call(self, call: str) -> Note | None:
        """The open note of a call, with what its fields say by now."""
        desk = self._desk
        note = next((one for one in (desk.note, *desk.beside) if one and one.call == call), None)
        return as_said(note, self._panel) if note else None

    def put(self, note: str, values: Mapping[str, str]) -> None:
        """Let the note say this; where its form has no such field it is kept beside the others."""
        for key, value in values.items():
            here = self._panel.note == note
            if not (here and self._panel.papers.front.pages.put_value(key, value)):
                self._bridge.wish(self._notes.edit, key, value, note)

    def _show_desk(self, desk: Desk) -> None:
        self._desk = desk


def as_said(note: Note, panel: NotePanel) -> Note:
    """The note with what its fields say by now: the service hears of a field a moment later than the eye."""
    paper = panel.papers.front
    if paper.note != note.id:
        return note
    return replace(note, body=replace(note.body, category=paper.category, values=dict(paper.values)))
