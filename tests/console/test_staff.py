"""Who works here, as a workstation hears of them: by the server, on duty, in cases, in caller plans."""

import asyncio
from datetime import UTC, datetime

from console.cases.service import Listed, Mine
from console.runtime.store import Store
from console.shifts.service import DutyView
from console.staff import Staff
from models.cases.caller_plan import CallerPlan, PlanText, PlanVersion
from models.cases.case import Case, Giving, Line, Step, Stepping
from models.people.operator import Operator, Role
from models.people.staff import Member, StaffCard
from models.shifts.duty import Duty, DutyState

AT = datetime(2026, 11, 1, tzinfo=UTC)
ME = Operator("li", "李", "psychiatrist", "jinzhong", (Role.OPERATOR,))
CASE = Case(
    *("k", "jinzhong", "li", "p", AT),
    counsellor="wang",
    story=(Line("1", AT, "chen", "x", "陈"),),
    steps=(Stepping("2", AT, "sun", "t", Step.DONE, "", "孙"),),
    given=(Giving("3", AT, "li", "wang", "王"),),
)
TEXT = PlanText("先稳定呼吸", counsellor="lin", counsellor_name="林")
PLAN = CallerPlan(
    *("c", "jinzhong", "li", "a"),
    versions=(PlanVersion("1", AT, "zhou", "周", TEXT, AT, "zhao", "赵"),),
)


class Cards:
    """What the server told last."""

    def __init__(self, *cards: StaffCard) -> None:
        self.told = cards

    async def read(self) -> tuple[StaffCard, ...]:
        return self.told


def test_everybody_who_is_named_once_is_known_by_the_latest_name() -> None:
    duties, cases, plans = Store(DutyView()), Store(Mine()), Store[tuple[CallerPlan, ...]](())
    staff = Staff(ME, duties, cases, plans, Cards().read)
    assert staff.members.value == (Member("li", "李"),)
    cases.publish(Mine((Listed(CASE, None),)))
    plans.publish((PLAN,))
    assert {one.id: one.name for one in staff.members.value} == {
        **{"li": "李", "wang": "王", "chen": "陈", "sun": "孙"},
        **{"lin": "林", "zhou": "周", "zhao": "赵"},
    }
    seat = Duty("wang", "2", DutyState.READY, AT, name="王明")
    duties.publish(DutyView(seats={"2": seat}))
    assert Member("wang", "王明") in staff.members.value
    # Whoever goes off duty stays known.
    duties.publish(DutyView(seats={"2": Duty("", "2", DutyState.OFF, AT)}))
    assert Member("wang", "王明") in staff.members.value


def test_who_is_named_nowhere_and_was_never_on_duty_is_known_by_the_servers_card() -> None:
    cards = Cards(
        StaffCard("qian", "钱", "social_worker", "jinzhong", ("OP",)),
        StaffCard("wang", "王明", "psychiatrist", "jinzhong", ("SUP",), left=True),
        StaffCard("zhou", "周", "", "jinzhong", ("ADM",)),
    )
    cases = Store(Mine((Listed(CASE, None),)))
    staff = Staff(ME, Store(DutyView()), cases, Store[tuple[CallerPlan, ...]](()), cards.read)
    assert "qian" not in {one.id for one in staff.members.value}
    asyncio.run(staff.refresh())
    known = {one.id: one for one in staff.members.value}
    assert known["qian"] == Member("qian", "钱", "social_worker", ("OP",))
    assert {one for one in known if known[one].counsels} == {"li", "qian", "chen", "sun"}
    # Named in a case, by the name of the account: somebody who left is still called by it.
    assert (known["wang"].name, known["wang"].left) == ("王明", True)
    cards.told = cards.told[:1]
    asyncio.run(staff.refresh())
    assert "zhou" not in {one.id for one in staff.members.value}
