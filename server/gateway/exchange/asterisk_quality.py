"""How well a call can be heard, from the RTCP reports of its channels."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from models.calls.quality import Grade, Measured, Sample, grade_of, worse, worst
from server.gateway.exchange.ami import Packet
from server.gateway.exchange.asterisk_floor import Floor, Part

_OF_A_CALL = (Part.CALLER, Part.PHONE)
_FRACTION = 256
_TICKS_A_MS = 8
"""The clock of the reports runs at 8 kHz, as the shipped codecs alaw and ulaw do."""
_CALM = timedelta(seconds=5)
_MOST_PERCENT, _MOST_MS = 100, 60_000


@dataclass(slots=True)
class _Heard:
    """What was told of one call: the latest report of each channel and way."""

    samples: dict[tuple[str, str], Sample] = field(default_factory=dict)
    grade: Grade = Grade.GOOD
    told_at: datetime | None = None
    better: int = 0


class Listening:
    """One report after another; tells when the grade of a call changed, a worse one at once.

    A better one is believed from the second report on, and nothing is told twice within five seconds.
    """

    def __init__(self, floor: Floor) -> None:
        self._floor = floor
        self._heard: dict[str, _Heard] = {}

    def hear(self, packet: Packet) -> Measured | None:
        """The report of a channel that belongs to a conversation."""
        leg = self._floor.legs.get(packet["Uniqueid"])
        if leg is None or leg.part not in _OF_A_CALL or not self._floor.calls[leg.call].answered_at:
            return None
        sample = sample_of(packet)
        if sample is None:
            return None
        for over in [call for call in self._heard if call not in self._floor.calls]:
            del self._heard[over]
        heard = self._heard.setdefault(leg.call, _Heard())
        heard.samples[packet["Uniqueid"], packet["Event"]] = sample
        # A channel that is gone says nothing of now.
        heard.samples = {key: one for key, one in heard.samples.items() if key[0] in self._floor.legs}
        return self._told(leg.call, heard)

    def _told(self, call: str, heard: _Heard) -> Measured | None:
        now = worst(tuple(heard.samples.values()))
        grade, at = grade_of(now), self._floor.moment()
        if grade is heard.grade:
            heard.better = 0
            return None
        if worse(heard.grade, grade):
            heard.better += 1
            if heard.better <= len(heard.samples):
                return None
        if heard.told_at is not None and at - heard.told_at < _CALM:
            return None
        heard.grade, heard.told_at, heard.better = grade, at, 0
        figures = (round(now.lost_percent), round(now.jitter_ms), round(now.round_trip_ms))
        measured = Measured(*self._floor.mark(call), grade, *figures)
        self._floor.happened(measured)
        return measured


def sample_of(packet: Packet) -> Sample | None:
    """The figures of `RTCPReceived` (what the other end hears of us) or `RTCPSent` (what we hear of it).

    None for a report about nothing, or with figures that are none.
    """
    try:
        if int(packet["ReportCount"] or "0") < 1:
            return None
        lost = int(packet["Report0FractionLost"]) / _FRACTION * 100
        jitter = int(packet["Report0IAJitter"]) / _TICKS_A_MS
        trip = float(packet["RTT"] or "0") * 1000
        if not 0 <= trip <= _MOST_MS:
            # A clock that runs a little ahead: Asterisk shows a small negative time as 65535.99 s.
            trip = 0
    except (ValueError, OverflowError):
        return None
    fits = 0 <= lost <= _MOST_PERCENT and 0 <= jitter <= _MOST_MS
    return Sample(lost, jitter, trip) if fits else None
