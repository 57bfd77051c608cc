"""My list of today and the lead's desk: numbers masked, codes in words, full text only for a lead."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from console.access.service import Asked
from console.lead.service import FullRecord
from console.presenters.lead import LeadPresenter
from console.presenters.records import RecordsPresenter
from console.runtime.store import Store
from console.shifts.service import DutyView
from console.storage.values import ListedNote
from models.alerts.known import Known
from models.calls.call import Call
from models.calls.card import CallCard
from models.cases.open_tasks import OpenTasks
from models.notes.card import NoteCard, card_of
from models.notes.note import Note, NoteBody
from models.people.operator import Operator, Role
from models.people.staff import Member
from models.risk.assessment import Assessment
from models.risk.level import Level
from models.risk.quick_screen import AskState, Item
from models.risk.trail import Answer, Lowering
from models.shifts.duty import Duty, DutyState
from resources import hotline
from tests.console.desk import IDENTITY
from tests.console.presenters.conftest import Stage

NUMBER = "13834400000"


def note_of(stage: Stage) -> Note:
    body = NoteBody(category="C3", values={"complaint": "练习用的话"})
    return Note("n", "c", "zhang", "jinzhong", "full", 1, stage.clock.now(), body=body)


def test_my_list_of_today(stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[Any] = []
    monkeypatch.setattr(stage.parts.records, "show_records", shown.append)
    data = hotline.load("jinzhong", None, tmp_path)
    lists = SimpleNamespace(records=Store[tuple[ListedNote, ...]](()), open=Store(OpenTasks()))
    station: Any = SimpleNamespace(records=lists)
    RecordsPresenter(stage.bridge, station, stage.parts, data.enumerations)
    listed = ListedNote(note_of(stage), Call("c", number=NUMBER), None)
    station.records.records.publish((listed,))
    (view,) = shown[-1]
    assert NUMBER not in repr(view)
    assert view.number.endswith("0000")
    assert view.level == "RX"
    assert view.category != "C3"


def _lead_station(role: Role = Role.LEAD) -> Any:
    me = Operator("li", "李", "", "jinzhong", (role,))
    return SimpleNamespace(
        identity=SimpleNamespace(operator=me, seat=IDENTITY.seat),
        alerts=SimpleNamespace(known=Store(Known())),
        shifts=SimpleNamespace(view=Store(DutyView())),
        knowing=SimpleNamespace(staff=SimpleNamespace(members=Store((Member("sun", "孙"),)))),
        lead=SimpleNamespace(
            cards=Store[tuple[NoteCard, ...]](()),
            missed=Store[tuple[CallCard, ...]](()),
            record=Store[FullRecord | None](None),
            wanted=Store[NoteCard | None](None),
            open=None,
        ),
        access=SimpleNamespace(asked=Store(Asked()), unmasked=Store[frozenset[str]](frozenset())),
    )


@pytest.mark.parametrize("leads", [False, True])
def test_the_desk_of_a_lead_and_of_nobody_else(
    stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, leads: bool
) -> None:
    notes: list[Any] = []
    records: list[Any] = []
    monkeypatch.setattr(stage.parts.lead, "show_notes", notes.append)
    monkeypatch.setattr(stage.parts.lead, "show_record", records.append)
    station = _lead_station(Role.LEAD if leads else Role.OPERATOR)
    LeadPresenter(stage.bridge, station, stage.parts.lead, hotline.load("jinzhong", None, tmp_path))
    duty = Duty("zhang", "1001", DutyState.READY, stage.clock.now(), name="张医生")
    station.shifts.view.publish(DutyView(None, {"1001": duty}))
    note = note_of(stage)
    station.lead.cards.publish((card_of(note, "R4"),))
    risk = Assessment("n", "n", "c", "zhang", "jinzhong")
    station.lead.record.publish(FullRecord(note, Call("c", number=NUMBER), risk, ()))
    if not leads:
        assert (notes, records) == ([], [])
        return
    (card,) = notes[-1]
    assert "张医生" in repr(card)
    assert card.level == "R4"
    text = records[-1]
    assert "张医生" in text.heading
    assert "练习用的话" in {value for _, value in text.fields}
    assert NUMBER not in repr(text)


def test_a_lead_is_asked_about_a_lowering_of_somebody_else_only(
    stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[Any] = []
    monkeypatch.setattr(stage.parts.lead, "show_record", shown.append)
    station = _lead_station()
    LeadPresenter(stage.bridge, station, stage.parts.lead, hotline.load("jinzhong", None, tmp_path))
    note, at = note_of(stage), stage.clock.now()
    answered = Answer(1, "a", at, Item.PLAN, AskState.YES)
    for wishes, asked in (("zhang", True), ("li", False)):
        wish = Lowering("w", at, wishes, 1, Level.R3, Level.R1, "练习用的理由")
        risk = Assessment("n", "n", "c", "zhang", "jinzhong", (answered,), lowerings=(wish,))
        station.lead.record.publish(FullRecord(note, Call("c", number=NUMBER), risk, ()))
        assert (shown[-1].lowering is not None) is asked
