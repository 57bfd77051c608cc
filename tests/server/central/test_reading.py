import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.operation import Operation
from models.wire.sync import MOST_OPERATIONS, Push, PushedOperation
from server.central.sync import reading
from server.central.sync.reading import Delivery, read_delivery

NOW = datetime(2026, 11, 23, 7, 30, 0, 123456, UTC)
ACT = Operation("op1", "note.open", "n1", "zhang", NOW, {"site": "beijing", "body": {"话": "\u0007/é"}})
PUSH = Push(app="test", epoch="epoch-of-a-device", ops=(PushedOperation.of(1, ACT),))
STRETCH = {
    "epoch": "ab" * 8,
    "workstation": "w1",
    "kept": {"n": 0, "head": "0" * 64},
    "start": {"n": 0, "head": "0" * 64},
    "head": "1" * 64,
    "entries": [{"n": 1}],
}

anything = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**70), 2**70)
    | st.floats()
    | st.text(max_size=70)
    | st.sampled_from(
        [
            "2026-11-23T07:30:00Z",
            "2026-11-23T07:30:00.5+08:00",
            "2026-11-23T07:30:00.500000+08:00",
            "2026-02-30T07:30:00Z",
            "2026-11-23T07:30:60Z",
            "2026-11-23T24:00:00Z",
            "2026-11-23T07:30:00+24:00",
            "2026-11-23T07:30:00-00:00",
            "2026-11-23T07:30:00",
            "２０２６-11-23T07:30:00Z",
            "20261123T073000Z",
            "2026-W48-1T07:30:00Z",
            "1795419000",
        ]
    ),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=3), inner, max_size=2),
    max_leaves=4,
)


def slowly(body: bytes) -> Delivery:
    return Delivery.of(Push.model_validate_json(body))


def told(read: Callable[[bytes], Delivery], body: bytes) -> str:
    """What a push says, down to the type of each value, or that it is none."""
    try:
        found = read(body)
    except ValueError:
        return "no push"
    acts = [(one, one.operation.at.isoformat(), list(one.operation.body)) for one in found.acts]
    # Types of moments differ between the two ways, what they say does not.
    plain = [(one.seq, one.h, vars_of(one.operation), at, names) for one, at, names in acts]
    return repr((found.proto, found.schema_version, found.epoch, plain, found.audit))


def vars_of(act: Operation) -> list[Any]:
    return [act.op, act.type, act.id, act.actor, act.body, act.base, act.v]


def pushed(**changes: Any) -> dict[str, Any]:
    return {**orjson.loads(PUSH.model_dump_json()), **changes}


def act(**changes: Any) -> dict[str, Any]:
    return {**pushed()["ops"][0], **changes}


@given(st.data())
def test_the_quick_way_reads_what_the_model_reads(data: st.DataObject) -> None:
    message, one = pushed(audit=data.draw(st.sampled_from([None, STRETCH]))), act()
    part = data.draw(st.sampled_from([message, one, one["body"]]))
    name = data.draw(st.sampled_from([*part, "mood"]))
    if data.draw(st.booleans()):
        part[name] = data.draw(anything)
    else:
        part.pop(name, None)
    if "ops" in message and message["ops"] == pushed()["ops"]:
        message["ops"] = [one]
    # Also numbers that are none, and those that are too long for others.
    body = json.dumps(message, ensure_ascii=False, separators=(",", ":")).encode(errors="replace")
    assert told(read_delivery, body) == told(slowly, body)


@pytest.mark.parametrize(
    "body",
    [
        b'{"proto":1,"proto":2}',
        PUSH.model_dump_json().replace('"v":', '"v":1,"v":').encode(),
        PUSH.model_dump_json().replace('"beijing"', "123456789012345678901234567890").encode(),
        PUSH.model_dump_json().replace('"beijing"', "NaN").encode(),
        PUSH.model_dump_json().replace('"beijing"', "[" * 300 + "]" * 300).encode(),
        PUSH.model_dump_json(indent=1).encode(),
        b"[]",
        b"\xff",
        b"",
    ],
)
def test_what_is_written_in_another_way_is_read_by_the_model(body: bytes) -> None:
    assert told(read_delivery, body) == told(slowly, body)


def test_too_many_acts_are_no_push() -> None:
    body = orjson.dumps(pushed(ops=[act()] * (MOST_OPERATIONS + 1)))
    with pytest.raises(ValueError, match="500"):
        read_delivery(body)


def test_what_a_console_sends_is_read_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    body = PUSH.model_dump_json().encode()
    expected = told(slowly, body)
    monkeypatch.setattr(reading, "Push", None)
    assert told(read_delivery, body) == expected
