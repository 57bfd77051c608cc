"""Call-backs at the server: made of what the gateway tells, in one feed for those on duty, closed for all."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from models.ids import new_id
from models.operation import Operation, Outcome
from models.people.operator import Role
from tests.server.central.hotline import Case, Hotline, Workstation

NUMBER = "13800138000"


def _call(hotline: Hotline, gateway: Workstation, seconds: float = 9, **changes: Any) -> Operation:
    """The whole of a call that nobody answered, as the gateway tells it."""
    now = hotline.clock.now()
    body = {
        **{"site": hotline.site, "number": NUMBER, "dialled": "12356", "entered_at": now.isoformat()},
        **{"ended_at": (now + timedelta(seconds=seconds)).isoformat(), "end": "E2", **changes},
    }
    return Operation(new_id(), "call.add", new_id(), gateway.who, now, body)


def _due(hotline: Hotline, seat: Workstation) -> list[dict[str, Any]]:
    seat.pull_all()
    found = seat.drawer.get(f"due:{hotline.site}", {})
    return [document for document in (kept[1] for kept in found.values()) if document]


def _act(hotline: Hotline, seat: Workstation, kind: str, target: str, **body: Any) -> Operation:
    return Operation(new_id(), kind, target, seat.who, hotline.clock.now(), body)


def test_an_abandoned_call_is_owed_to_everybody_on_duty_once(hotline: Hotline) -> None:
    gateway, desk, lead = hotline.seat(Role.GATEWAY), hotline.seat(), hotline.seat(Role.LEAD)
    told = _call(hotline, gateway)
    gateway.push(told)
    gateway.push(replace(told, op=new_id()))
    for seat in (desk, lead):
        (owed,) = _due(hotline, seat)
        assert (owed["why"], owed["number"], owed["call"], owed["author"]) == (
            *("abandoned", NUMBER),
            *(told.id, ""),
        )


def test_who_hung_up_at_once_or_was_answered_is_not_owed(hotline: Hotline) -> None:
    gateway, desk = hotline.seat(Role.GATEWAY), hotline.seat()
    gateway.push(_call(hotline, gateway, seconds=4))
    gateway.push(_call(hotline, gateway, answered_at=hotline.clock.now().isoformat(), seat="1001"))
    desk.push(Case(desk).add())
    assert _due(hotline, desk) == []


def test_a_wish_outside_the_hours_is_owed_and_two_witnesses_make_one(hotline: Hotline) -> None:
    gateway, desk = hotline.seat(Role.GATEWAY), hotline.seat()
    wish = {"number": "13900139000", "at": hotline.clock.now().isoformat(), "by": "w"}
    told = _call(hotline, gateway, wish=wish, ended_at=None, end=None)
    gateway.push(told)
    gateway.push(
        Operation(
            *(new_id(), "call.event", told.id, gateway.who, hotline.clock.now()),
            {
                **{"kind": "ended", "id": new_id(), "call": told.id, "end": "E2"},
                "at": (hotline.clock.now() + timedelta(seconds=30)).isoformat(),
            },
        )
    )
    (owed,) = _due(hotline, desk)
    assert (owed["why"], owed["number"]) == ("after_hours", "13900139000")


def test_a_closed_call_back_leaves_the_feed_with_its_number(hotline: Hotline) -> None:
    gateway, desk, other = hotline.seat(Role.GATEWAY), hotline.seat(), hotline.seat()
    gateway.push(_call(hotline, gateway))
    (owed,) = _due(hotline, desk)
    desk.push(_act(hotline, desk, "callback.take", owed["id"], on=True, name="李"))
    assert _due(hotline, other)[0]["taken"]["by"] == desk.who
    desk.push(_act(hotline, desk, "callback.attempt", owed["id"], result="no_answer", how="voicemail"))
    (tried,) = _due(hotline, other)
    assert tried["attempts"][0]["how"] == "voicemail"
    other.push(_act(hotline, other, "callback.attempt", owed["id"], result="stable"))
    assert _due(hotline, desk) == _due(hotline, other) == []
    assert NUMBER not in str(_due(hotline, hotline.seat()))


def test_an_operator_makes_one_and_another_hotline_sees_nothing(hotline: Hotline) -> None:
    desk = hotline.seat()
    now = hotline.clock.now().isoformat()
    body = {
        "call": new_id(),
        "why": "asked",
        "number": NUMBER,
        "made_at": now,
        "due_at": now,
        "site": hotline.site,
    }
    answer = desk.push(_act(hotline, desk, "callback.add", new_id(), **body)).results[0]
    assert answer.st is Outcome.APPLIED
    assert [owed["why"] for owed in _due(hotline, desk)] == ["asked"]


@pytest.mark.parametrize("role", [Role.GATEWAY, Role.ADMINISTRATOR])
def test_nobody_else_writes_or_reads_them(hotline: Hotline, role: Role) -> None:
    gateway, stranger = hotline.seat(Role.GATEWAY), hotline.seat(role)
    gateway.push(_call(hotline, gateway))
    (owed,) = _due(hotline, hotline.seat())
    attempt = _act(hotline, stranger, "callback.attempt", owed["id"], result="stable")
    answer = stranger.push(attempt).results[0]
    assert answer.st is not Outcome.APPLIED
    assert _due(hotline, stranger) == []
    assert len(_due(hotline, hotline.seat())) == 1
