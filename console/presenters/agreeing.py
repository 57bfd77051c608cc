"""The sheet on which a follow-up is agreed, filled in from the note on the desk."""

from datetime import datetime
from functools import partial

from console.followups.agreeing import About
from console.notes.service import Desk
from console.presenters.answered import Answered
from console.presenters.bridge import Bridge
from console.presenters.times import local
from console.presenters.window import Parts
from console.workstation import Workstation
from models.calls.call import Call
from models.calls.own_number import own_number
from models.clock import Clock
from models.followups.dates import Calendar
from models.followups.followup import Arrangement, Consent
from models.followups.in_note import CONSENT, arranged, noted
from models.notes.note import Note
from models.people.number import mask
from resources.hotline import Hotline
from resources.texts import language, t
from widgets.base.keys import bind, key_for
from widgets.base.later import Later
from widgets.followups.agree import AgreePanel
from widgets.followups.view import AgreeView, TemplateChoice
from widgets.main_window import Page

_WIDTH = 560


class AgreeingPresenter:
    """One key opens it, Enter keeps what it holds."""

    def __init__(
        self, bridge: Bridge, station: Workstation, parts: Parts, hotline: Hotline, clock: Clock
    ) -> None:
        self._bridge = bridge
        self._station = station
        self._following = station.following
        self._window = parts.window
        self._templates = hotline.followups
        self._calendar = Calendar(hotline.site.zone, hotline.site.hours)
        self._clock = clock
        self._answered = Answered(bridge, station, parts)
        self._panel = Later(self._make)
        self._sheet = parts.window.add_sheet(t("followups.agree_title"), self._panel, _WIDTH)
        self._note: Note | None = None
        self._about: About | None = None
        bind(parts.window.desk, "follow_up", self.toggle)
        opener = parts.window.status_bar.offer(t("followups.agree"), self.toggle, rank=2)
        opener.show_label(t("followups.agree"), key_for("follow_up"))
        bridge.show(station.notes.desk, self._see_desk)
        bridge.show(self._following.owing.due, lambda _due: self._look_again())

    def _make(self) -> AgreePanel:
        panel = AgreePanel()
        panel.agreed.connect(self._agree)
        panel.stop_wanted.connect(self._stop)
        panel.previewed.connect(self._show)
        return panel

    def toggle(self) -> None:
        """Lay the sheet over the right part, with what the note says; or put it away."""
        if not self._sheet.isHidden():
            self._sheet.close_sheet()
        else:
            self.open_sheet()

    def open_sheet(self) -> None:
        """Lay the sheet over the right part, with what the note says; open already it is filled in anew."""
        if self._window.page is Page.DESK:
            self._look_again(open_it=True)

    def _see_desk(self, desk: Desk) -> None:
        before, self._note = self._note, desk.note
        if (before and before.id) != (desk.note and desk.note.id) and not self._sheet.isHidden():
            self._look_again()

    def _look_again(self, open_it: bool = False) -> None:
        """Show what is at hand at once; of a call that has left the desk the rest comes when it is read."""
        if not open_it and self._sheet.isHidden():
            return
        note = self._note
        here = self._station.calls.view.value.calls
        call = next((one for one in here if note is not None and one.id == note.call), None)
        if open_it:
            # In its place before it is filled: the keyboard walks as the parts stand.
            self._sheet.make()
        self._put(note, call)
        if open_it:
            self._sheet.open_sheet()
        if note is not None and call is None:
            self._bridge.wish(lambda: self._station.spawn(self._read(note)))

    async def _read(self, note: Note) -> None:
        record = await self._station.shelf.record("call", note.call)
        if record is not None:
            self._bridge.post(partial(self._put_read, note, record.entity))

    def _put_read(self, note: Note, call: Call) -> None:
        # Another note may have come to the front meanwhile.
        if self._note is not None and self._note.id == note.id:
            self._put(note, call)

    def _of(self, note: Note, call: Call | None) -> About:
        number = own_number(call) if call else ""
        since = (call.ended_at if call else None) or self._clock.now()
        assessed = self._station.risk.assessment.value
        peak = assessed.peak if assessed and assessed.note == note.id else None
        behind = self._station.knowing.people.known.value.behind.get(note.call)
        person = behind.about[0].id if behind and behind.about else ""
        return About(note.call, note.id, number, since, peak or "", person)

    def _put(self, note: Note | None, call: Call | None) -> None:
        """Fill in what is known; of the same note what was typed stays."""
        self._about = about = self._of(note, call) if note is not None else None
        if about is None:
            self._panel.made.show_view(AgreeView("", "", "", Arrangement()))
            return
        owing = self._following.owing
        known, wish = owing.followup_of(about.note), owing.contact(owing.key_of(about.number))
        written = self._answered.of_call(about.call)
        filled = arranged(written.body.values if written else {}, known.agreed if known else None)
        chosen = self._templates.of(about.level)
        stopped = wish is not None and wish.stopped is not None
        self._panel.made.show_view(
            AgreeView(
                *(about.note, mask(about.number) if about.number else "", about.level, filled),
                *(self._choices(about.since, filled), chosen.id if chosen else ""),
                *(known is not None, stopped),
            )
        )

    def _show(self, agreed: Arrangement) -> None:
        """Other safe times: other dates."""
        if self._about is not None:
            self._panel.made.show_dates(self._choices(self._about.since, agreed))

    def _choices(self, since: datetime, agreed: Arrangement) -> tuple[TemplateChoice, ...]:
        return tuple(
            TemplateChoice(
                *(one.id, one.label(language()), one.source),
                tuple(local(at) for at in self._calendar.dates(since, one.days, agreed.windows)),
            )
            for one in self._templates.known.values()
        )

    def _agree(self, note: str, template: str, agreed: Arrangement) -> None:
        about, known = self._about, self._templates.known.get(template)
        if about is None or about.note != note or known is None:
            return
        self._bridge.wish(self._following.agreeing.agree, about, agreed, known.series)
        values = self._note.body.values if self._note and self._note.id == note else {}
        self._answered.put(note, noted(agreed, values))
        self._sheet.close_sheet()

    def _stop(self, note: str, words: str) -> None:
        about = self._about
        if about is None or about.note != note:
            return

        def stop() -> None:
            owing = self._following.owing
            keys = (about.person, owing.key_of(about.number))
            self._following.agreeing.stop(keys, about.call, words)

        self._bridge.wish(stop)
        self._answered.put(note, {CONSENT: Consent.REFUSED.value})
        self._sheet.close_sheet()
