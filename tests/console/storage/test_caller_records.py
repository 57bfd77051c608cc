"""Plans, marks and the numbers that reached R3 or R4, read back from the encrypted file."""

from datetime import timedelta
from typing import Any

from console.storage.storage import Storage
from models.alerts.alert import Alert, Cause
from models.calls.call import Call
from models.codec import to_document
from models.followups.contact import STOP
from models.operation import Operation
from models.risk.level import Level
from tests.console.storage.test_owed import NOW

KEY = "a" * 64
MARK = {
    **{"call": "c", "site": "beijing", "name": "张", "caller": KEY, "masked": "138****0001"},
    **{"reason": "骚扰", "asked_at": NOW.isoformat()},
}


def act(kind: str, target: str, **body: Any) -> Operation:
    return Operation(f"{kind}-{target}", kind, target, "zhang", NOW, body)


def alert(call: str, cause: Cause, minutes: float) -> Operation:
    made = Alert(f"a-{call}", call, f"n-{call}", cause, Level.R4, NOW + timedelta(minutes=minutes), "zhang")
    body = {key: value for key, value in to_document(made).items() if key not in ("id", "author")}
    return Operation(f"o-{call}", "alert.raise", made.id, "zhang", made.at, body)


def called(call: str, number: str) -> Operation:
    body = {key: value for key, value in to_document(Call(call, "beijing", number, "12356")).items() if value}
    return act("call.add", call, **{key: value for key, value in body.items() if key != "id"})


def test_a_plan_a_mark_and_a_wish_are_read_back(storage: Storage) -> None:
    text = {"approach": "先稳定呼吸", "limits": "每天一次"}
    storage.perform(
        [
            act("caller_plan.put", "p", site="beijing", about=KEY, label="138****0001", text=text),
            act("mark.ask", "m", **MARK),
            act(STOP, KEY, site="beijing", call="c", words="不要再打来"),
        ]
    )
    (plan,), (mark,) = storage.callers.plans(), storage.callers.marks()
    assert (plan.about, plan.versions[0].text.limits) == (KEY, "每天一次")
    assert (mark.author, mark.reason) == ("zhang", "骚扰")
    (wish,) = storage.owed.known().contacts
    assert (wish.id, wish.stops[0].words) == (KEY, "不要再打来")


def test_the_numbers_of_danger_are_those_of_a_level_since_then(storage: Storage) -> None:
    storage.perform(
        [
            *(called("early", "13800000001"), called("late", "13800000002"), called("help", "13800000003")),
            alert("early", Cause.LEVEL, -60),
            alert("late", Cause.LEVEL, 5),
            alert("help", Cause.HELP, 5),
        ]
    )
    assert storage.callers.alarming_numbers(NOW) == (("13800000002", NOW + timedelta(minutes=5)),)
    assert storage.callers.alarming_numbers(NOW + timedelta(minutes=6)) == ()
