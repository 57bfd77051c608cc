"""A person's history and case as they are shown: whose, what may be opened, what is due, what came of it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from console.cases.service import Listed, Opened
from console.presenters.case_views import case_row, case_view, line_view, person_view, task_view
from models.cases.case import Case, Giving, Heeding, Involved, Line, Step, Stepping, Task
from models.cases.history import Happened, Kind
from models.cases.standing import standing_of
from models.operation import Operation
from models.people.operator import Operator, Role
from models.people.person import Joining, Naming, Part, Person, Undoing
from models.people.together import grouped
from models.risk.planning import PUT, reduce
from models.risk.safety_plan import PlanStep, SafetyPlan
from resources.texts import t

NOW = datetime(2026, 11, 10, tzinfo=UTC)
LI = Operator("li", "李", "psychiatrist", "jinzhong", (Role.OPERATOR,))
CASE = Case(
    *("k", "jinzhong", "li", "p", NOW),
    counsellor="wang",
    given=(Giving("g", NOW, "li", "li", "李"), Giving("h", NOW, "li", "wang", "王")),
    story=(Line("s1", NOW, "li", "第一句", "李"), Line("s2", NOW, "wang", "第二句", "王")),
    involved=(Involved("i", NOW, "li", "祖母", "亲友", "知道来电"), Involved("j", NOW, "li", "老师")),
)
TASK = Task("t", NOW, "li", "家访", "FVOL", NOW + timedelta(days=1), "li")


def together(*aliases: str) -> Opened:
    ids = [f"p{place}" for place in range(len(aliases))]
    joined = tuple(Joining("j", NOW, "li", one) for one in ids[1:])
    people = [
        Person(one, "jinzhong", "li", NOW, (Naming("n", NOW, "li", alias),), joined=() if place else joined)
        for place, (one, alias) in enumerate(zip(ids, aliases, strict=True))
    ]
    (found,) = grouped(people)
    return Opened(found, (), standing_of(found))


def plan() -> SafetyPlan:
    body = {"note": "n", "call": "c", "site": "jinzhong", "version": 1, "on": [], "kept": True}
    act = Operation("o", PUT, "n", "li", NOW, {**body, "step": PlanStep.OWN, "text": "散步"})
    found = reduce(None, act, 0).entity
    assert found
    return found


def test_a_person_has_all_their_names_and_the_plan_without_its_words() -> None:
    view = person_view(replace(together("小树", "大树"), plan=plan()), LI, NOW)
    assert set(view.name.split(t("persons.names_separator"))) == {"小树", "大树"}
    assert [alias for _, alias in view.merged] in (["大树"], ["小树"])
    assert view.plan
    assert (view.plan.id, view.plan.written) == ("n", 1)
    assert "散步" not in str(view)
    assert person_view(together("小树"), LI, NOW).plan is None


@pytest.mark.parametrize(
    ("happened", "opens", "locked", "referral"),
    [
        (Happened(NOW, Kind.CALL, "c", "n", part=Part.SELF), "n", False, ""),
        (Happened(NOW, Kind.CALL, "c", part=Part.SELF), "", True, ""),
        (Happened(NOW, Kind.REFERRAL, "c", "n", state="proposed", record="r"), "", False, "r"),
        (Happened(NOW, Kind.FOLLOWUP, "c", state="stable"), "", False, ""),
    ],
)
def test_a_call_opens_its_record_and_a_referral_itself(
    happened: Happened, opens: str, locked: bool, referral: str
) -> None:
    line = line_view(happened)
    assert (line.opens, line.locked, line.referral) == (opens, locked, referral)


@pytest.mark.parametrize(("seconds", "said"), [(0, ""), (20, "under_minute"), (1440, "minutes")])
def test_a_call_says_how_long_it_was(seconds: int, said: str) -> None:
    words = line_view(Happened(NOW, Kind.CALL, "c", seconds=seconds)).text
    assert words == (t(f"cases.{said}", n=24) if said else "")


def test_a_case_is_whose_it_was_given_to_last_and_ones_own_entries_can_be_struck() -> None:
    view = case_view(CASE, LI, NOW)
    assert (view.counsellor, view.counsellor_id, view.mine) == ("王", "wang", False)
    assert [(one.text, one.mine) for one in view.story] == [("第一句", True), ("第二句", False)]
    knows = t(
        "cases.involved_knows", who=t("cases.involved_line", name="祖母", relation="亲友"), what="知道来电"
    )
    assert [one.text for one in view.involved] == [knows, "老师"]
    struck = replace(CASE, undone=(Undoing("u", NOW, "li", "s1"),))
    assert [one.id for one in case_view(struck, LI, NOW).story] == ["s2"]
    unnamed = replace(CASE, given=(Giving("g", NOW, "li", "wang"),))
    assert case_view(unnamed, LI, NOW).counsellor == "wang"


def test_a_task_is_open_then_late_then_what_came_of_it_and_heeded_by_who_asked() -> None:
    case = replace(CASE, tasks=(TASK,))
    assert task_view(TASK, case, LI, NOW).state == t("cases.state_open")
    late = task_view(TASK, case, LI, NOW + timedelta(days=2))
    assert (late.state, late.overdue) == (t("cases.state_overdue"), True)
    done = replace(case, steps=(Stepping("d", NOW, "wang", "t", Step.DONE, "见到祖母"),))
    view = task_view(TASK, done, LI, NOW + timedelta(days=2))
    assert (view.state, view.outcome, view.owed, view.overdue) == (
        t("cases.step_done"),
        "见到祖母",
        False,
        False,
    )
    assert view.heeds == "d"
    heeded = replace(done, heeded=(Heeding("e", NOW, "li", "d"),))
    assert task_view(TASK, heeded, LI, NOW).heeds == ""


def test_a_row_of_the_list_says_what_is_due_and_what_is_news() -> None:
    answer = Stepping("d", NOW, "wang", "t", Step.REFUSED, "没有人手")
    row = case_row(Listed(CASE, None, (TASK,), (answer,)))
    assert (row.name, row.counsellor, row.level) == (t("persons.nameless"), "王", "RX")
    assert "家访" in row.due
    assert row.news == f"{t('cases.step_refused')} 没有人手"
    assert case_row(Listed(CASE, None)).due == ""
