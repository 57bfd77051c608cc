"""The telephone as it is now."""

from dataclasses import dataclass, field, replace

from models.softphone.news import (
    CallMoved,
    Conversation,
    DevicesSeen,
    News,
    Registered,
    Restarted,
    Rings,
    Trouble,
    TroubleTold,
)


@dataclass(frozen=True, slots=True)
class Phone:
    """What is known of the telephone; the beginning is a telephone that has said nothing yet."""

    registered: bool = False
    call: CallMoved = field(default_factory=lambda: CallMoved(Conversation.NONE))
    devices: DevicesSeen = field(default_factory=DevicesSeen)
    troubles: frozenset[Trouble] = frozenset()
    rings: bool = False
    """Whether a ring comes out of a device."""


def advance(phone: Phone, news: News) -> Phone:
    """The telephone after some news; what changes nothing leaves it as it is."""
    match news:
        case Registered(on):
            return replace(phone, registered=on)
        case CallMoved():
            return replace(phone, call=news)
        case DevicesSeen():
            return replace(phone, devices=news)
        case TroubleTold(trouble, stands):
            others = phone.troubles - {trouble}
            return replace(phone, troubles=others | {trouble} if stands else others)
        case Rings(heard):
            return replace(phone, rings=heard)
        case Restarted():
            # A conversation that began is brought back; a ring that was not answered is gone.
            return Phone(call=phone.call) if phone.call.dialog else Phone()
        case _:
            return phone
