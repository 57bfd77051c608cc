"""A note that may only be read: the sentence why, and its text."""

from functools import partial

from console.lead.service import FullRecord
from console.notes.service import Desk
from console.presenters.bridge import Bridge
from console.presenters.reading import RecordTexts
from console.presenters.window import Parts
from console.workstation import Workstation
from models.notes.note import Note, NoteState
from models.risk.assessment import Assessment
from resources.hotline import Hotline
from resources.texts import t


class LockedPresenter:
    """Shows a note that is older than its author may change it."""

    def __init__(self, bridge: Bridge, station: Workstation, parts: Parts, hotline: Hotline) -> None:
        self._station = station
        self._parts = parts
        self._texts = RecordTexts(hotline)
        self._assessment: Assessment | None = None
        self._note: Note | None = None
        bridge.show(station.risk.assessment, self._show_assessment)
        bridge.show(station.notes.desk, self._show_desk)
        parts.note.away_wanted.connect(partial(bridge.wish, station.notes.put_away))

    def _show_assessment(self, assessment: Assessment | None) -> None:
        self._assessment = assessment
        self._show()

    def _show_desk(self, desk: Desk) -> None:
        self._note = desk.note
        self._show()

    def _show(self) -> None:
        note, access = self._note, self._station.access
        if note is None or access.editable(note).allowed:
            return
        who = self._station.identity.operator.name
        record = FullRecord(note, None, self._assessment, ())
        self._parts.reader.show_record(self._texts.of(record, who, frozenset()))
        why = t("access.late", hours=access.edit_hours())
        self._parts.note.show_locked(note.id, why, note.state is NoteState.DRAFT)
