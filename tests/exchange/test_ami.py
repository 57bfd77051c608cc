"""The manager connection: signing in, answers, lists, events, and everything odd that may come."""

import asyncio
import hashlib
from collections.abc import Awaitable, Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.gateway.exchange.ami import (
    NUMBER,
    WORD,
    Ami,
    AmiLost,
    AmiRefused,
    NotAdmitted,
    Packet,
    admit,
    packet,
)
from tests.exchange.scripted import GREETING, Dialogue, scripted

Script = Callable[[Dialogue], Awaitable[None]]


class Story:
    """A connection to a scripted exchange and what it told."""

    def __init__(self) -> None:
        self.heard: list[Packet] = []
        self.more = asyncio.Event()

    def hear(self, one: Packet) -> None:
        self.heard.append(one)
        self.more.set()

    async def until(self, event: str) -> Packet:
        while True:
            for one in self.heard:
                if one["Event"] == event:
                    return one
            self.more.clear()
            await self.more.wait()


def play(script: Script, act: Callable[[Ami, Story], Awaitable[None]]) -> None:
    async def both() -> None:
        story = Story()
        async with asyncio.timeout(60), scripted(script) as address:
            ami = await Ami.connect(address, story.hear)
            try:
                await act(ami, story)
            finally:
                await ami.close()

    asyncio.run(both())


def refused_at_the_door(script: Script) -> str:
    async def knock() -> str:
        async with asyncio.timeout(60), scripted(script) as address:
            with pytest.raises(AmiLost) as lost:
                await Ami.connect(address, lambda _: None)
            return lost.value.why

    return asyncio.run(knock())


async def stay(dialogue: Dialogue) -> None:
    """Answer nothing more, but stay."""
    await dialogue.hear()


def test_signs_in_without_sending_the_password() -> None:
    asked: list[dict[str, str]] = []

    async def script(dialogue: Dialogue) -> None:
        await dialogue.greet()
        asked.extend(dialogue.asked)
        await stay(dialogue)

    async def act(_ami: Ami, _story: Story) -> None:
        assert [one["Action"] for one in asked] == ["Challenge", "Login"]
        assert asked[1]["Key"] == hashlib.md5(b"12345secret").hexdigest()
        assert not any("secret" in value for one in asked for value in one.values())

    play(script, act)


def test_a_refused_login_is_a_problem_of_its_own() -> None:
    async def script(dialogue: Dialogue) -> None:
        dialogue.raw(GREETING)
        await dialogue.agree("Challenge: 1")
        await dialogue.refuse("Authentication failed")

    assert refused_at_the_door(script) == "line_login_refused"


def test_something_else_on_that_port_is_a_wrong_setting() -> None:
    async def script(dialogue: Dialogue) -> None:
        dialogue.raw(b"SSH-2.0-OpenSSH_9.2\r\n")
        await stay(dialogue)

    assert refused_at_the_door(script) == "line_config"


def test_a_door_that_closes_at_once_is_a_lost_line() -> None:
    async def script(_dialogue: Dialogue) -> None:
        return

    assert refused_at_the_door(script) == "line_lost"


def test_nobody_at_the_port_is_a_lost_line() -> None:
    async def knock() -> str:
        async with scripted(stay) as address:
            pass
        with pytest.raises(AmiLost) as lost:
            await Ami.connect(address, lambda _: None)
        return lost.value.why

    assert asyncio.run(knock()) == "line_lost"


def test_answers_find_their_questions_in_any_order() -> None:
    async def script(dialogue: Dialogue) -> None:
        await dialogue.greet()
        first, second = await dialogue.hear(), await dialogue.hear()
        for one in (second, first):
            dialogue.say("Response: Success", f"ActionID: {one['ActionID']}", f"Echo: {one['Value']}")
        await stay(dialogue)

    async def act(ami: Ami, _story: Story) -> None:
        one, two = await asyncio.gather(ami.ask("Setvar", Value="one"), ami.ask("Setvar", Value="two"))
        assert (one["Echo"], two["Echo"]) == ("one", "two")

    play(script, act)


def test_a_refusal_is_raised_and_the_line_stays() -> None:
    async def script(dialogue: Dialogue) -> None:
        await dialogue.greet()
        await dialogue.refuse("No such channel")
        await dialogue.agree("Ping: Pong")
        await stay(dialogue)

    async def act(ami: Ami, _story: Story) -> None:
        with pytest.raises(AmiRefused, match="No such channel"):
            await ami.ask("Hangup", Channel="PJSIP/1001-1")
        assert (await ami.ask("Ping"))["Ping"] == "Pong"

    play(script, act)


def test_a_list_is_collected_and_events_between_are_heard() -> None:
    async def script(dialogue: Dialogue) -> None:
        await dialogue.greet()
        number = f"ActionID: {(await dialogue.agree('EventList: start'))['ActionID']}"
        dialogue.say("Event: CoreShowChannel", number, "Channel: a", "ChanVariable: XINQIAO_SEAT=1001")
        dialogue.say("Event: Hangup", "Channel: z")
        dialogue.say("Event: CoreShowChannel", number, "Channel: b")
        dialogue.say("Event: CoreShowChannelsComplete", number, "EventList: Complete")
        await stay(dialogue)

    async def act(ami: Ami, story: Story) -> None:
        channels = await ami.collect("CoreShowChannels")
        assert [one["Channel"] for one in channels] == ["a", "b"]
        assert channels[0].variables == {"XINQIAO_SEAT": "1001"}
        assert [one["Event"] for one in story.heard] == ["Hangup"]

    play(script, act)


def test_an_event_with_a_response_is_an_event() -> None:
    async def script(dialogue: Dialogue) -> None:
        await dialogue.greet()
        number = (await dialogue.agree())["ActionID"]
        dialogue.say("Event: OriginateResponse", f"ActionID: {number}", "Response: Failure")
        await stay(dialogue)

    async def act(ami: Ami, story: Story) -> None:
        await ami.ask("Originate")
        assert (await story.until("OriginateResponse"))["Response"] == "Failure"

    play(script, act)


def test_garbage_between_events_is_passed_over() -> None:
    async def script(dialogue: Dialogue) -> None:
        await dialogue.greet()
        dialogue.raw(b"\x00\xff\xfe no field\r\n:\r\n\r\n\r\n\n\n")
        dialogue.raw(b"Event: Big\r\nName: " + b"x" * 200_000 + b"\r\nChannel: after\r\n\r\n")
        dialogue.raw(b"".join(b"Many%d: 1\r\n" % n for n in range(5000)) + b"\r\n")
        dialogue.say("Event: Odd", b"CallerIDName: \xe5\xbc\xa0\xff\xfe", "Channel", "Channel: c")
        await stay(dialogue)

    async def act(_ami: Ami, story: Story) -> None:
        odd = await story.until("Odd")
        assert odd["CallerIDName"].startswith("张")
        assert odd["Channel"] == "c"
        big = await story.until("Big")
        assert (big["Name"], big["Channel"]) == ("", "after")
        assert all(len(one.fields) <= 400 for one in story.heard)

    play(script, act)


def test_a_fault_in_the_listener_is_not_swallowed() -> None:
    async def script(dialogue: Dialogue) -> None:
        await dialogue.greet()
        await dialogue.hear()
        dialogue.say("Event: Hangup")
        await stay(dialogue)

    def faulty(_: Packet) -> None:
        raise ZeroDivisionError

    async def listening() -> None:
        async with asyncio.timeout(60), scripted(script) as address:
            ami = await Ami.connect(address, faulty)
            with pytest.raises(ZeroDivisionError):
                await ami.ask("Ping")
            with pytest.raises(ZeroDivisionError):
                await ami.lost()
            await ami.close()

    asyncio.run(listening())


def test_a_lost_line_ends_what_was_asked() -> None:
    async def script(dialogue: Dialogue) -> None:
        await dialogue.greet()
        await dialogue.hear()

    async def act(ami: Ami, _story: Story) -> None:
        with pytest.raises(AmiLost):
            await ami.ask("Ping")
        await ami.lost()
        with pytest.raises(AmiLost):
            await ami.collect("CoreShowChannels")

    play(script, act)


def test_what_must_not_reach_the_exchange_is_never_sent() -> None:
    asked: list[dict[str, str]] = []

    async def script(dialogue: Dialogue) -> None:
        await dialogue.greet()
        asked.append(await dialogue.agree())
        await stay(dialogue)

    async def act(ami: Ami, _story: Story) -> None:
        for value in ("1\r\nAction: Command", "1\n", "\x00", "x" * 513):
            with pytest.raises(NotAdmitted):
                await ami.ask("Setvar", Value=value)
        for value in ("a,b=c", "SHELL(ls)", ""):
            with pytest.raises(NotAdmitted):
                await ami.ask("Originate", ("XINQIAO_PARTY", value))
        await ami.ask("Ping")
        assert [one["Action"] for one in asked] == ["Ping"]

    play(script, act)


@given(st.text())
def test_a_number_is_digits_and_nothing_else(text: str) -> None:
    if len(text) in range(3, 17) and all(sign in "0123456789" for sign in text):
        assert admit(text, NUMBER) == text
    else:
        with pytest.raises(NotAdmitted):
            admit(text, NUMBER)


@given(st.text(max_size=40), st.sampled_from(["\r", "\n", "\x00", "\x1b"]), st.text(max_size=40))
def test_no_shape_admits_a_control_character(before: str, sign: str, after: str) -> None:
    with pytest.raises(NotAdmitted):
        admit(before + sign + after)
    with pytest.raises(NotAdmitted):
        admit(before + sign + after, WORD)


@given(st.lists(st.text(alphabet=st.characters(exclude_characters="\r\n"))))
def test_any_lines_make_a_packet(lines: list[str]) -> None:
    made = packet(lines)
    assert made["Nothing of this name"] == ""
    assert all(name == name.strip() for name in made.fields)
