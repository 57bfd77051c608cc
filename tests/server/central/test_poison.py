"""Acts that cannot be what a console writes: answered, never applied, never in the way of the next."""

import asyncio
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models.operation import Outcome
from server.central.sync.soundness import MOST_OPERATION_BYTES
from tests.server.central.hotline import Case, Hotline
from tests.server.central.web import post

_JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=True)
    | st.text(st.characters(codec="utf-8", exclude_characters="\x00")),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=8), inner, max_size=3
        )
    ),
    max_leaves=8,
)
_KINDS = [
    "call.add",
    "call.event",
    "note.open",
    "note.draft.put",
    "note.finish",
    "risk.answer",
    "risk.rate",
    "risk.judge",
    "referral.open",
    "referral.advance",
]
_FIELDS = [
    "call",
    "note",
    "site",
    "number",
    "kind",
    "at",
    "n",
    "item",
    "step",
    "origin",
    "entered_at",
    "values",
]


def _deep(levels: int) -> Any:
    value: Any = "底"
    for _ in range(levels):
        value = [value]
    return value


@pytest.mark.parametrize(
    ("body", "outcome", "why"),
    [
        ({"values": {"x": _deep(40)}}, Outcome.REJECTED, "malformed: body"),
        ({"values": {"x": float("nan")}}, Outcome.REJECTED, "malformed: body"),
        ({"values": {"x": "长" * MOST_OPERATION_BYTES}}, Outcome.HELD, "too_large"),
        ({"values": "not a mapping"}, Outcome.REJECTED, None),
    ],
)
def test_a_poisoned_act_is_answered_and_the_next_goes_on(
    hotline: Hotline, body: dict[str, Any], outcome: Outcome, why: str | None
) -> None:
    desk = hotline.seat()
    case, other = Case(desk), Case(desk)
    bad = desk.act("note.draft.put", case.note, body, 1)
    answer = desk.push(case.open(), bad, other.open(), other.draft("好", 1))
    applied = Outcome.APPLIED
    assert [one.st for one in answer.results] == [applied, outcome, applied, applied]
    assert why in (None, answer.results[1].why)


def test_words_too_large_are_kept_for_a_lead(hotline: Hotline) -> None:
    desk = hotline.seat()
    case = Case(desk)
    desk.push(case.open(), case.draft("长" * MOST_OPERATION_BYTES, 1))
    (body,) = (body for outcome, body in hotline.stored("outcome", "body") if outcome == "held")
    assert len(body["values"]["complaint"]) == MOST_OPERATION_BYTES


@pytest.mark.expects_log("is held: OverflowError")
def test_odd_numbers_and_times_are_rejected(hotline: Hotline) -> None:
    desk = hotline.seat()
    case = Case(desk)
    edge = replace(Case(desk).add(entered_at="0001-01-01T00:00:00+14:00"))
    naive = replace(case.open(), at=datetime.fromisoformat("2026-01-01T00:00:00"))
    answer = desk.push(
        case.draft("好", 2**80), naive, edge, case.open(call=""), case.open(call="x" * 65), case.open()
    )
    assert [one.st.value for one in answer.results] == [
        "rejected",
        "rejected",
        "held",
        "rejected",
        "rejected",
        "applied",
    ]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(_KINDS),
            st.dictionaries(st.sampled_from(_FIELDS) | st.text(max_size=3), _JSON, max_size=5),
        ),
        max_size=4,
    )
)
def test_no_body_whatever_stops_the_queue(hotline: Hotline, acts: list[tuple[str, dict[str, Any]]]) -> None:
    desk = hotline.seat()
    case = Case(desk)
    ids = {"call": case.call, "note": case.note, "risk": case.risk, "referral": case.referral}
    operations = [desk.act(kind, ids[kind.partition(".")[0]], body, 1) for kind, body in acts]
    answer = desk.push(case.open(), *operations, Case(desk).open())
    assert answer.last == len(acts) + 2
    assert answer.results[-1].st is Outcome.APPLIED
    desk.pull_all()


@pytest.mark.parametrize(
    "text", ["'; DROP TABLE record; --", "<script>alert(1)</script>", "%s {0} \\ \" '", "😀�"]
)
def test_text_comes_back_as_it_was(hotline: Hotline, text: str) -> None:
    desk = hotline.seat()
    case = Case(desk)
    desk.push(case.open(), case.draft(text, 1))
    assert desk.pull_all().has(f"op:{desk.who}", "note", case.note)["body"]["values"]["complaint"] == text


def test_text_that_no_database_takes_is_replaced(hotline: Hotline) -> None:
    desk = hotline.seat()
    case = Case(desk)
    push = desk.numbered(case.open(), case.draft("@", 1)).model_dump_json()
    body = push.replace('"@"', r'"甲\u0000乙\ud800丙😀\ud83d\ude00"').encode()
    assert asyncio.run(post(hotline, desk.token, body)).status_code == 200
    note = desk.pull_all().has(f"op:{desk.who}", "note", case.note)
    assert note["body"]["values"]["complaint"] == "甲\ufffd乙\ufffd丙😀😀"
