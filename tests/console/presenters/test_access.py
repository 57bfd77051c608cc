"""What a person sees of rights: masked numbers, notes that are too old, full texts that are asked for."""

from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtWidgets import QLabel

from console.access.service import Asked, Stage
from console.calls.service import LineView
from console.lead.service import FullRecord
from console.presenters.calls import call_views
from console.presenters.lead import LeadPresenter
from console.presenters.locked import LockedPresenter
from console.runtime.store import Store
from console.shifts.service import DutyView
from models.access.grant import Grant
from models.alerts.known import Known
from models.calls.call import Call, Party
from models.calls.card import CallCard
from models.notes.card import NoteCard, card_of
from models.notes.note import Note, NoteBody, NoteState, Stop
from models.people.operator import Operator, Role
from models.people.staff import Member
from resources import hotline
from resources.hotline import Hotline
from tests.console.desk import IDENTITY
from tests.console.presenters.conftest import Stage as Desk
from widgets.base.buttons import KeyButton
from widgets.lead.view import AskView, RecordText

NUMBER = "13834400000"


@pytest.fixture
def data(tmp_path: Path) -> Hotline:
    return hotline.load("jinzhong", None, tmp_path)


def note_of(stage: Desk, age: timedelta, state: NoteState = NoteState.FINISHED) -> Note:
    body = NoteBody(category="C3", values={"complaint": "练习用的话"})
    at = stage.clock.now() - age
    return Note("n", "c", IDENTITY.operator.id, IDENTITY.operator.site, "full", 1, at, body, state)


def words(stage: Desk) -> str:
    labels = stage.parts.note.findChildren(QLabel)
    return "\n".join(label.text() for label in labels if not label.isHidden())


@pytest.mark.parametrize("state", NoteState)
def test_a_note_of_yesterday_is_read_only_and_says_why(stage: Desk, data: Hotline, state: NoteState) -> None:
    LockedPresenter(stage.bridge, stage.station, stage.parts, data)
    stage.station.notes.bring_back(note_of(stage, timedelta(hours=24), state))
    assert "已超过 24 小时" in words(stage)
    assert "练习用的话" in words(stage)
    buttons = {one.text(): one for one in stage.parts.note.findChildren(KeyButton) if not one.isHidden()}
    buttons["收起"].click()
    assert stage.station.notes.desk.value.note is None
    assert stage.journal.operations == []


def test_an_old_draft_can_still_be_handed_in_and_nothing_else_is_written(stage: Desk, data: Hotline) -> None:
    LockedPresenter(stage.bridge, stage.station, stage.parts, data)
    stage.parts.note.finish_wanted.connect(stage.station.notes.finish)
    stage.station.notes.bring_back(note_of(stage, timedelta(days=2), NoteState.DRAFT))
    finish = [one for one in stage.parts.note.findChildren(KeyButton) if one.text() == "交记录"]
    finish[0].click()
    assert [one.type for one in stage.journal.operations] == ["note.finish", "note.sign"]


def test_a_stop_writes_nothing_of_a_note_that_was_only_read(stage: Desk) -> None:
    notes = stage.station.notes
    notes.open_for("another")
    notes.edit("complaint", "练习用的话")
    notes.bring_back(note_of(stage, timedelta(days=2)))
    before = len(stage.journal.operations)
    notes.stop(Stop.HANG_UP)
    assert len(stage.journal.operations) == before


def test_a_note_of_today_is_written_as_ever(stage: Desk, data: Hotline) -> None:
    LockedPresenter(stage.bridge, stage.station, stage.parts, data)
    stage.station.notes.bring_back(note_of(stage, timedelta(hours=24) - timedelta(seconds=1)))
    assert "已超过" not in words(stage)


def test_a_number_in_sight_is_whole_and_every_other_masked(data: Hotline) -> None:
    calls = (Call("c", number=NUMBER), Call("d", number=NUMBER), Call("e", number="110"), Call("f"))
    views = call_views(LineView(calls), data.site, frozenset({"c"}))
    assert [(one.number, one.masked) for one in views] == [
        (NUMBER, False),
        ("138****0000", True),
        ("110", False),
        ("", False),
    ]


def test_a_relatives_number_is_masked_and_that_of_the_police_is_not(data: Hotline) -> None:
    parties = {name: Party(name, dial) for name, dial in (("p", "0351-110"), ("q", NUMBER))}
    (view,) = call_views(LineView((Call("c", parties=parties),)), data.site)
    assert [one.dial for one in view.parties] == ["0351-110", "138****0000"]


class Lead:
    """The lead's presenter with what it told the desk."""

    def __init__(self, stage: Desk, data: Hotline, monkeypatch: pytest.MonkeyPatch) -> None:
        self.records: list[RecordText | None] = []
        self.asks: list[AskView | None] = []
        self.wished: list[tuple[str, str, int]] = []
        self.unmasked: list[tuple[Any, ...]] = []
        me = Operator("li", "李", "", "jinzhong", (Role.LEAD,))
        access = SimpleNamespace(
            asked=Store(Asked()),
            unmasked=Store[frozenset[str]](frozenset()),
            longest_hours=lambda: 24,
            unmask=lambda *given: self.unmasked.append(given),
        )
        station: Any = SimpleNamespace(
            identity=SimpleNamespace(operator=me),
            alerts=SimpleNamespace(known=Store(Known())),
            shifts=SimpleNamespace(view=Store(DutyView())),
            access=access,
            knowing=SimpleNamespace(staff=SimpleNamespace(members=Store((Member("zhang", "张"),)))),
            lead=SimpleNamespace(
                cards=Store[tuple[NoteCard, ...]](()),
                missed=Store[tuple[CallCard, ...]](()),
                record=Store[FullRecord | None](None),
                wanted=Store[NoteCard | None](None),
                open=None,
            ),
            spawn=lambda work: work,
            ask_for=lambda *asked: self.wished.append(asked),
        )
        monkeypatch.setattr(stage.parts.lead, "show_record", self.records.append)
        monkeypatch.setattr(stage.parts.lead, "show_ask", self.asks.append)
        self.station = station
        LeadPresenter(stage.bridge, station, stage.parts.lead, data)


@pytest.mark.parametrize(
    ("asked", "said", "tone"),
    [
        (Asked("n", Stage.WAITING), "正在向服务器申请", "soft"),
        (Asked("n", Stage.GRANTED), "已获准", "soft"),
        (Asked("n", Stage.REFUSED, "off_line"), "现在连不上", "care"),
        (Asked("n", Stage.REFUSED, "no_record"), "还没有这条记录", "care"),
        (Asked("n", Stage.REFUSED, "too_long"), "服务器没有开放", "care"),
        (Asked("m", Stage.REFUSED, "off_line"), "", "soft"),
    ],
)
def test_what_came_of_asking_is_said(
    stage: Desk, data: Hotline, monkeypatch: pytest.MonkeyPatch, asked: Asked, said: str, tone: str
) -> None:
    lead = Lead(stage, data, monkeypatch)
    lead.station.lead.wanted.publish(card_of(note_of(stage, timedelta(hours=1)), "R2"))
    lead.station.access.asked.publish(asked)
    view = lead.asks[-1]
    assert view is not None
    assert (view.id, view.level, view.longest_hours, view.tone) == ("n", "R2", 24, tone)
    assert said in view.state
    assert bool(said) is bool(view.state)
    assert view.waits is (asked.stage is Stage.WAITING)
    stage.parts.lead.ask_wanted.emit("n", "复核", 4)
    assert lead.wished == [("n", "复核", 4)]


def test_a_granted_record_says_until_when_and_its_number_is_asked_for_with_a_reason(
    stage: Desk, data: Hotline, monkeypatch: pytest.MonkeyPatch
) -> None:
    lead = Lead(stage, data, monkeypatch)
    note, call = note_of(stage, timedelta(hours=1)), Call("c", number=NUMBER)
    until = stage.clock.now() + timedelta(hours=4)
    grant = Grant("g", "li", "n", "c", "jinzhong", "复核", "li", stage.clock.now(), until)
    beside = (note, call, grant)
    lead.station.lead.record.publish(FullRecord(note, call, None, (), beside))
    text = lead.records[-1]
    assert text is not None
    assert f"{until.astimezone():%m-%d %H:%M}" in text.until
    assert (text.number, text.masked) == ("138****0000", True)
    assert lead.asks[-1] is None
    stage.parts.lead.unmask_wanted.emit("review")
    assert lead.unmasked == [(call, note, beside, "review")]
    lead.station.access.unmasked.publish(frozenset({"c"}))
    shown = lead.records[-1]
    assert shown is not None
    assert (shown.number, shown.masked) == (NUMBER, False)
