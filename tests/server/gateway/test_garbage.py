"""Whatever a console sends, the gateway says what became of it and goes on; the log keeps ids only."""

import json
import logging
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.calls.call import CallState
from models.ids import new_id
from models.wire.commands import AskPicture, Invite, Mute
from models.wire.line import Done
from tests.server.gateway.consoles import Site, play

KINDS = [
    "answer",
    "hang_up",
    "hold",
    "resume",
    "mute",
    "invite",
    "drop",
    "set_duty",
    "ask_picture",
    "hello",
    "x",
]
FIELDS = ["id", "call", "party", "dial", "label", "on", "state", "reason"]
values = (
    st.none() | st.booleans() | st.integers() | st.text(max_size=20) | st.lists(st.integers(), max_size=2)
)
broken = st.fixed_dictionaries({"kind": st.sampled_from(KINDS)}, optional=dict.fromkeys(FIELDS, values))
json_values = st.recursive(values, lambda inner: st.dictionaries(st.text(max_size=5), inner, max_size=3))
frames = st.one_of(
    st.text(max_size=200), st.binary(max_size=200), json_values.map(json.dumps), broken.map(json.dumps)
)


@pytest.mark.expects_log("malformed frame")
@settings(max_examples=60)
@given(garbage=st.lists(frames, min_size=1, max_size=8))
def test_garbage_is_answered_and_changes_nothing(garbage: list[str | bytes]) -> None:
    async def story(site: Site) -> None:
        async with site.at_work() as console:
            site.scene.ring("13800000001", "12356")
            call = await console.answered()
            for frame in garbage:
                await console.socket.send(frame)
                await console.until(Done)
            assert (await console.do(AskPicture(id=new_id()))).ok
            assert [(one.id, one.state) for one in console.calls] == [(call, CallState.TALKING)]

    play(story)


@pytest.mark.expects_log("malformed frame")
@pytest.mark.parametrize(
    "frame",
    [
        {"kind": "invite", "id": "7", "call": "c", "party": "p", "dial": "110;x", "label": ""},
        {"kind": "set_duty", "id": "7", "state": "off"},
        {"kind": "hang_up", "id": "7"},
        {"kind": "explode", "id": "7"},
        {"id": "7"},
    ],
)
def test_a_malformed_command_is_answered_under_its_id(frame: dict[str, Any]) -> None:
    async def story(site: Site) -> None:
        async with site.console() as console:
            await console.socket.send(json.dumps(frame))
            assert await console.until(Done) == Done(id="7", ok=False, why="malformed")

    play(story)


@pytest.mark.expects_log("malformed frame")
def test_the_log_keeps_neither_numbers_nor_names_nor_tickets(caplog: pytest.LogCaptureFixture) -> None:
    async def story(site: Site) -> None:
        async with site.at_work() as console:
            site.scene.ring("13800000001", "12356")
            call = await console.answered()
            await console.do(Mute(id=new_id(), call=call, on=True))
            await console.do(
                Invite(id=new_id(), call=call, party=new_id(), dial="03542088888", label="secret words")
            )
            await console.socket.send('{"kind": "secret words", "number": "13800000001"}')
            await console.until(Done)

    with caplog.at_level(logging.DEBUG):
        play(story)
    written = [f"{record.getMessage()} {record.args}" for record in caplog.records if not _own(record)]
    for word in ("13800000001", "03542088888", "secret", "练习员", "eyJ"):
        assert not [line for line in written if word in line]


def _own(record: logging.LogRecord) -> bool:
    """What the client of this test writes is its own affair."""
    return record.name == "websockets.client"
