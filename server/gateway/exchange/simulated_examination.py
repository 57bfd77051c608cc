"""The examination of the simulated exchange: its line and its seats can be out of order, nothing else."""

from server.gateway.exchange.examination import Examined, Report, Subject
from server.gateway.exchange.switchboard import Switchboard

_NAME = "simulated"


class SimulatedExamination:
    """See `examination.Examination`."""

    def __init__(self, board: Switchboard) -> None:
        self._board = board

    def telephone_dies(self, seat: str) -> None:
        """The telephone of a seat has no power any more."""
        self._board.unplug(seat)

    async def examine(self) -> Examined:
        """Look at the line, the queue and the seats."""
        report = Report()
        report.looked_at(Subject.LOGIN)
        picture = self._board.picture()
        if picture.problem:
            report.found(Subject.LOGIN, "unreachable", host=_NAME, port="0", user=_NAME)
            return report.examined()
        report.looked_at(Subject.QUEUE)
        report.looked_at(Subject.SEATS)
        for seat, state in picture.seats.items():
            if not state.reachable:
                report.found(Subject.SEATS, "seat_unreachable", seat=seat, telephone=_NAME)
        return report.examined()
