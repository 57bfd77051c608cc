"""The list of my records of today."""

from console.presenters.bridge import Bridge
from console.presenters.times import local
from console.presenters.window import Parts
from console.storage.values import ListedNote
from console.workstation import Workstation
from models.cases.closing import record_state
from models.cases.open_tasks import OpenTasks
from models.people.number import mask
from resources.enumerations import Enumerations, label
from resources.texts import language
from widgets.records.view import RecordView


class RecordsPresenter:
    """Shows the list and brings a chosen record back on the desk."""

    def __init__(self, bridge: Bridge, station: Workstation, parts: Parts, names: Enumerations) -> None:
        self._bridge = bridge
        self._station = station
        self._parts = parts
        self._names = names
        parts.window.records_wanted.connect(lambda: parts.window.show_records(True))
        parts.records.open_wanted.connect(self._open)
        self._tasks = OpenTasks()
        self._listed: tuple[ListedNote, ...] = ()
        bridge.show(station.records.open, self._show_tasks)
        bridge.show(station.records.records, self._show)

    def _open(self, note: str) -> None:
        self._parts.note.commit()
        self._parts.window.show_records(False)
        station = self._station
        self._bridge.wish(lambda: station.spawn(station.open_record(note)))

    def _show_tasks(self, tasks: OpenTasks) -> None:
        self._tasks = tasks
        self._show(self._listed)

    def _show(self, records: tuple[ListedNote, ...]) -> None:
        self._listed = records
        self._parts.records.show_records(tuple(self._view(one) for one in records))

    def _view(self, listed: ListedNote) -> RecordView:
        note, assessment = listed.note, listed.assessment
        number = listed.call.number if listed.call else ""
        peak = assessment.peak if assessment else None
        # What a lead has signed for as it is, nobody has to complete.
        incomplete = bool(note.incomplete_reason) and note.id not in self._tasks.signed
        return RecordView(
            id=note.id,
            at=local(note.opened_at),
            number=mask(number) if number else "",
            category=label(self._names, "call_category", note.body.category, language()),
            level=peak or "RX",
            state=record_state(self._tasks.closing_of(note.id), note.state, incomplete=incomplete),
        )
