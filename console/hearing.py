"""What the line tells, taken to the services it concerns."""

from console.alerts.service import AlertsService
from console.calls.handing import HandingService
from console.calls.service import CallsService
from console.line import port
from console.line.linked import Linked
from console.shifts.seating import SeatingService
from console.shifts.service import ShiftsService
from console.supervision.service import SupervisionService
from models.shifts.duty import Duty


class Hearing:
    """Lives on the io thread."""

    def __init__(
        self,
        calls: CallsService,
        shifts: ShiftsService,
        linked: Linked,
        handing: HandingService,
        alerts: AlertsService,
        seating: SeatingService,
        supervision: SupervisionService,
    ) -> None:
        self._supervision = supervision
        self._seating = seating
        self._alerts = alerts
        self._calls = calls
        self._shifts = shifts
        self._linked = linked
        calls.view.watch(lambda view: linked.see_calls(view.calls))
        self._handing = handing

    def hear(self, news: port.News) -> None:
        """One piece of news."""
        match news:
            case port.Happened(event):
                self._calls.hear(event)
                self._supervision.hear(event)
            case port.Picture(calls, queue, duty, line, briefs):
                self._calls.see(calls, queue)
                self._supervision.see(calls)
                self._handing.see(frozenset(call.id for call in calls), briefs)
                self._duty(duty)
                self._linked.exchange(line)
            case port.QueueMoved(queue):
                self._calls.see_queue(queue)
            case port.DutyChanged(duty):
                self._duty(duty)
            case port.AlertTold(told):
                self._alerts.hear(told)
            case port.Colleagues(there):
                self._handing.see_colleagues(there)
            case port.Asked() | port.SeatWanted() | port.SeatSettled():
                self._seating.hear(news)
            case _:
                self._hear_of_line(news)

    def _hear_of_line(self, news: port.News) -> None:
        """How the line itself is."""
        match news:
            case port.LineChanged(line):
                self._linked.exchange(line)
            case port.Troubled(codes):
                self._linked.troubled(codes)
            case port.Connected() | port.Lost() | port.Refused():
                self._link(news)

    def _link(self, news: port.Connected | port.Lost | port.Refused) -> None:
        self._linked.gateway(news)
        self._seating.hear(news)
        if isinstance(news, port.Connected):
            self._alerts.connected()
        if isinstance(news, port.Lost | port.Refused):
            self._calls.line_lost()
            self._handing.line_lost()

    def _duty(self, duty: Duty) -> None:
        self._shifts.hear(duty)
        self._seating.see(duty)
