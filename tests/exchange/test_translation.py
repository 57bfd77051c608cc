"""What manager events mean, without an exchange: garbage, repeats, strangers' calls."""

from collections.abc import Mapping

from hypothesis import given
from hypothesis import strategies as st

from models.calls.call import Call, CallState, PartyPhase
from models.calls.events import CallEnd, Ended, Left, Offered, Withdrawn
from models.clock import ManualClock
from server.gateway.exchange.ami import Packet
from server.gateway.exchange.asterisk_events import Translation
from server.gateway.exchange.asterisk_floor import Floor
from server.gateway.exchange.asterisk_snapshot import lay
from server.gateway.exchange.port import News, SeatChanged

_EVENTS = [
    "QueueCallerJoin",
    "QueueCallerLeave",
    "AgentCalled",
    "AgentConnect",
    "Newchannel",
    "Newstate",
    "ConfbridgeJoin",
    "ConfbridgeLeave",
    "ConfbridgeMute",
    "ConfbridgeUnmute",
    "UserEvent",
    "ChanSpyStart",
    "MixMonitorMute",
    "HangupRequest",
    "Hangup",
    "OriginateResponse",
    "QueueMemberStatus",
    "QueueMemberPause",
    "QueueMember",
    "QueueEntry",
]
_WORDS = ("", "1.0", "1.1", "1.2", "1001", "hotline", "5", "6", "16", "Failure", "XinqiaoHeld", "张")
_VARIABLES = [
    f"XINQIAO_{name}"
    for name in (
        "SEAT",
        "CALL",
        "PARTY",
        "DIALLED",
        "FETCHED",
        "HOLDER",
        "COLLEAGUE",
        "ROUND",
        "WATCH",
        "TAPE",
        "PAUSED",
    )
]
_NAMES = [
    "SpyerUniqueid",
    "Queue",
    "Uniqueid",
    "Linkedid",
    "Channel",
    "DestChannel",
    "DestUniqueid",
    "MemberName",
    "Context",
    "Exten",
    "ChannelState",
    "Cause",
    "Response",
    "UserEvent",
    "CallerIDNum",
    "Paused",
    "Status",
    "Wait",
    "Duration",
    "Name",
]


def told(translation: Translation, event: str, fields: Mapping[str, str], **variables: str) -> list[News]:
    return translation.hear(Packet({"Event": event, "Queue": "hotline", **fields}, variables))


def fresh() -> tuple[Floor, Translation]:
    floor = Floor("here", ManualClock())
    return floor, Translation(floor, "hotline")


CALLER = {"Uniqueid": "1.0", "Linkedid": "1.0", "Channel": "PJSIP/trunk-0", "CallerIDNum": "13800000001"}


def ringing(translation: Translation) -> Offered:
    told(translation, "QueueCallerJoin", CALLER, XINQIAO_DIALLED="12356")
    ring = {"DestChannel": "Local/1001@xinqiao-seat-0;1", "DestUniqueid": "1.1", "MemberName": "1001"}
    (offered,) = told(translation, "AgentCalled", {**CALLER, **ring})
    assert isinstance(offered, Offered)
    return offered


@given(
    st.lists(
        st.builds(
            Packet,
            st.dictionaries(st.sampled_from(_NAMES), st.sampled_from(_WORDS) | st.text(max_size=9)).flatmap(
                lambda fields: st.sampled_from(_EVENTS).map(lambda event: {**fields, "Event": event})
            ),
            st.dictionaries(
                st.sampled_from(_VARIABLES),
                st.sampled_from(_WORDS),
            ),
        ),
        max_size=30,
    )
)
def test_no_event_is_too_odd(packets: list[Packet]) -> None:
    floor, translation = fresh()
    for one in packets:
        translation.hear(one)
    assert all(leg.call in floor.calls for leg in floor.legs.values())
    lay(Floor("here", ManualClock()), packets, packets)


def test_an_event_heard_twice_is_told_with_one_id() -> None:
    _, translation = fresh()
    assert ringing(translation).id == ringing(translation).id


def test_a_withheld_or_strange_number_is_no_number() -> None:
    for number in ("<unknown>", "anonymous", "", "138\t00", "x" * 90):
        floor, translation = fresh()
        told(translation, "QueueCallerJoin", {**CALLER, "CallerIDNum": number})
        assert floor.picture().calls[0].number == ""


def test_another_queue_is_not_ours() -> None:
    floor, translation = fresh()
    assert told(translation, "QueueCallerJoin", {**CALLER, "Queue": "sales"}) == []
    assert told(translation, "AgentCalled", CALLER) == []
    assert floor.picture().calls == ()


def test_a_ring_that_nobody_took_is_withdrawn_and_rings_elsewhere() -> None:
    floor, translation = fresh()
    offered = ringing(translation)
    (withdrawn,) = told(translation, "Hangup", {"Uniqueid": "1.1", "Cause": "0"})
    assert isinstance(withdrawn, Withdrawn)
    assert floor.calls[offered.call].state is CallState.WAITING


def test_a_caller_whose_line_fails_is_lost_not_hung_up() -> None:
    _, translation = fresh()
    ringing(translation)
    ended = [one for one in told(translation, "Hangup", {**CALLER, "Cause": "38"}) if isinstance(one, Ended)]
    assert [one.end for one in ended] == [CallEnd.LINE_LOST]


def test_an_ended_call_is_forgotten_with_its_last_channel() -> None:
    floor, translation = fresh()
    ringing(translation)
    told(translation, "HangupRequest", CALLER)
    told(translation, "Hangup", {**CALLER, "Cause": "16"})
    assert floor.picture().calls == ()
    told(translation, "Hangup", {"Uniqueid": "1.1", "Cause": "16"})
    assert (floor.calls, floor.legs, floor.linked, floor.ends) == ({}, {}, {}, {})


def test_a_seat_is_told_when_it_changes_and_only_then() -> None:
    floor, translation = fresh()
    lay(floor, [], [Packet({"Event": "QueueMember", "Name": "1001", "Status": "1", "Paused": "0"})])
    same = {"MemberName": "1001", "Status": "2", "Paused": "0"}
    assert told(translation, "QueueMemberStatus", same) == []
    assert told(translation, "QueueMemberStatus", {**same, "Status": "5"}) == [
        SeatChanged("1001", ready=True, reachable=False)
    ]
    assert told(translation, "QueueMemberPause", {"MemberName": "1001", "Paused": "1"}) == [
        SeatChanged("1001", ready=False, reachable=False)
    ]


def test_the_causes_of_a_third_party_that_does_not_come() -> None:
    for cause, why in (("17", "busy"), ("19", "no_answer"), ("21", "refused"), ("1", "unreachable")):
        floor, _ = fresh()
        party = {"XINQIAO_PARTY": "p", "XINQIAO_CALL": "1.0", "XINQIAO_DIAL": "110"}
        caller = Packet({**CALLER, "Context": "xinqiao-room-caller"})
        lay(floor, [caller, Packet({"Uniqueid": "party-p", "ChannelState": "5"}, party)], [])
        (left,) = told(Translation(floor, "hotline"), "Hangup", {"Uniqueid": "party-p", "Cause": cause})
        assert isinstance(left, Left)
        assert left.cause == why
        call: Call = floor.picture().calls[0]
        assert call.parties["p"].phase is PartyPhase.LEFT
