"""What is found of persons, cases and caller plans, and when each changed last."""

from dataclasses import replace
from datetime import timedelta

from models.cases.caller_plan import CallerPlan, Closing, PlanText, PlanVersion
from models.cases.case import Case, Involved, Line, Step, Stepping, Task, Turning, Why
from models.clock import ManualClock
from models.codec import to_document
from models.people.person import Joining, Meeting, Naming, Person, Undoing
from models.people.person import Part as PersonPart
from models.search.query import Part
from models.search.texts import parts_of, placed_at

NOW = ManualClock().now()
DAY = timedelta(days=1)
PERSON = Person(
    "p",
    "beijing",
    "wang",
    NOW - 9 * DAY,
    (Naming("a", NOW - 9 * DAY, "wang", "小雨", "蓝山"), Naming("b", NOW - 8 * DAY, "wang", "阿雨", "蓝山")),
)
CASE = Case(
    "k",
    "beijing",
    "wang",
    "p",
    NOW - 7 * DAY,
    story=(Line("l", NOW - 6 * DAY, "wang", "去了 13800008000 那里"), Line("m", NOW, "wang", "写错了")),
    involved=(Involved("i", NOW - 6 * DAY, "wang", "姨妈", "亲戚", "可说来过电话"),),
    tasks=(Task("t", NOW - 6 * DAY, "wang", "上门看看", due_at=NOW + 5 * DAY),),
    steps=(Stepping("s", NOW - 5 * DAY, "li", "t", Step.DONE, "已见到"),),
    turns=(Turning("c", NOW - 4 * DAY, "li", Why.IN_CARE, "由医院接手"),),
    undone=(Undoing("u", NOW - 3 * DAY, "wang", "m"),),
)


def of(kind: str, entity: object) -> list[tuple[str, str]]:
    return [(part.field, part.text) for part in parts_of(kind, to_document(entity))]


def test_a_person_is_found_by_every_alias_and_word_the_last_one_first() -> None:
    assert of("person", PERSON) == [("alias", "阿雨"), ("alias", "小雨"), ("code_word", "蓝山")]


def test_of_a_case_what_nobody_struck_out_with_numbers_masked() -> None:
    assert of("case", CASE) == [
        ("story", "去了 138****8000 那里"),
        ("task", "上门看看"),
        ("outcome", "已见到"),
        ("involved", "姨妈"),
        ("involved", "亲戚"),
        ("involved", "可说来过电话"),
        ("turn", "由医院接手"),
    ]
    struck = replace(CASE, undone=(*CASE.undone, Undoing("w", NOW, "wang", "t")))
    assert {"task", "outcome"}.isdisjoint(field for field, _ in of("case", struck))


def test_of_a_plan_what_holds_and_what_is_proposed_and_of_an_ended_one_the_last_wording() -> None:
    def version(op: str, text: str, *, agreed: bool) -> PlanVersion:
        words = PlanText(text, "每天一次")
        return PlanVersion(op, NOW - 2 * DAY, "wang", "", words, NOW - DAY if agreed else None)

    first, second = version("v", "先问近况", agreed=True), version("w", "只听二十分钟", agreed=False)
    old = version("o", "从前的做法", agreed=False)
    plan = CallerPlan("q", "beijing", "wang", "p", versions=(old, first, second), paused="在住院")
    assert of("caller_plan", plan) == [
        ("approach", "先问近况"),
        ("approach", "只听二十分钟"),
        ("limits", "每天一次"),
        ("paused", "在住院"),
    ]
    retired = tuple(replace(one, retired=True) for one in plan.versions)
    ended = replace(plan, versions=retired, paused="", closing=Closing.ENDED, end_reason="不再来电")
    assert of("caller_plan", ended)[0] == ("approach", "只听二十分钟")
    assert of("caller_plan", ended)[-1] == ("end_reason", "不再来电")


def test_they_stand_where_they_changed_last_not_where_something_is_due_or_a_call_came() -> None:
    def at(kind: str, entity: object) -> str:
        return placed_at(kind, to_document(entity))

    assert at("person", PERSON) == (NOW - 8 * DAY).isoformat()
    met = replace(PERSON, meetings=(Meeting("m", NOW - 5 * DAY, "li", "c", PersonPart.SELF, NOW),))
    assert at("person", met) == (NOW - 5 * DAY).isoformat()
    joined = replace(met, joined=(Joining("j", NOW - DAY, "li", "other"),))
    assert at("person", joined) == (NOW - DAY).isoformat()
    assert at("case", CASE) == NOW.isoformat()
    assert at("case", replace(CASE, story=())) == (NOW - 3 * DAY).isoformat()


def test_an_empty_record_has_nothing_and_no_time() -> None:
    assert parts_of("person", {}) == ()
    assert placed_at("person", {}) == ""
    assert parts_of("alert", {"text": "桥边"}) == ()
    assert Part("alias", "") not in parts_of("person", to_document(replace(PERSON, names=())))
