"""What is still to be done, in the encrypted database of a workstation."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from console.storage.storage import Storage
from console.storage.values import FeedItem
from models.cases.closing import RecordState, Way
from models.codec import to_document
from models.followups.followup import Arrangement, Consent, Followup, Series
from models.ids import new_id
from models.notes.card import NoteCard
from models.notes.note import Note, NoteState, Signing
from models.notes.signing import sign_body
from models.operation import Operation
from models.risk.level import Level
from models.risk.safety_plan import PlanStep
from tests.console.storage.acts import CLOCK, act, answered, call_added, finished, note_opened
from tests.console.storage.test_pulling import page

NOW = CLOCK.now()
REFERRED = {
    "note": "n",
    "call": "call-1",
    "site": "beijing",
    "target": "f110",
    "target_kind": "F110",
    "target_name": "110",
    "dial": "110",
    "verified": False,
    "place": "北京",
    "place_basis": "stated",
    "text": "x",
    "legal_basis": "emergency",
    "opened_at": NOW.isoformat(),
}


def other(who: str, kind: str, entity: str, **body: Any) -> Operation:
    return Operation(new_id(), kind, entity, who, NOW, body)


def dangerous(storage: Storage, note: str = "n") -> None:
    storage.perform([call_added("call-1"), note_opened(note), answered(note)])


def planned(storage: Storage, *steps: PlanStep) -> None:
    place = {"note": "n", "call": "call-1", "site": "beijing", "version": 1}
    storage.perform([act("safety_plan.put", "n", **place, step=one, text="话", on=[]) for one in steps])


def agreed(consent: Consent = Consent.AGREED) -> Followup:
    due = (NOW + timedelta(days=1),)
    made = ("f", "call-1", "n", "beijing", "zhang", "张", "13800008000", NOW, NOW, due)
    return Followup(*made, Series("own", 1, (1,)), Arrangement(consent))


def follow(storage: Storage, followup: Followup, seq: int = 1) -> None:
    told = FeedItem("due:beijing", seq, "followup", followup.id, 1, to_document(followup))
    storage.apply_page(page(told, feeds=("due:beijing",)))


def test_a_dangerous_record_is_open_with_the_number_to_call_back(storage: Storage) -> None:
    dangerous(storage)
    (one,) = storage.open_tasks.read(everyone=False).unclosed
    assert (one.note.id, one.number, one.peak) == ("n", "13800008000", Level.R4)
    assert one.closing.missing == tuple(Way)
    storage.perform([finished("n")])
    assert storage.open_tasks.read(everyone=False).unclosed, "handing it in closes nothing"


def test_a_record_without_danger_is_none(storage: Storage) -> None:
    storage.perform([call_added("call-1"), note_opened("n"), answered("n", "means")])
    assert not storage.open_tasks.read(everyone=False).unclosed


def test_a_referral_closes_it_once_the_other_side_has_the_person(storage: Storage) -> None:
    dangerous(storage)
    storage.perform([act("referral.open", "r", **REFERRED)])
    storage.perform([act("referral.advance", "r", step="called")])
    tasks = storage.open_tasks.read(everyone=False)
    assert [one.id for one in tasks.rescues] == ["r"]
    assert tasks.unclosed
    storage.perform([act("referral.advance", "r", step="accepted", detail="2026-1")])
    tasks = storage.open_tasks.read(everyone=False)
    assert not tasks.unclosed
    assert [one.id for one in tasks.rescues] == ["r"], "the rescue is under way still"
    storage.perform([act("referral.advance", "r", step="safe")])
    assert not storage.open_tasks.read(everyone=False).rescues


def test_plan_and_follow_up_close_it_together_and_neither_alone(storage: Storage) -> None:
    dangerous(storage)
    planned(storage, *list(PlanStep)[:-1])
    follow(storage, agreed())
    (one,) = storage.open_tasks.read(everyone=False).unclosed
    assert Way.PLAN in one.closing.missing
    assert Way.FOLLOW_UP not in one.closing.missing
    planned(storage, PlanStep.SAFER)
    tasks = storage.open_tasks.read(everyone=False)
    assert not tasks.unclosed
    assert tasks.agreed == {"n"}


def test_who_did_not_agree_to_be_called_is_not_followed_up(storage: Storage) -> None:
    dangerous(storage)
    planned(storage, *PlanStep)
    follow(storage, agreed(Consent.REFUSED))
    (one,) = storage.open_tasks.read(everyone=False).unclosed
    assert one.closing.missing == (Way.REFERRAL, Way.FOLLOW_UP, Way.REASON)


@pytest.mark.parametrize(("reason", "closed"), [("家属已到场陪护", True), ("  ", False)])
def test_a_leads_signature_closes_it_with_a_reason_only(storage: Storage, reason: str, closed: bool) -> None:
    dangerous(storage)
    storage.perform([finished("n")])
    found = storage.record("note", "n")
    assert found is not None
    note: Note = found.entity
    storage.perform([other("wang", "note.sign", "n", **sign_body(note, Signing.LEAD, reason))])
    tasks = storage.open_tasks.read(everyone=False)
    assert (not tasks.unclosed) is closed
    assert tasks.signed == ({"n"} if closed else set())


def test_a_rescue_that_one_person_ended_stays_on_the_list_with_the_wish(storage: Storage) -> None:
    dangerous(storage)
    storage.perform([act("referral.open", "r", **REFERRED)])
    storage.perform([act("referral.advance", "r", step="closed", detail="地址有误")])
    (rescue,) = storage.open_tasks.read(everyone=False).rescues
    assert rescue.waiting is not None
    storage.perform([other("wang", "referral.second", "r", closing=rescue.waiting.op, agrees=True)])
    assert not storage.open_tasks.read(everyone=False).rescues


def test_what_is_unfinished_is_told_from_what_is_complete(storage: Storage) -> None:
    storage.perform([call_added("call-1"), *(note_opened(name) for name in ("a", "b", "c"))])
    storage.perform([finished("b"), act("note.finish", "c", incomplete_reason="电话断了")])
    found = storage.open_tasks.read(everyone=False).unfinished
    assert {(one.note, one.state) for one in found} == {
        ("a", RecordState.DRAFT),
        ("c", RecordState.INCOMPLETE),
    }


def test_a_lead_has_what_is_open_of_everyone_by_cards_and_full_records(storage: Storage) -> None:
    note = Note("m", "call-9", "li", "beijing", "full", 1, NOW)
    card = NoteCard("m", "call-9", "li", "beijing", "C3", "R4", NoteState.DRAFT, NOW)
    late = replace(card, id="k", state=NoteState.FINISHED, incomplete=True, level="")
    risk: dict[str, Any] = {"id": "m", "note": "m", "call": "call-9", "author": "li", "site": "beijing"}
    risk["answers"] = [{"n": 1, "op": "o", "at": NOW.isoformat(), "item": "plan_week", "state": "yes"}]
    told = [("note", "m", to_document(note)), ("risk", "m", risk)]
    told += [("note.card", one.id, to_document(one)) for one in (card, late)]
    items = [FeedItem("x:beijing", n, kind, name, 1, doc) for n, (kind, name, doc) in enumerate(told, 1)]
    storage.apply_page(page(*items, feeds=("x:beijing",)))
    mine, all_of_it = (storage.open_tasks.read(everyone) for everyone in (False, True))
    assert mine.count == 0
    assert [(one.note.id, one.peak) for one in all_of_it.unclosed] == [("m", Level.R3)]
    # What is not closed is listed once.
    assert [(one.note, one.state) for one in all_of_it.unfinished] == [("k", RecordState.INCOMPLETE)]


def test_a_follow_up_is_handed_over_within_the_shift_before_it_is_due(storage: Storage) -> None:
    follow(storage, replace(agreed(), due=(NOW + timedelta(hours=11),)))
    assert [one.id for one in storage.open_tasks.read(everyone=True).followups] == ["f"]
    follow(storage, replace(agreed(), id="g"), 2)
    assert [one.id for one in storage.open_tasks.read(everyone=True).followups] == ["f"]
