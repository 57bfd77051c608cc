"""The history of a person: every call once for each part, what is beside them, the latest first."""

from datetime import timedelta
from typing import Any

from models.cases.history import Beside, Happened, Kind, history_of
from models.codec import from_document
from models.followups.callback import Attempt, Result
from models.followups.followup import Followup, Series
from models.notes.card import NoteCard
from models.notes.note import NoteState
from models.people.person import Part
from models.people.together import Together, grouped
from models.referrals.referral import Referral
from tests.models.cases.test_case import act as case_act
from tests.models.cases.test_case import case
from tests.models.people.test_person import START, act, meet, person


def tell(call: str, op: str = "", **changes: Any) -> Any:
    body = {"call": call, "assessment": f"a-{call}", "seconds": 600, "level": "R1", "peak": "R3", **changes}
    return act("tell", op or f"t-{call}", after=2, **body)


def two() -> Together:
    one = person(meet("m1", "c1"), meet("m2", "c2", day=2), tell("c2"), act("join", "j", into="q"))
    (both,) = grouped(
        [one, person(meet("n1", "c3", Part.SUBJECT, day=1), meet("n2", "c1"), name="q", alias="雨点")]
    )
    return both


def calls(happened: tuple[Happened, ...]) -> list[tuple[str, Part | None]]:
    return [(one.call, one.part) for one in happened if one.kind is Kind.CALL]


def test_each_call_stands_once_with_whose_it_is() -> None:
    happened = history_of(two(), Beside({"c2": "n2"}))
    assert calls(happened) == [("c2", Part.SELF), ("c3", Part.SUBJECT), ("c1", Part.SELF)]
    latest = happened[0]
    assert (latest.note, latest.seconds, latest.level, latest.peak, latest.who) == (
        "n2",
        600,
        "R1",
        "R3",
        "小雨",
    )
    assert happened[1].who == "雨点"
    (alone,) = grouped([person(meet("m", "c"))])
    assert history_of(alone, Beside({}))[0].who == ""


def test_a_card_names_the_note_that_may_be_asked_for() -> None:
    card = NoteCard("n3", "c3", "wang", "jinzhong", "C3", "R3", NoteState.FINISHED, START)
    happened = history_of(two(), Beside({}, (card,)))
    assert {one.call: one.card for one in happened} == {"c1": "", "c2": "", "c3": "n3"}


def referral() -> Referral:
    body: dict[str, Any] = dict.fromkeys(
        ("id", "note", "author", "site", "target", "dial", "place", "text"), "x"
    )
    body |= {"call": "c2", "target_kind": "FPSY", "target_name": "精神卫生中心", "place_basis": "stated"}
    at = (START + timedelta(days=3)).isoformat()
    return from_document(Referral, {**body, "verified": True, "legal_basis": "consent", "opened_at": at})


def followup() -> Followup:
    at = START + timedelta(days=4)
    attempt = Attempt("o", at, "li", Result.STABLE, "c9")
    series = Series("BJ", 1, (1,))
    names = ("f", "c2", "n", "jinzhong", "li", "李", "13800000000")
    return Followup(*names, at, at, (at,), series, attempts=(attempt,))


def test_referrals_follow_ups_and_outcomes_of_tasks_stand_between_the_calls() -> None:
    known = case(
        case_act("task", "t", words="家访", target="FVOL"),
        case_act("task", "u", words="未回复"),
        case_act("step", "s", after=9000, task="t", step="done", words="见到祖母"),
    )
    happened = history_of(two(), Beside({}, (referral(), followup()), (known,)))
    found = [(one.kind, one.code, one.state, one.words) for one in happened if one.kind is not Kind.CALL]
    assert found == [
        (Kind.TASK, "FVOL", "done", "见到祖母"),
        (Kind.FOLLOWUP, "", "stable", ""),
        (Kind.REFERRAL, "FPSY", "proposed", "精神卫生中心"),
    ]
    assert [one.record for one in happened if one.kind is Kind.REFERRAL] == ["x"]
