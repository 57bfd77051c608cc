"""The safety plan that is typed in a practice call is told to the script."""

import asyncio
from collections.abc import Coroutine
from types import SimpleNamespace
from typing import Any

from console.calls.service import LineView
from console.notes.service import Desk
from console.practice.watching import Watching
from console.risk.planning import PlanService
from console.runtime.store import Store
from models.alerts.known import Known
from models.notes.ladder import Ladder
from models.notes.note import Note
from models.practice.facts import Kind
from models.risk.safety_plan import PlanStep, SafetyPlan
from resources.practice.scripts import shipped
from tests.console.desk import IDENTITY, MemoryJournal, clock, never

CALL, OTHER = "c" * 32, "d" * 32


async def _nothing(_note: str) -> SafetyPlan | None:
    return None


async def _whole(work: Coroutine[Any, Any, object]) -> None:
    await work


def _run(work: Coroutine[Any, Any, object]) -> None:
    asyncio.run(_whole(work))


class Practice:
    """A watched plan over a real service; what was told of it."""

    def __init__(self) -> None:
        self.clock = clock()
        self.plan = PlanService(MemoryJournal(), self.clock, never, IDENTITY, _nothing, _run)
        station: Any = SimpleNamespace(
            calls=SimpleNamespace(view=Store(LineView()), heard=[]),
            referrals=SimpleNamespace(known=Store(())),
            risk=SimpleNamespace(assessment=Store(None)),
            notes=SimpleNamespace(desk=Store(Desk())),
            alerts=SimpleNamespace(known=Store(Known())),
            records=SimpleNamespace(records=Store(())),
            plan=self.plan,
        )
        self.told: list[tuple[int, Kind, str]] = []
        ladder = Ladder(1, False, ())
        self.watching = Watching(
            station, ladder, lambda place, kind, value, _state: self.told.append((place, kind, value))
        )
        self.watching.follow()
        self.watching.belongs(CALL, 0)

    def open_for(self, call: str) -> None:
        self.plan.open_for(Note(f"n{call}", call, "zhang", "beijing", "full", 1, self.clock.now()))


def test_each_step_is_told_once_when_it_has_words() -> None:
    practice = Practice()
    practice.open_for(CALL)
    practice.plan.write(PlanStep.SERVICES, "  ", 1, f"n{CALL}")
    assert practice.told == []
    practice.plan.write(PlanStep.SERVICES, "12356", 1, f"n{CALL}")
    practice.plan.write(PlanStep.SERVICES, "12356，110", 1, f"n{CALL}")
    practice.plan.leave()
    practice.plan.write(PlanStep.PEOPLE, "室友", 1, f"n{CALL}")
    assert practice.told == [(0, Kind.PLAN, "services"), (0, Kind.PLAN, "people")]


def test_the_plan_of_a_call_that_is_no_practice_is_not_told() -> None:
    practice = Practice()
    practice.open_for(OTHER)
    practice.plan.write(PlanStep.PEOPLE, "室友", 1, f"n{OTHER}")
    assert practice.told == []


def test_no_shipped_key_demands_a_plan() -> None:
    acts = [act for script in shipped() for act in script.key.acts]
    assert acts
    alone = [act for act in acts if all(sign.kind is Kind.PLAN for sign in act.signs)]
    assert alone == []
