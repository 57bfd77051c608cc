"""The referral sheet, filled before it opens, and the timeline of what was started."""

from dataclasses import dataclass, replace

from console.notes.service import Desk
from console.presenters.answered import as_said
from console.presenters.assessing import Assessing
from console.presenters.bridge import Bridge
from console.presenters.window import Parts
from console.referrals.told import tell
from console.workstation import Workstation
from models.calls.call import Call
from models.calls.own_number import own_number
from models.clock import Clock
from models.ids import new_id
from models.notes.note import Note
from models.referrals.dialling import dial_for
from models.referrals.place import KnownPlace, Whereabouts, whereabouts
from models.referrals.referral import LegalBasis, PlaceBasis, Referral
from models.referrals.target import Target
from models.risk.assessment import Assessment
from resources.hotline import Hotline
from resources.places import all_cities, area_code_of, city_of_issue
from resources.places.spoken import city_in
from resources.texts import language, t
from widgets.referrals.view import Mark, PlaceView, ReferralView, TargetView


@dataclass(frozen=True)
class _Case:
    """What the sheet is about: made once when it opens."""

    id: str
    note: Note
    call: Call | None
    assessment: Assessment | None
    where: Whereabouts


class ReferralPresenter:
    """Opens the sheet with everything in place; one act on it records, pushes and dials."""

    def __init__(
        self,
        bridge: Bridge,
        station: Workstation,
        parts: Parts,
        hotline: Hotline,
        assessing: Assessing,
        clock: Clock,
    ) -> None:
        self._bridge = bridge
        self._assessing = assessing
        self._station = station
        self._parts = parts
        self._site = hotline.site
        self._clock = clock
        self._names = hotline.enumerations
        self._targets = {target.id: target for target in hotline.targets}
        self._case: _Case | None = None
        self._desk = Desk()
        self._dial: dict[str, str] = {}
        self._speak()
        bridge.show(station.notes.desk, self._show_desk)
        bridge.show(station.referrals.referrals, parts.timeline.show_referrals)
        bridge.show(station.risk.assessment, self._show_alarming)
        bridge.show(station.handing.view, self._show_alarming)

    def _speak(self) -> None:
        parts, station = self._parts, self._station
        parts.window.refer_wanted.connect(self._open)
        parts.calls.three_way_wanted.connect(lambda _call: self._open())
        parts.referral.confirmed.connect(self._confirm)
        parts.referral.place_chosen.connect(self._choose_place)
        parts.referral.cancelled.connect(lambda: parts.window.show_referral(False))
        advance = station.referrals.advance
        parts.timeline.advanced.connect(
            lambda referral, step, detail: self._bridge.wish(advance, referral, step, detail)
        )

    def _show_desk(self, desk: Desk) -> None:
        self._desk = desk
        self._show_alarming(None)
        if desk.note is None or (self._case is not None and self._case.note.id != desk.note.id):
            # Place, words and number are those of the other person.
            self._parts.window.show_referral(False)

    def _show_alarming(self, _: object) -> None:
        """By the own assessment, and by the red mark of a colleague who handed the call on."""
        station, note = self._station, self._desk.note
        assessed = station.risk.assessment.value
        level = assessed.level if assessed else None
        told = station.handing.view.value.told(note.call, station.identity.seat) if note else None
        red = told is not None and told.red
        self._parts.window.show_alarming(red or (level is not None and level.alarming))

    def _open(self) -> None:
        note = self._desk.note
        if note is None:
            return
        self._parts.note.commit()
        note = as_said(note, self._parts.note)
        calls = self._station.calls.view.value.calls
        call = next((one for one in calls if one.id == note.call), None)
        self._case = _Case(new_id(), note, call, self._assessing.seen(note), self._whereabouts(note, call))
        self._show(self._case)
        self._parts.window.show_referral(True)

    def _whereabouts(self, note: Note, call: Call | None) -> Whereabouts:
        said = str(note.body.values.get("place", "")).strip()
        stated = KnownPlace(city_in(said), PlaceBasis.STATED, said) if said else None
        number = own_number(call) if call else ""
        issue = city_of_issue(number) if number else None
        number_city = (issue.city or "") if issue else ""
        relation = note.body.values.get("relation", "self")
        is_person = relation == "self" and note.body.category != "C5"
        return whereabouts(stated, number_city, self._site.city, is_person)

    def _show(self, case: _Case) -> None:
        chosen = case.where.chosen
        answers = case.assessment.current if case.assessment else {}
        number = own_number(case.call) if case.call else ""
        spoken = (chosen.detail or chosen.city) if chosen else ""
        told = tell(case.note.body.values, answers, spoken, number, self._names)
        level = case.assessment.level if case.assessment else None
        alarming = level is not None and level.alarming
        self._parts.referral.show_referral(
            ReferralView(
                id=case.id,
                places=tuple(_place_view(place) for place in case.where.places),
                place=_place_view(chosen) if chosen else None,
                targets=tuple(self._target_views(chosen, alarming)),
                text=told.text,
                personal=told.personal,
                withheld=t("referrals.withheld_usual"),
                cities=all_cities(),
                legal_basis=LegalBasis.EMERGENCY if alarming else LegalBasis.CONSENT,
            )
        )

    def _target_views(self, place: KnownPlace | None, alarming: bool) -> list[TargetView]:
        city = place.city if place else ""
        code = area_code_of(city) if city else ""
        views: list[TargetView] = []
        for target in self._targets.values():
            dial = dial_for(target, city, code, self._site)
            self._dial[target.id] = dial.digits
            first = alarming and not any(view.mark is Mark.FIRST for view in views)
            views.append(
                TargetView(
                    id=target.id,
                    name=target.name(language()),
                    short=target.short,
                    dial=dial.digits,
                    reason=city,
                    mark=_mark(target, first, alarming),
                    verified=dial.verified,
                    emergency=target.emergency,
                )
            )
        return views

    def _choose_place(self, place: str, basis: PlaceBasis) -> None:
        case = self._case
        if case is None:
            return
        known = KnownPlace(city_in(place) or place, basis, place)
        places = (known, *(one for one in case.where.places if one.city != known.city))
        self._case = replace(case, where=Whereabouts(places, known))
        self._show(self._case)

    def _confirm(self, target: str, place: str, basis: PlaceBasis, text: str, legal: LegalBasis) -> None:
        case, chosen = self._case, self._targets[target]
        self._parts.window.show_referral(False)
        if case is None:
            return
        referral = Referral(
            id=case.id,
            note=case.note.id,
            call=case.note.call,
            author=case.note.author,
            site=case.note.site,
            target=target,
            target_kind=chosen.kind,
            target_name=chosen.name(language()),
            dial=self._dial[target],
            verified=chosen.verified,
            place=place,
            place_basis=basis,
            text=text,
            legal_basis=legal,
            opened_at=self._clock.now(),
        )
        station = self._station
        self._bridge.wish(lambda: station.spawn(station.referrals.start(referral)))


def _place_view(place: KnownPlace) -> PlaceView:
    note = place.detail if place.detail != place.city else ""
    return PlaceView(place.city or place.detail, place.basis, note)


def _mark(target: Target, first: bool, alarming: bool) -> Mark:
    if first:
        return Mark.FIRST
    return Mark.ALONGSIDE if target.emergency or not alarming else Mark.LATER
