"""Whatever an exchange says, in whatever letters: the adapter goes on hearing, and invents no call."""

import asyncio
from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from models.calls.call import CallState
from models.clock import ManualClock
from server.gateway.exchange.asterisk import Asterisk
from server.gateway.exchange.port import LineChanged, SeatChanged
from server.gateway.settings import AsteriskSettings
from tests.exchange.scripted import Dialogue, scripted
from tests.server.gateway.stage import Ears

GIVE_UP = 60
_EVENTS = (
    "Newchannel",
    "Newstate",
    "QueueCallerJoin",
    "QueueCallerLeave",
    "QueueCallerAbandon",
    "AgentCalled",
    "AgentConnect",
    "ConfbridgeJoin",
    "ConfbridgeLeave",
    "ConfbridgeMute",
    "UserEvent",
    "ChanSpyStart",
    "MixMonitorMute",
    "HangupRequest",
    "Hangup",
    "OriginateResponse",
    "QueueMemberStatus",
    "QueueMemberPause",
    "RTCPReceived",
    "of a newer exchange",
)
_NAMES = (
    "Uniqueid",
    "Linkedid",
    "DestUniqueid",
    "Channel",
    "DestChannel",
    "CallerIDNum",
    "Exten",
    "Context",
    "Queue",
    "MemberName",
    "Interface",
    "ChannelState",
    "Cause",
    "Response",
    "Paused",
    "Status",
    "UserEvent",
    "SpyerUniqueid",
    "Conference",
    "ActionID",
    "EventList",
)
_CHANNELS = ("1", "2", "3", "party-x", "seat-x", "4711", "")
_VALUES = (
    *_CHANNELS,
    "hotline",
    "1001",
    "1002",
    "Local/1001@xinqiao-seat-1;1",
    "PJSIP/1001-1",
    "PJSIP/trunk-1",
    "xinqiao-in",
    "xinqiao-hold",
    "xinqiao-room-caller",
    "XinqiaoHeld",
    "XinqiaoEnters",
    "5",
    "6",
    "16",
    "Failure",
    "+8613800000001",
    "anonymous",
    "１３８",
    "0" * 300,
    "-1",
)
_VARIABLES = (
    "XINQIAO_SEAT",
    "XINQIAO_CALL",
    "XINQIAO_PARTY",
    "XINQIAO_WATCH",
    "XINQIAO_ROUND",
    "XINQIAO_TAPE",
    "XINQIAO_CALLEE",
    "XINQIAO_HOLDER",
)
_value = st.one_of(
    st.sampled_from(_VALUES).map(str.encode), st.binary(max_size=12).map(lambda raw: raw.replace(b"\n", b"?"))
)
_field = st.tuples(st.sampled_from(_NAMES), _value).map(lambda pair: pair[0].encode() + b": " + pair[1])
_variable = st.tuples(st.sampled_from(_VARIABLES), _value).map(
    lambda pair: b"ChanVariable(x): " + pair[0].encode() + b"=" + pair[1]
)
_plain = st.tuples(st.sampled_from(_VARIABLES), _value).map(
    lambda pair: b"ChanVariable: " + pair[0].encode() + b"=" + pair[1]
)
_channel = st.sampled_from(_CHANNELS).map(str.encode)


def _usual(told: tuple[bytes, bytes, bytes]) -> list[bytes]:
    """What belongs to an event of a channel, of a call, and of another channel that it is about."""
    unique, linked, other = told
    return [
        b"Uniqueid: " + unique,
        b"Linkedid: " + linked,
        b"Channel: PJSIP/trunk-" + unique,
        b"Queue: hotline",
        b"MemberName: 1001",
        b"DestUniqueid: " + other,
        b"DestChannel: Local/1001@xinqiao-seat-" + other + b";1",
        b"CallerIDNum: 13800000001",
        b"ChannelState: 6",
    ]


# Of a field that stands there twice the first counts: the odd ones come before the usual ones.
_event = st.tuples(
    st.sampled_from(_EVENTS),
    st.lists(st.one_of(_field, _plain, _variable), max_size=3),
    st.tuples(_channel, _channel, _channel).map(_usual),
).map(lambda told: [b"Event: " + told[0].encode(), *told[1], *told[2]])
_garbage = st.lists(st.binary(max_size=30).map(lambda raw: raw.replace(b"\n", b"?")), min_size=1, max_size=4)
_stories = st.lists(st.one_of(_event, _event, _event, _garbage), max_size=25).flatmap(
    lambda told: st.permutations([*told, *told[::2]]) if told else st.just([])
)


class Scripted:
    """An exchange without calls that says what it is given, and at last that a seat is paused."""

    def __init__(self, story: Sequence[Sequence[bytes]]) -> None:
        self._story = story

    async def play(self, dialogue: Dialogue) -> None:
        await dialogue.greet()
        while True:
            action = await dialogue.hear()
            number = f"ActionID: {action['ActionID']}"
            dialogue.say("Response: Success", number, "Timestamp: 1.0", "Value: ")
            if action["Action"] == "QueueStatus":
                dialogue.say("Event: QueueMember", number, *_member("0"))
            if action["Action"] in ("CoreShowChannels", "QueueStatus", "DBGetTree", "ConfbridgeList"):
                dialogue.say("Event: Complete", "EventList: Complete", number)
            if action["Action"] == "Setvar" and self._story is not None:
                for told in self._story:
                    dialogue.say(*told)
                dialogue.say("Event: QueueMemberPause", "Queue: hotline", "MemberName: last", "Paused: 1")
                self._story = ()


def _member(paused: str) -> list[str]:
    return [
        "Queue: hotline",
        "Name: last",
        "Location: Local/last@xinqiao-seat/n",
        f"Paused: {paused}",
        "Status: 1",
    ]


@settings(max_examples=200)
@given(_stories)
def test_whatever_is_said_the_adapter_goes_on_hearing(story: list[list[bytes]]) -> None:
    async def evening() -> None:
        ears = Ears()
        async with scripted(Scripted(story).play) as address, asyncio.timeout(GIVE_UP):
            there = AsteriskSettings(address.host, address.port, address.user, address.secret, "hotline")
            exchange = Asterisk(there, ManualClock())
            running = asyncio.create_task(exchange.run(ears.hear))
            told = asyncio.create_task(
                ears.until(SeatChanged, lambda one: one.seat == "last" and not one.ready)
            )
            await asyncio.wait([told, running], return_when=asyncio.FIRST_COMPLETED)
            assert not running.done(), running.exception()
            picture = await exchange.picture()
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)
        assert [one.problem for one in ears.all(LineChanged)] == [""]
        # A call is there only where somebody came into the queue, or was called by the gateway.
        joined = sum(b"Event: QueueCallerJoin" in told or b"Event: UserEvent" in told for told in story)
        assert len({call.id for call in picture.calls if call.state is not CallState.ENDED}) <= joined

    asyncio.run(evening())
