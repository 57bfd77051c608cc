"""The lead's desk: who is on duty, what was recorded, and in full what reached R3 or R4."""

from datetime import datetime

from console.lead.service import FullRecord
from console.presenters.bridge import Bridge
from console.presenters.times import local
from console.shifts.service import DutyView
from console.workstation import Workstation
from models.notes.card import NoteCard
from models.notes.note import Value
from models.people.number import mask
from models.risk.assessment import Dial, Phase
from models.risk.quick_screen import AskState, Item
from resources import instruments
from resources.enumerations import label
from resources.hotline import Hotline
from resources.texts import language, t
from widgets.base.timeline import Point
from widgets.lead.desk import LeadDesk
from widgets.lead.view import OperatorView, RecordText, ScreenAnswer, ShiftNoteView
from widgets.risk.screen import wording

_TONES = {AskState.YES: "care", AskState.NO: "plain"}


class LeadPresenter:
    """Connects the lead's desk; for others it does nothing."""

    def __init__(self, bridge: Bridge, station: Workstation, desk: LeadDesk, hotline: Hotline) -> None:
        self._desk = desk
        self._names = hotline.enumerations
        self._form = hotline.form
        self._operators: dict[str, str] = {}
        if not station.identity.operator.leads:
            return
        desk.open_wanted.connect(lambda note: bridge.wish(lambda: station.spawn(station.lead.open(note))))
        bridge.show(station.shifts.view, self._show_duties)
        bridge.show(station.lead.cards, self._show_cards)
        bridge.show(station.lead.record, self._show_record)

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
                    self._operators.get(card.author, card.author),
                    self._name("call_category", card.category),
                    card.level or "RX",
                    card.state,
                )
                for card in cards
            )
        )

    def _show_record(self, record: FullRecord | None) -> None:
        self._desk.show_record(self._text(record) if record else None)

    def _text(self, record: FullRecord) -> RecordText:
        note, assessment = record.note, record.assessment
        who = self._operators.get(note.author, note.author)
        log: tuple[tuple[datetime, str], ...] = tuple((local(one.at), one.text) for one in note.body.log)
        verdict = assessment.verdict if assessment else None
        return RecordText(
            id=note.id,
            heading=t("lead.record_heading", who=who, time=f"{local(note.opened_at):%H:%M}"),
            level=(assessment.peak if assessment else None) or "RX",
            reason=t(f"risk.fired_{verdict.fired}") if verdict and verdict.fired else "",
            number=mask(record.call.number) if record.call and record.call.number else "",
            fields=self._fields(record),
            log=log,
            screen=_answers(record),
            ratings=_ratings(record),
            referral=tuple(
                Point(f"{local(entry.at):%H:%M}", t(f"referrals.step_{entry.step}"), note=entry.detail)
                for referral in record.referrals
                for entry in referral.timeline
            ),
        )

    def _fields(self, record: FullRecord) -> tuple[tuple[str, str], ...]:
        body = record.note.body
        category = (t("notes.category"), self._name("call_category", body.category))
        shown = [
            (field.label(language()), self._words(field.choices, body.values[field.key]))
            for field in self._form.fields
            if body.values.get(field.key)
        ]
        return (category, *shown)

    def _words(self, choices: str, value: Value) -> str:
        values = value if isinstance(value, tuple) else (str(value),)
        return t("lead.separator").join(self._name(choices, one) for one in values)

    def _name(self, choices: str, code: str) -> str:
        return label(self._names, choices, code, language()) if choices else code


def _answers(record: FullRecord) -> tuple[ScreenAnswer, ...]:
    current = record.assessment.current if record.assessment else {}
    words = {one.id: wording(one) for one in instruments.load().items}
    answers = ((item, current.get(item, AskState.NOT_ASKED)) for item in Item)
    return tuple(
        ScreenAnswer(words[item], t(f"risk.state_{state}"), _TONES.get(state, "unsure"))
        for item, state in answers
    )


def _ratings(record: FullRecord) -> tuple[tuple[str, str], ...]:
    assessment = record.assessment
    if assessment is None:
        return ()
    words = {one.id: wording(one) for one in instruments.load().ratings}
    pairs = [
        (dial, assessment.rating(dial, Phase.BEFORE), assessment.rating(dial, Phase.AFTER)) for dial in Dial
    ]
    return tuple(
        (words[dial], " → ".join(str(value) for value in (before, after) if value is not None))
        for dial, before, after in pairs
        if before is not None or after is not None
    )
