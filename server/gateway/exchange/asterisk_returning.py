"""Telephones that come back into a conversation: a new channel takes the place of the one before."""

from server.gateway.exchange.ami import Packet
from server.gateway.exchange.asterisk_floor import Floor, Part


class Returning:
    """Keeps the floor true when a telephone inside a console fell and is there again (SIP Replaces)."""

    def __init__(self, floor: Floor) -> None:
        self._floor = floor
        self._coming: dict[str, tuple[str, str]] = {}
        """Unique id and channel of a telephone that calls its own seat, by the seat."""

    def hear(self, packet: Packet) -> None:
        """One manager event, before anything else is made of it."""
        match packet["Event"]:
            case "BridgeEnter" if packet["SwapUniqueid"]:
                self._floor.swap(packet["SwapUniqueid"], packet["Uniqueid"], packet["Channel"])
            case "Newstate" if packet["Exten"] and packet["Exten"] == packet.variables.get("XINQIAO_SEAT"):
                self._coming[packet["Exten"]] = packet["Uniqueid"], packet["Channel"]
            case "Hangup":
                self._replaced(packet["Uniqueid"])

    def _replaced(self, gone: str) -> None:
        """In a room the exchange of channels is not told: a new one was made, and the former one ends."""
        leg = self._floor.legs.get(gone)
        waits = leg is not None and leg.part is Part.PHONE and leg.in_room and not leg.taken
        come = self._coming.pop(leg.key, None) if leg and waits else None
        if come and come[0] != gone:
            self._floor.swap(gone, *come)
        self._coming = {seat: one for seat, one in self._coming.items() if one[0] != gone}
