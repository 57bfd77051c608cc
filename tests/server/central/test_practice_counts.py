"""A practice call is in no figure of a hotline: not in one count that anybody sees, now or later."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select

from models.operation import Operation, Outcome
from models.people.operator import Role
from models.wire.sync import PushRefused, PushResult
from server.central.metrics import Metrics
from server.central.people.callers import CallersDesk
from server.central.storage.tables import held, record
from server.central.storage.watched import watch
from server.central.sync.answering import Result
from server.central.sync.practising import PRACTICE
from tests.server.central.hotline import Case, Hotline, Workstation

ROLES = (Role.OPERATOR, Role.LEAD, Role.ADMINISTRATOR, Role.GATEWAY)


def acts(case: Case, origin: str) -> tuple[Operation, ...]:
    """All that somebody does in a call that ends as an emergency, with a call back that is owed."""
    now = case.at.hotline.clock.now().isoformat()
    ended = {"kind": "ended", "id": f"e{case.call}", "call": case.call, "at": now, "end": "E2"}
    return (
        case.add(origin=origin, answered_at=now, seat="8001"),
        case.open(),
        case.draft("一", 1),
        case.answer("acting"),
        case.refer(),
        case.at.act("call.event", case.call, ended),
        case.finish(),
    )


def figures(hotline: Hotline) -> dict[str, Any]:
    """Everything that is counted, exported or listed, for everybody who may look."""
    found: dict[str, Any] = {}
    for role in ROLES:
        somebody = hotline.seat(Role.OPERATOR, role).pull_all()
        found[f"feeds of {role}"] = {feed: sorted(items) for feed, items in somebody.drawer.items() if items}
    callers = CallersDesk(hotline.engine, hotline.clock, hotline.desks.identity)
    found["first in the queue"] = callers.standings(hotline.ticket(Role.GATEWAY).operator).callers
    with hotline.engine.connect() as connection:
        here = record.c.site == hotline.site
        found["coded"] = connection.execute(select(record.c.type, record.c.coded).where(here)).all()
        found["levels"] = connection.execute(select(record.c.level).where(here)).all()
        found["waiting"] = connection.execute(select(held.c.op_id)).all()
    found["watched"] = watch(hotline.engine).held
    return found


def in_one_push(desk: Workstation, done: tuple[Operation, ...]) -> list[tuple[Outcome, str]]:
    return [(one.st, one.why) for one in desk.push(*done).results]


def one_by_one(desk: Workstation, done: tuple[Operation, ...]) -> list[tuple[Outcome, str]]:
    return [(one.st, one.why) for act in done for one in desk.push(act).results]


@pytest.mark.parametrize("hand_in", [in_one_push, one_by_one])
def test_a_practice_call_that_comes_to_a_real_server_is_in_no_figure(
    hotline: Hotline, hand_in: Callable[[Workstation, tuple[Operation, ...]], list[tuple[Outcome, str]]]
) -> None:
    desk, before = hotline.seat(), figures(hotline)
    told = hand_in(desk, acts(Case(desk), "practice"))
    assert told == [(Outcome.REJECTED, PRACTICE)] * 7
    assert figures(hotline) == before


@pytest.mark.parametrize("hand_in", [in_one_push, one_by_one])
def test_the_same_call_of_the_line_is_in_every_figure(
    hotline: Hotline, hand_in: Callable[[Workstation, tuple[Operation, ...]], list[tuple[Outcome, str]]]
) -> None:
    """What is looked at for a practice call would show one that counts."""
    desk, before = hotline.seat(), figures(hotline)
    told = hand_in(desk, acts(Case(desk), "line"))
    assert told == [(Outcome.APPLIED, "")] * 7
    after = figures(hotline)
    unchanged = {name for name in before if before[name] == after[name]}
    assert unchanged <= {"waiting", "watched", f"feeds of {Role.ADMINISTRATOR}", f"feeds of {Role.OPERATOR}"}


def as_result(told: PushResult) -> Result:
    return {"seq": told.seq, "op": told.op, "st": told.st, "ver": told.ver, "why": told.why, "dup": told.dup}


def test_refused_practice_is_counted_apart_from_trouble(hotline: Hotline) -> None:
    desk, metrics = hotline.seat(), Metrics()
    for origin in ("practice", "line"):
        metrics.taken(map(as_result, desk.push(*acts(Case(desk), origin)).results))
    page = metrics.page(watch(hotline.engine), 0, hotline.clock.now(), practice=False).decode()
    counted = [line for line in page.splitlines() if line.startswith("xinqiao_operations_total")]
    assert sorted(counted) == [
        'xinqiao_operations_total{outcome="applied"} 7.0',
        'xinqiao_operations_total{outcome="practice"} 7.0',
    ]
    assert "\nxinqiao_practice 0.0\n" in page


def test_a_lead_of_practice_tells_a_real_server_nothing(hotline: Hotline) -> None:
    desk, before = hotline.seat(), figures(hotline)
    playing = replace(desk, ticket=replace(desk.ticket, practice=True))
    for done in (acts(Case(playing), "practice"), acts(Case(playing), "line")):
        assert playing.send(playing.numbered(*done)) == PushRefused(why="practice")
    assert figures(hotline) == before


def test_a_record_whose_call_comes_later_is_no_practice(hotline: Hotline) -> None:
    """What is unknown is not refused: a colleague's workstation may hand the call in."""
    desk = hotline.seat()
    add, *others = acts(Case(desk), "line")
    assert in_one_push(desk, tuple(others[:4])) == [(Outcome.APPLIED, "")] * 4
    assert in_one_push(desk, (add,)) == [(Outcome.APPLIED, "")]
