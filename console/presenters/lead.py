"""The lead's desk: who is on duty, what was recorded, and in full what may be read."""

from dataclasses import replace
from datetime import timedelta
from functools import partial

from console.access.service import Asked
from console.lead.service import FullRecord
from console.presenters.asking import ask_view
from console.presenters.bridge import Bridge
from console.presenters.reading import RecordTexts
from console.presenters.times import local, local_or_none
from console.shifts.service import DutyView
from console.workstation import Workstation
from models.access.grant import Grant
from models.access.reasons import UnmaskReason
from models.calls.card import CallCard
from models.notes.card import NoteCard
from models.people.staff import Member
from resources.hotline import Hotline
from resources.texts import t
from widgets.base.levels import level_text
from widgets.lead.desk import LeadDesk
from widgets.lead.view import LoweringView, OperatorView, ShiftNoteView


class LeadPresenter:
    """Connects the lead's desk; for others it does nothing."""

    def __init__(self, bridge: Bridge, station: Workstation, desk: LeadDesk, hotline: Hotline) -> None:
        self._bridge = bridge
        self._station = station
        self._desk = desk
        self._texts = RecordTexts(hotline)
        self._operators: dict[str, str] = {}
        self._record: FullRecord | None = None
        self._wanted: NoteCard | None = None
        self._asked = Asked()
        self._shown: frozenset[str] = frozenset()
        if not station.identity.operator.leads:
            return
        desk.open_wanted.connect(lambda note: bridge.wish(lambda: station.spawn(station.lead.open(note))))
        desk.ask_wanted.connect(self._ask)
        desk.back_wanted.connect(self._look_back)
        desk.acknowledge_wanted.connect(self._acknowledge)
        desk.unmask_wanted.connect(self._unmask)
        desk.seconded.connect(self._second)
        bridge.show(station.knowing.staff.members, self._show_staff)
        bridge.show(station.shifts.view, self._show_duties)
        bridge.show(station.lead.cards, self._show_cards)
        bridge.show(station.lead.missed, self._show_missed)
        bridge.show(station.alerts.known, lambda _: self._show_cards(station.lead.cards.value))
        bridge.show(station.lead.record, self._show_record)
        bridge.show(station.lead.wanted, self._show_wanted)
        bridge.show(station.access.asked, self._show_asked)
        bridge.show(station.access.unmasked, self._show_unmasked)

    def _ask(self, note: str, reason: str, hours: int) -> None:
        station = self._station
        self._bridge.wish(lambda: station.spawn(station.ask_for(note, reason, hours)))

    def _second(self, lowering: str, agrees: bool) -> None:
        station, record = self._station, self._record
        if record is not None and record.assessment is not None:
            assessment = record.assessment
            self._bridge.wish(lambda: station.spawn(station.second(assessment, lowering, agrees)))

    def _look_back(self, days: int) -> None:
        station = self._station
        self._bridge.wish(lambda: station.spawn(station.lead.look_back(timedelta(days=days))))

    def _unmask(self, reason: str) -> None:
        record = self._record
        if record is not None and record.call is not None:
            given = (record.call, record.note, record.beside, UnmaskReason(reason))
            self._bridge.wish(partial(self._station.access.unmask, *given))

    def _show_staff(self, members: tuple[Member, ...]) -> None:
        """Whoever wrote a record is named, also one who was never on duty here or works here no more."""
        self._operators.update({one.id: one.name for one in members})
        self._show_cards(self._station.lead.cards.value)

    def _show_duties(self, view: DutyView) -> None:
        self._operators.update({duty.operator: duty.name for duty in view.seats.values() if duty.name})
        self._desk.show_operators(
            tuple(
                OperatorView(
                    duty.operator,
                    duty.name or duty.operator,
                    "",
                    duty.seat,
                    duty.state,
                    local(duty.since),
                    duty.reason,
                    until=local_or_none(duty.until),
                    lengthened=duty.lengthened,
                    unanswered=duty.unanswered,
                )
                for duty in view.seats.values()
                if duty.operator
            )
        )

    def _show_cards(self, cards: tuple[NoteCard, ...]) -> None:
        self._desk.show_notes(
            tuple(
                ShiftNoteView(
                    card.id,
                    local(card.opened_at),
                    self._who(card.author),
                    self._texts.name("call_category", card.category),
                    card.level or "RX",
                    card.state,
                    self._seen(card.id),
                )
                for card in cards
            )
        )

    def _seen(self, note: str) -> bool | None:
        """Whether somebody has seen what was alerted of a note; None where nothing was."""
        known = self._station.alerts.known.value
        alerts = known.of_note(note)
        return all(known.seen(one.id) for one in alerts[-1:]) if alerts else None

    def _acknowledge(self, note: str) -> None:
        alerts = self._station.alerts
        for one in alerts.known.value.of_note(note):
            self._bridge.wish(alerts.acknowledge, one.id)

    def _show_missed(self, missed: tuple[CallCard, ...]) -> None:
        last = max((card.ended_at for card in missed), default=None)
        longest = max((card.waited_seconds for card in missed), default=0)
        self._desk.show_missed(len(missed), local_or_none(last), longest)

    def _show_record(self, record: FullRecord | None) -> None:
        self._record = record
        self._show()

    def _show_unmasked(self, calls: frozenset[str]) -> None:
        self._shown = calls
        self._show()

    def _show_wanted(self, card: NoteCard | None) -> None:
        self._wanted = card
        self._show()

    def _show_asked(self, asked: Asked) -> None:
        self._asked = asked
        self._show()

    def _show(self) -> None:
        record, card = self._record, self._wanted
        text = None
        if record is not None:
            text = self._texts.of(
                record, self._who(record.note.author), self._shown, until_words(record), self._operators
            )
            text = replace(text, lowering=self._lowering(record))
        self._desk.show_record(text)
        offered = card is not None and record is None
        asking = ask_view(card, self._who(card.author), self._station.access, self._asked) if card else None
        self._desk.show_ask(asking if offered else None)

    def _lowering(self, record: FullRecord) -> LoweringView | None:
        """What waits for a second person, who is not the one that wished for it."""
        waiting = record.assessment.standing.waiting if record.assessment else None
        if waiting is None or waiting.actor == self._station.identity.operator.id:
            return None
        levels = level_text(waiting.stood), level_text(waiting.to)
        return LoweringView(waiting.op, self._who(waiting.actor), *levels, waiting.reason)

    def _who(self, author: str) -> str:
        return self._operators.get(author, author)


def until_words(record: FullRecord) -> str:
    """Until when a record may be read that was asked for; "" for one that may be read anyway."""
    ends = [one.until for one in record.beside if isinstance(one, Grant) and one.note == record.note.id]
    alarming = record.assessment and record.assessment.peak and record.assessment.peak.alarming
    if not ends or alarming:
        return ""
    return t("access.until", time=f"{local(max(ends)):%m-%d %H:%M}")
