"""Whose the seat is, on the call panel; on the lead's desk who asks for one, and more time for wrap-up."""

from console.presenters.bridge import Bridge
from console.presenters.times import local
from console.workstation import Workstation
from models.shifts.wish import SeatWish
from widgets.calls.panel import CallPanel
from widgets.lead.desk import LeadDesk
from widgets.lead.wishes import WishView


class SeatingPresenter:
    """Connects panel and desk; what only leads may do is connected for leads only."""

    def __init__(self, bridge: Bridge, station: Workstation, calls: CallPanel, desk: LeadDesk) -> None:
        self._bridge = bridge
        self._station = station
        self._desk = desk
        calls.seat_wanted.connect(lambda: bridge.wish(station.seating.ask))
        bridge.show(station.seating.standing, calls.show_standing)
        if station.identity.operator.leads:
            desk.lengthen_wanted.connect(self._lengthen)
            desk.seat_answered.connect(self._answer)
            bridge.show(station.seating.wishes, self._show_wishes)

    def _lengthen(self, seat: str, minutes: int) -> None:
        station = self._station
        self._bridge.wish(
            lambda: station.spawn(station.command(station.line.seating.lengthen(seat, minutes)))
        )

    def _answer(self, wish: str, on: bool) -> None:
        station = self._station
        self._bridge.wish(lambda: station.spawn(station.command(station.seating.give(wish, on))))

    def _show_wishes(self, wishes: tuple[SeatWish, ...]) -> None:
        self._desk.show_wishes(
            tuple(
                WishView(
                    one.id,
                    one.seat,
                    one.name or one.operator,
                    one.holder_name or one.holder,
                    local(one.at),
                )
                for one in wishes
            )
        )
