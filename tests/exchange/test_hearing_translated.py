"""What the exchange's words about keys and reports come to, without an exchange."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.calls.events import Answered
from models.calls.pressing import Pressed
from models.calls.quality import Grade, Measured
from models.clock import ManualClock
from server.gateway.exchange.ami import Packet
from server.gateway.exchange.asterisk_events import Translation
from server.gateway.exchange.asterisk_floor import Floor, Leg, Part
from server.gateway.exchange.asterisk_quality import sample_of


class Talk:
    """A call that is talked, and its exchange's words."""

    def __init__(self) -> None:
        self.clock = ManualClock()
        self.floor = Floor("x", self.clock)
        self.translation = Translation(self.floor, "hotline")
        self.call = self.floor.begin("1.0", "13800000001", "12356", self.clock.now())
        self.floor.legs["1.0"] = Leg(self.call, Part.CALLER, "PJSIP/trunk-1")
        self.floor.legs["1.1"] = Leg(self.call, Part.PHONE, "PJSIP/1001-2", "1001")

    def answered(self) -> None:
        self.floor.happened(Answered(*self.floor.mark(self.call, "answered"), "1001"))

    def key(self, digit: str, direction: str = "Received", unique: str = "1.0") -> list[Pressed]:
        fields = {"Event": "DTMFEnd", "Uniqueid": unique, "Digit": digit, "Direction": direction}
        return [one for one in self.translation.hear(Packet(fields)) if isinstance(one, Pressed)]

    def report(
        self, lost: int = 0, jitter: int = 0, trip: str = "0.01", way: str = "Received"
    ) -> list[Measured]:
        fields = {
            "Event": f"RTCP{way}",
            "Uniqueid": "1.0",
            "ReportCount": "1",
            "Report0FractionLost": str(lost),
            "Report0IAJitter": str(jitter),
            "RTT": trip,
        }
        self.clock.forward(5)
        return [one for one in self.translation.hear(Packet(fields)) if isinstance(one, Measured)]


@pytest.fixture
def talk() -> Talk:
    known = Talk()
    known.answered()
    return known


def test_only_what_the_caller_presses_in_a_conversation_counts() -> None:
    talk = Talk()
    assert talk.key("1") == [], "in the queue a key is for the queue"
    talk.answered()
    assert [one.key for one in talk.key("1")] == ["1"]
    assert talk.key("1", "Sent") == []
    assert talk.key("1", unique="1.1") == []
    for odd in ("", "12", "x", "E", "\u0661"):
        assert talk.key(odd) == []
    assert [press.key for press in talk.floor.calls[talk.call].pressed] == ["1"]


def test_worse_is_told_at_once_and_better_when_it_stays(talk: Talk) -> None:
    assert talk.report() == []
    (bad,) = talk.report(lost=64)
    assert (bad.grade, bad.lost_percent) == (Grade.BAD, 25)
    assert talk.report(lost=64) == []
    assert talk.report() == []
    (good,) = talk.report()
    assert good.grade is Grade.GOOD
    known = talk.floor.calls[talk.call].quality
    assert known
    assert known.grade is Grade.GOOD


def test_both_ways_count(talk: Talk) -> None:
    (bad,) = talk.report(jitter=800, way="Sent")
    assert (bad.grade, bad.jitter_ms) == (Grade.BAD, 100)
    assert talk.report(way="Received") == [], "the other way is bad still"


def test_a_round_trip_that_cannot_be_is_not_known(talk: Talk) -> None:
    assert talk.report(trip="65535.9999") == []
    assert talk.report(trip="nan") == []
    (bad,) = talk.report(trip="0.9")
    assert (bad.grade, bad.round_trip_ms) == (Grade.BAD, 900)


def test_what_is_told_is_told_calmly(talk: Talk) -> None:
    assert talk.report(lost=64)
    fields = {"Event": "RTCPSent", "Uniqueid": "1.0", "ReportCount": "1", "Report0FractionLost": "0"}
    clocked = [talk.translation.hear(Packet({**fields, "Report0IAJitter": "0"})) for _ in range(20)]
    assert not any(clocked), "twenty reports at one moment are no news"


@given(
    st.dictionaries(
        st.sampled_from(("ReportCount", "Report0FractionLost", "Report0IAJitter", "RTT")), st.text()
    )
)
def test_no_report_breaks_anything(fields: dict[str, str]) -> None:
    sample = sample_of(Packet(fields))
    assert sample is None or sample.lost_percent <= 100
