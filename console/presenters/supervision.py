"""The conversations of others on the lead's desk, and the lead's part in them."""

from console.presenters.bridge import Bridge
from console.presenters.times import local
from console.shifts.service import DutyView
from console.supervision.service import Watch
from console.workstation import Workstation
from models.alerts.known import Known
from models.calls.events import Watching
from models.notes.card import NoteCard
from models.shifts.duty import Duty, DutyState
from widgets.lead.desk import LeadDesk
from widgets.lead.view import TalkView

_TALKS = (DutyState.TALKING, DutyState.HELD)


class SupervisionPresenter:
    """Connects the list of conversations; for others than leads it does nothing."""

    def __init__(self, bridge: Bridge, station: Workstation, desk: LeadDesk) -> None:
        self._bridge = bridge
        self._station = station
        self._desk = desk
        self._duties: tuple[Duty, ...] = ()
        self._watch = Watch()
        self._levels: dict[str, str] = {}
        self._alerted: dict[str, str] = {}
        if not station.identity.operator.leads:
            return
        desk.watch_wanted.connect(self._take_part)
        desk.take_over_wanted.connect(self._take_over)
        bridge.show(station.shifts.view, self._show_duties)
        bridge.show(station.supervision.watch, self._show_watch)
        bridge.show(station.lead.cards, self._show_cards)
        bridge.show(station.alerts.known, self._show_alerts)

    def _take_part(self, call: str, how: Watching) -> None:
        station = self._station
        self._bridge.wish(lambda: station.spawn(station.supervision.take_part(call, how)))

    def _take_over(self, call: str) -> None:
        station = self._station
        self._bridge.wish(lambda: station.spawn(station.supervision.take_over(call)))

    def _show_duties(self, view: DutyView) -> None:
        own = self._station.identity.seat
        talks = (duty for duty in view.seats.values() if duty.call and duty.state in _TALKS)
        self._duties = tuple(duty for duty in talks if duty.seat != own)
        self._show()

    def _show_watch(self, watch: Watch) -> None:
        self._watch = watch
        self._show()

    def _show_cards(self, cards: tuple[NoteCard, ...]) -> None:
        self._levels = {card.call: card.level for card in cards if card.level}
        self._show()

    def _show_alerts(self, known: Known) -> None:
        self._alerted = {one.call: one.level.value for one in known.alerts.values() if one.level}
        self._show()

    def _show(self) -> None:
        views = [self._view(duty) for duty in self._duties]
        self._desk.show_talks(tuple(sorted(views, key=lambda view: (_rank(view.level), view.since))))

    def _view(self, duty: Duty) -> TalkView:
        # The card of a note comes with the server, an alert also without it.
        level = max(self._levels.get(duty.call, ""), self._alerted.get(duty.call, ""))
        how = self._watch.how if self._watch.call == duty.call else Watching.GONE
        held = duty.state is DutyState.HELD
        return TalkView(duty.call, duty.seat, duty.name or duty.operator, local(duty.since), level, held, how)


def _rank(level: str) -> int:
    return {"R4": 0, "R3": 1}.get(level, 2)
