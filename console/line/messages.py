"""What a frame of the gateway says, in the words of the port; imports pydantic."""

from dataclasses import dataclass

from console.line import port
from models.wire import alerts, handover, seats
from models.wire import line as wire


@dataclass(frozen=True, slots=True)
class Settled:
    """The answer to one command."""

    id: str
    done: port.Done


def read(frame: str | bytes) -> port.News | Settled:
    """One frame as a value. Raises ValueError for what this protocol version does not know."""
    message = wire.NEWS.validate_json(frame)
    match message:
        case wire.Done():
            return Settled(message.id, port.Done(message.ok, message.why))
        case wire.Welcome():
            return port.Connected(message.operator, message.seat, message.line, message.practice)
        case wire.Refused():
            return port.Refused(message.why)
        case wire.LineChanged():
            return port.LineChanged(message.line)
        case seats.Asked():
            return port.Asked(message.seat)
        case seats.SeatWanted():
            return port.SeatWanted(message.wish)
        case seats.SeatSettled():
            return port.SeatSettled(message.id)
        case alerts.Alerted():
            return port.AlertTold(message.alert)
        case alerts.AlertSeen():
            return port.AlertTold(message.sight)
    return _of_work(message)


def _of_work(message: object) -> port.News:
    match message:
        case wire.Picture():
            return port.Picture(message.calls, message.queue, message.duty, message.line, message.briefs)
        case wire.Happened():
            return port.Happened(message.event)
        case wire.Troubled():
            return port.Troubled(message.codes)
        case wire.QueueMoved():
            return port.QueueMoved(message.queue)
        case wire.DutyChanged():
            return port.DutyChanged(message.duty)
        case handover.Colleagues():
            return port.Colleagues(message.there)
    raise ValueError(f"unknown message {type(message).__name__}")
