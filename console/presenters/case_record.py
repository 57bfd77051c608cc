"""A record opened from a person's history is read beneath it; an operator's own is written on the desk."""

from functools import partial

from console.cases.record_here import Shown
from console.cases.service import Opened
from console.lead.service import full_record
from console.presenters.bridge import Bridge
from console.presenters.lead import until_words
from console.presenters.reading import RecordTexts
from console.presenters.window import Parts
from console.workstation import Workstation
from models.access.reasons import UnmaskReason
from models.people.staff import Member
from resources.hotline import Hotline
from resources.texts import t
from widgets.cases.page import PersonPage
from widgets.lead.reading import Reading
from widgets.main_window import Page


class CaseRecordPresenter:
    """Read only; it goes when the right to it ends, when it is put away, and with the history."""

    def __init__(
        self, bridge: Bridge, station: Workstation, parts: Parts, page: PersonPage, hotline: Hotline
    ) -> None:
        self._bridge = bridge
        self._station = station
        self._parts = parts
        self._page = page
        self._texts = RecordTexts(hotline)
        self._service = service = station.knowing.record_here
        self._person = ""
        self._calls: dict[str, str] = {}
        self._names: dict[str, str] = {}
        self._shown = Shown()
        self._whole: frozenset[str] = frozenset()
        self._reading = Reading()
        page.take_reading(self._reading)
        page.open_wanted.connect(self.open)
        page.record_away_wanted.connect(lambda: bridge.wish(service.put_away))
        self._reading.unmask_wanted.connect(self._unmask)
        bridge.show(station.knowing.staff.members, self._show_staff)
        bridge.show(station.access.unmasked, self._show_unmasked)
        bridge.show(service.shown, self._show_shown)

    def open(self, note: str) -> None:
        """Read the record of this note here."""
        call = self._calls.get(note, "")
        self._bridge.wish(lambda: self._station.spawn(self._service.open(note, call)))

    def show_opened(self, opened: Opened | None) -> None:
        """A record that is read here goes with the person that it belongs to."""
        person = opened.together.id if opened else ""
        self._calls = {one.note: one.call for one in opened.happened if one.note} if opened else {}
        if person != self._person:
            self._bridge.wish(self._service.put_away)
        self._person = person

    def _show_staff(self, members: tuple[Member, ...]) -> None:
        self._names = {one.id: one.name for one in members}
        self._show()

    def _show_unmasked(self, calls: frozenset[str]) -> None:
        self._whole = calls
        self._show()

    def _show_shown(self, shown: Shown) -> None:
        self._shown = shown
        if shown.note is not None and shown.own:
            self._write(shown.note.id)
            return
        if shown.over:
            self._page.show_hint(t("cases.read_over"))
        self._show()

    def _write(self, note: str) -> None:
        station = self._station
        self._bridge.wish(self._service.put_away)
        self._page.leave_wanted.emit()
        self._parts.window.show_page(Page.DESK)
        self._bridge.wish(lambda: station.spawn(station.open_record(note)))

    def _show(self) -> None:
        note = self._shown.note
        if note is None or self._shown.own:
            self._reading.show_record(None)
            self._page.close_reading()
            return
        record = full_record(note, self._shown.beside)
        who = self._names.get(note.author, note.author)
        text = self._texts.of(record, who, self._whole, until_words(record), self._names)
        self._reading.show_record(text)
        self._page.open_reading()

    def _unmask(self, reason: str) -> None:
        note, beside = self._shown.note, self._shown.beside
        call = full_record(note, beside).call if note is not None else None
        if call is not None:
            self._bridge.wish(partial(self._station.access.unmask, call, note, beside, UnmaskReason(reason)))
