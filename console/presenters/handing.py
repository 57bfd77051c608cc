"""Asking somebody into the conversation, between the sheet, the services and the first operator's record."""

from console.calls.handing import HandingView, Way, Wish
from console.lead.service import FullRecord
from console.presenters.bridge import Bridge
from console.presenters.reading import RecordTexts
from console.presenters.window import Parts
from console.workstation import Workstation
from models.calls.call import Call, CallState
from models.ids import new_id
from models.notes.note import Note
from models.referrals.referral import Referral
from models.referrals.typed import dials_of
from models.risk.assessment import Assessment
from models.shifts.colleague import Colleague
from resources.hotline import Hotline
from resources.places import area_code_of, city_of_issue
from resources.texts import language, t
from widgets.base.later import Later
from widgets.calls.asking import AskingSheet
from widgets.calls.asking_view import AskingView, WhomView
from widgets.lead.first_note import FirstNote
from widgets.lead.view import RecordText

_TALKS = (CallState.TALKING, CallState.HELD)


class HandingPresenter:
    """One sheet asks, another shows the record of whoever handed a call on."""

    def __init__(self, bridge: Bridge, station: Workstation, parts: Parts, hotline: Hotline) -> None:
        self._bridge = bridge
        self._station = station
        self._hotline = hotline
        self._texts = RecordTexts(hotline)
        self._view = HandingView()
        self._sought = ""
        self._read_note = ""
        self._asking = AskingView("", "", ())
        self._dials: dict[str, tuple[str, str, str]] = {}
        self._panel, self._first = Later(self._make), Later(FirstNote)
        self._sheet = parts.window.add_sheet("", self._panel, 560)
        self._reading = parts.window.add_sheet(t("handing.first_note_title"), self._first, 560)
        self._note = parts.note
        parts.calls.transfer_wanted.connect(self._open)
        parts.calls.drop_wanted.connect(self._drop)
        parts.calls.first_note_wanted.connect(self._read)
        self._sheet.closed.connect(self._closed)
        bridge.show(station.handing.view, self._show)
        bridge.show(station.calls.view, lambda _: self._look())

    def _make(self) -> AskingSheet:
        panel = AskingSheet()
        panel.confirmed.connect(self._confirm)
        panel.sought.connect(self._seek)
        panel.cancelled.connect(self._sheet.close_sheet)
        return panel

    def _open(self, call: str) -> None:
        self._note.commit()
        self._sought = ""
        self._asking = AskingView(new_id(), call, self._whom(call))
        self._panel.made.show_asking(self._asking)
        self._sheet.open_sheet()
        self._bridge.wish(self._station.handing.look_around, True)

    def _closed(self) -> None:
        self._asking = AskingView("", "", ())
        self._bridge.wish(self._station.handing.look_around, False)

    def _show(self, view: HandingView) -> None:
        self._view = view
        self._again()

    def _seek(self, words: str) -> None:
        self._sought = words.strip()
        self._again()

    def _again(self) -> None:
        asking = self._asking
        if asking.id:
            self._asking = AskingView(asking.id, asking.call, self._whom(asking.call))
            self._panel.made.show_asking(self._asking)

    def _look(self) -> None:
        """A call that is over is given to nobody."""
        call = self._call(self._asking.call)
        if self._asking.id and (call is None or call.state not in _TALKS):
            self._sheet.close_sheet()

    def _whom(self, call: str) -> tuple[WhomView, ...]:
        known = self._call(call)
        issue = city_of_issue(known.number) if known and known.number else None
        city = (issue.city or "") if issue else ""
        self._dials = {}
        return (*self._colleagues(), *self._numbers(city), *self._targets(city))

    def _colleagues(self) -> list[WhomView]:
        there = sorted(self._view.colleagues, key=lambda one: (not one.free, one.seat))
        return [self._colleague(one) for one in there if self._fits(one.name, one.seat)]

    def _colleague(self, one: Colleague) -> WhomView:
        self._dials[f"seat {one.seat}"] = (one.seat, "", one.name)
        seat = t("handing.seat", seat=one.seat)
        state = t("handing.free" if one.free else "handing.busy")
        return WhomView(f"seat {one.seat}", one.name, seat, state, one.free, colleague=True)

    def _numbers(self, city: str) -> list[WhomView]:
        """What was typed, where it is a number: in the own city and in that of the caller's number."""
        ways = dials_of(self._sought, city, area_code_of(city) if city else "", self._hotline.site)
        return [self._number(way.digits, way.city) for way in ways]

    def _number(self, digits: str, city: str) -> WhomView:
        name = t("handing.other_number_in", city=city) if city else t("handing.other_number")
        self._dials[f"dial {digits}"] = ("", digits, digits)
        return WhomView(f"dial {digits}", name, digits)

    def _targets(self, city: str) -> list[WhomView]:
        """The directory: a target of a city in the own one, and in that of the caller's number."""
        code = area_code_of(city) if city else ""
        site, rows = self._hotline.site, []
        for target in self._hotline.targets:
            name = target.name(language())
            if not target.number or not self._fits(name, target.number, target.short):
                continue
            ways = [("", target.number)]
            if target.by_city:
                ways = [(site.city, target.number)]
                ways += [(city, code + target.number)] if code and city != site.city else []
            for place, digits in ways:
                row = f"dial {digits}"
                self._dials[row] = ("", digits, name)
                note = "" if target.verified and place in ("", site.city) else t("handing.unverified")
                rows.append(WhomView(row, name, f"{digits}  {place}".strip(), note))
        return rows

    def _fits(self, *words: str) -> bool:
        sought = self._sought.casefold()
        return not sought or any(sought in word.casefold() for word in words)

    def _confirm(self, party: str, call: str, way: str, whom: str, lines: tuple[str, ...]) -> None:
        known, there = self._call(call), self._dials.get(whom)
        self._sheet.close_sheet()
        if known is None or there is None:
            return
        seat, dial, label = there
        held = known.state is CallState.HELD
        wish = Wish(call, party, Way(way), seat, dial, label[:64], tuple(lines), held)
        station = self._station
        self._bridge.wish(lambda: station.spawn(station.handing.ask(wish)))

    def _drop(self, call: str, party: str) -> None:
        station = self._station
        self._bridge.wish(lambda: station.spawn(station.command(station.line.drop(call, party))))

    def _read(self, note: str) -> None:
        if note != self._read_note:
            self._read_note = note
            self._show_first(None)
        self._reading.open_sheet()
        self._bridge.wish(lambda: self._station.spawn(self._fetched(note)))

    async def _fetched(self, note: str) -> None:
        """The first operator's record, where it has come and may be read."""
        station = self._station
        record = await station.shelf.record("note", note)
        if record is None or not isinstance(record.entity, Note):
            return
        beside = await station.shelf.of_call(record.entity.call)
        if not station.access.readable(record.entity, beside).allowed:
            return
        full = _full(record.entity, beside)
        station.access.saw((full.note,), "handed")
        told = self._view.told(full.note.call, station.identity.seat)
        who = told.name if told else full.note.author
        self._bridge.post(lambda: self._show_fetched(full, who))

    def _show_fetched(self, full: FullRecord, who: str) -> None:
        # Another one may have been asked for since.
        if full.note.id == self._read_note:
            self._show_first(self._texts.of(full, who, frozenset()))

    def _show_first(self, record: RecordText | None) -> None:
        self._first.made.show_record(record)

    def _call(self, call: str) -> Call | None:
        return next((one for one in self._station.calls.view.value.calls if one.id == call), None)


def _full(note: Note, beside: tuple[object, ...]) -> FullRecord:
    call = next((one for one in beside if isinstance(one, Call)), None)
    assessed = [one for one in beside if isinstance(one, Assessment) and one.note == note.id]
    referrals = tuple(one for one in beside if isinstance(one, Referral) and one.note == note.id)
    return FullRecord(note, call, assessed[0] if assessed else None, referrals, beside)
