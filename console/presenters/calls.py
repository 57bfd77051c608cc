"""Calls as the panel shows them."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

from console.calls.handing import HandingView
from console.calls.service import LineView
from console.presenters.times import local, local_or_none
from models.calls.brief import Brief
from models.calls.call import Call, Party
from models.calls.events import CallEnd, Origin
from models.calls.picture import Queue
from models.calls.queueing import Rank
from models.people.caller import CallerCard
from models.people.number import NumberKind, kind_of, mask
from models.people.site import Site
from resources.places import city_of_issue, english
from resources.texts import language, t
from widgets.calls.asking_view import BriefView
from widgets.calls.view import CallView, PartyView, Place, QueueView


def call_views(
    view: LineView,
    site: Site,
    shown: frozenset[str] = frozenset(),
    told: HandingView | None = None,
    seat: str = "",
) -> tuple[CallView, ...]:
    """The calls of this seat: where they were issued, what is known of the callers.

    Numbers are masked but for the calls that are `shown`. One that was opened by hand is not shown beside the
    call of the line that it is the same as. `told` is what colleagues said of calls to this `seat`.
    """
    here = {call.id for call in view.calls}
    calls = [call for call in view.calls if call.same_as not in here]
    lines = {call.id: line.id for call in calls if (line := view.line_of(call.id))}
    offered = {call: call for call in lines} | {line: call for call, line in lines.items()}
    return tuple(
        replace(
            _call_view(call, view.callers.get(call.id), site, shown),
            own=bool(seat and call.ranking and call.ranking.seat == seat),
            joins=offered.get(call.id, ""),
            brief=_brief_view(told.told(call.id, seat) if told else None),
        )
        for call in calls
    )


def queue_view(queue: Queue) -> QueueView:
    """Who waits."""
    return QueueView(queue.waiting, local_or_none(queue.oldest_at), queue.first, queue.last)


def _call_view(call: Call, card: CallerCard | None, site: Site, shown: frozenset[str]) -> CallView:
    place, city = _place(call.number, site)
    masked = mask(call.number) if call.number else ""
    held = call.held.at if call.held and call.held.on else None
    return CallView(
        id=call.id,
        state=call.state,
        number=call.number if call.id in shown else masked,
        masked=call.id not in shown and masked != call.number,
        dialled=call.dialled,
        place=place,
        city=city,
        entered_at=local_or_none(call.entered_at),
        answered_at=local_or_none(call.answered_at),
        held_at=local_or_none(held),
        ended_at=local_or_none(call.ended_at),
        muted=call.is_muted,
        earlier=card.calls if card else 0,
        earlier_level=card.last_level if card else "",
        parties=tuple(_party_view(party) for party in _parties(call)),
        tape=call.tape.state if call.tape else None,
        rank=call.ranking.rank if call.ranking else Rank.PLAIN,
        by_hand=call.origin is Origin.MANUAL,
        came_back=_came_back(call),
        pressed=tuple((local(one.at), one.key) for one in call.pressed),
        quality=call.quality,
    )


def _brief_view(brief: Brief | None) -> BriefView | None:
    if brief is None:
        return None
    who = t("handing.colleague_of_seat", name=brief.name, seat=brief.seat)
    return BriefView(who, brief.level, brief.red, brief.lines, local(brief.at), brief.note)


def _came_back(call: Call) -> bool:
    """Whether it was given away, nobody took it, and the caller waits again.

    Where a caller gives up meanwhile, the call is over before the last one who was asked is gone.
    """
    if call.end is not CallEnd.TRANSFERRED or call.ended_at is None or not call.parties:
        return False
    last = list(call.parties.values())[-1]
    return last.left_at is not None and last.left_at <= call.ended_at and not last.joined_at


def _place(number: str, site: Site) -> tuple[Place, str]:
    kind = kind_of(number)
    if kind in (NumberKind.WITHHELD, NumberKind.ABROAD):
        return (Place.ABROAD if kind is NumberKind.ABROAD else Place.UNKNOWN), ""
    issue = city_of_issue(number)
    if kind is NumberKind.SWITCHBOARD:
        cities = t("calls.cities_separator").join(_shown(city) for city in issue.cities)
        return Place.SWITCHBOARD, cities or t("calls.place_unknown")
    if issue.city is None:
        return Place.UNKNOWN, t("calls.cities_separator").join(_shown(city) for city in issue.cities)
    return (Place.LOCAL if issue.city == site.city else Place.AWAY), _shown(issue.city)


def _shown(city: str) -> str:
    return english(city) if language() == "en" else city


def _reached(party: Party) -> str:
    if party.seat:
        return t("handing.seat", seat=party.seat)
    # A lifeline's number names nobody; that of a relative does.
    return mask(party.dial) if kind_of(party.dial) is NumberKind.MOBILE else party.dial


def _parties(call: Call) -> Iterator[Party]:
    """The third parties; with the call they are gone too, unless the caller was left with them.

    Nobody says so of each of them: the line need not tell of a leg that ends with all the others.
    """
    over = call.ended_at is not None and call.end is not CallEnd.TRANSFERRED
    for party in call.parties.values():
        yield (
            replace(party, left_at=call.ended_at, cause="call_over") if over and not party.left_at else party
        )


def _party_view(party: Party) -> PartyView:
    reached = (party.left_at, party.joined_at, party.rang_at, party.invited_at)
    since = next((at for at in reached if at), None)
    return PartyView(
        party.id,
        party.label,
        _reached(party),
        party.phase,
        local(since or datetime.min.replace(tzinfo=UTC)),
        party.cause,
        bool(party.seat),
    )
