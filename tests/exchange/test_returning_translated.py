"""What the exchange's words about a telephone that came back come to, without an exchange."""

import pytest

from models.calls.events import Answered, Joined, Released
from models.clock import ManualClock
from server.gateway.exchange.ami import Packet
from server.gateway.exchange.asterisk_events import Translation
from server.gateway.exchange.asterisk_floor import Floor, Leg, Part
from server.gateway.exchange.asterisk_reflexes import Order, follow
from server.gateway.exchange.asterisk_snapshot import lay
from server.gateway.exchange.port import News

BEFORE, AFTER = "PJSIP/1004-00000001", "PJSIP/1004-00000002"
NEW = {"Event": "Newstate", "Uniqueid": "2.0", "Channel": AFTER, "Exten": "1004", "Linkedid": "2.0"}


class Talk:
    """Seat 1004 talks with a caller, as the exchange told it."""

    def __init__(self) -> None:
        clock = ManualClock()
        self.floor = Floor("x", clock)
        self.translation = Translation(self.floor, "hotline")
        self.call = self.floor.begin("1.0", "13800000001", "12356", clock.now())
        self.floor.legs["1.0"] = Leg(self.call, Part.CALLER, "PJSIP/trunk-1")
        self.phone = self.floor.legs["1.1"] = Leg(self.call, Part.PHONE, BEFORE, "1004")
        self.floor.happened(Answered(*self.floor.mark(self.call, "answered"), "1004"))

    def hears(self, fields: dict[str, str], seat: str = "") -> tuple[list[News], list[Order]]:
        packet = Packet(fields, {"XINQIAO_SEAT": seat})
        return self.translation.hear(packet), list(follow(self.floor, packet))

    def in_the_room_with_the_police(self) -> None:
        self.floor.legs["1.3"] = Leg(self.call, Part.PARTY, "PJSIP/trunk-3", "p1", in_room=True)
        self.floor.legs["1.0"].in_room = self.phone.in_room = True
        self.floor.happened(Joined(*self.floor.mark(self.call, "joined", "p1"), "p1"))


def hung_up(unique: str, channel: str, cause: str) -> dict[str, str]:
    return {"Event": "Hangup", "Uniqueid": unique, "Channel": channel, "Cause": cause}


@pytest.fixture
def talk() -> Talk:
    return Talk()


def test_in_a_room_the_new_channel_takes_the_place_of_the_one_that_ends(talk: Talk) -> None:
    talk.in_the_room_with_the_police()
    assert talk.hears(NEW, "1004") == ([], [])
    assert talk.hears(hung_up("1.1", BEFORE, "0")) == ([], [])
    assert talk.floor.legs["2.0"] is talk.phone
    assert talk.phone.channel == AFTER
    assert talk.phone.in_room


def test_a_telephone_that_does_not_come_back_has_left(talk: Talk) -> None:
    talk.in_the_room_with_the_police()
    talk.hears(NEW, "1004")
    talk.hears(hung_up("2.0", AFTER, "0"))
    news, _ = talk.hears(hung_up("1.1", BEFORE, "16"))
    assert [type(one) for one in news] == [Released]


def test_another_call_of_the_telephone_is_no_return(talk: Talk) -> None:
    talk.in_the_room_with_the_police()
    talk.hears({**NEW, "Exten": "1002"}, "1004")
    news, _ = talk.hears(hung_up("1.1", BEFORE, "16"))
    assert [type(one) for one in news] == [Released]


def test_who_came_back_goes_on_in_the_room_where_a_recording_hears_anew(talk: Talk) -> None:
    talk.hears(NEW, "1004")
    entered = {"Event": "BridgeEnter", "Uniqueid": "2.0", "Channel": AFTER, "SwapUniqueid": "1.1"}
    news, orders = talk.hears(entered)
    assert news == []
    ((action, fields),) = orders
    assert (action, fields["Channel"], fields["ExtraChannel"]) == ("Redirect", "PJSIP/trunk-1", AFTER)
    assert (fields["Context"], fields["ExtraContext"]) == ("xinqiao-room-caller", "xinqiao-room-party")
    assert fields["Exten"] == fields["ExtraExten"] == "1.0"


def test_a_gateway_that_starts_later_knows_it_by_its_room() -> None:
    caller = {"Channel": "PJSIP/trunk-1", "Uniqueid": "1.0", "Linkedid": "1.0", "ChannelState": "6"}
    phone = {"Channel": AFTER, "Uniqueid": "2.0", "Linkedid": "2.0", "ChannelState": "6"}
    floor = Floor("x", ManualClock())
    channels = [
        Packet({**caller, "Context": "xinqiao-room-caller", "Exten": "1.0"}),
        Packet({**phone, "Context": "xinqiao-room-party", "Exten": "1.0"}, {"XINQIAO_SEAT": "1004"}),
    ]
    lay(floor, channels, [])
    assert floor.find(floor.call_of("1.0"), Part.PHONE, "1004")
