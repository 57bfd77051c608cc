"""How dangerous a conversation is that a lead was alerted of: whatever comes first, late or not at all."""

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtWidgets import QLabel

from console.lead.service import FullRecord
from console.presenters.live_risk import LiveRiskPresenter
from console.runtime.store import Store
from models.alerts.alert import Alert, Cause
from models.alerts.known import Known
from models.notes.note import Note
from models.people.operator import Operator, Role
from models.risk.assessment import Assessment
from models.risk.level import Level
from resources.texts import t
from tests.console.desk import IDENTITY
from tests.console.presenters.conftest import Stage


class Desk:
    """A lead's desk with what is known of alerts and the record that is open."""

    def __init__(self, stage: Stage, role: Role = Role.LEAD) -> None:
        self.stage = stage
        self.known: Store[Known] = Store(Known())
        self.record: Store[FullRecord | None] = Store(None)
        me = Operator("li", "李组长", "", "beijing", (role,))
        stage.station.identity = SimpleNamespace(operator=me, seat=IDENTITY.seat)
        stage.station.alerts = SimpleNamespace(known=self.known)
        stage.station.lead = SimpleNamespace(record=self.record)
        self.live = LiveRiskPresenter(stage.bridge, stage.station, stage.parts)

    def alert(self, name: str, **changes: Any) -> Alert:
        facts: dict[str, Any] = {
            "cause": Cause.LEVEL,
            "level": Level.R4,
            "call": "c",
            "note": name,
            **changes,
        }
        who = f"张医生{name}"
        alert = Alert(id=name, at=self.stage.clock.now(), author="zhang", name=who, seat="1001", **facts)
        self.known.publish(self.known.value.hear([alert]))
        return alert

    def comes(self, note: str, level: Level | None = None, told: str = "") -> None:
        """The record of a note, as it is by now."""
        kept = Note(note, "c", "zhang", "beijing", "full", 1, self.stage.clock.now())
        assessed = None
        if level is not None:
            self.stage.station.risk.open_for(kept)
            self.stage.station.risk.judge(level)
            assessed = self.stage.station.risk.assessment.value
            assert isinstance(assessed, Assessment)
        self.record.publish(FullRecord(replace(kept, incomplete_reason=told), None, assessed, ()))

    @property
    def words(self) -> str:
        labels = self.stage.parts.lead.findChildren(QLabel)
        return "\n".join(one.text() for one in labels if not one.isHidden())

    @property
    def level(self) -> str:
        return self.stage.parts.live.made.level_code


def heading(alert: Alert) -> str:
    return t("lead.live", who=alert.name, seat=alert.seat)


def test_the_record_before_that_is_read_anew_takes_nothing_away_of_the_one_on_its_way(stage: Stage) -> None:
    desk = Desk(stage)
    alert = desk.alert("n")
    desk.comes("before")
    desk.live.open("n")
    desk.comes("before", told="read anew")
    assert heading(alert) in desk.words
    assert desk.level == "RX", "nothing of the record before"
    desk.comes("n", Level.R4)
    assert heading(alert) in desk.words
    assert desk.level == "R4"


def test_a_record_that_may_not_be_read_leaves_what_the_alert_itself_says(stage: Stage) -> None:
    desk = Desk(stage)
    alert = desk.alert("n")
    desk.comes("before", Level.R3)
    desk.live.open("n")
    desk.record.publish(None)
    assert heading(alert) in desk.words
    assert t("base.level_R4") in desk.words
    assert desk.level == "RX"


def test_of_two_quick_alerts_the_newest_wish_is_shown(stage: Stage) -> None:
    desk = Desk(stage)
    first, second = desk.alert("one"), desk.alert("two", level=Level.R3)
    desk.live.open("one")
    desk.live.open("two")
    assert heading(second) in desk.words
    desk.comes("two", Level.R3)
    assert heading(first) not in desk.words
    assert heading(second) in desk.words
    assert desk.level == "R3"
    desk.comes("one", Level.R4)
    assert desk.level == "RX", "another record was opened since"


def test_a_record_that_is_open_already_is_shown_at_once_and_follows(stage: Stage) -> None:
    desk = Desk(stage)
    desk.alert("n")
    desk.comes("n", Level.R3)
    desk.live.open("n")
    assert desk.level == "R3"
    desk.comes("n", Level.R4)
    assert desk.level == "R4"


def test_an_alert_that_is_not_known_shows_nothing(stage: Stage) -> None:
    desk = Desk(stage)
    desk.comes("n", Level.R4)
    desk.live.open("gone")
    assert desk.level == "RX"


@pytest.mark.parametrize("level", [None, Level.R2])
def test_a_call_for_help_without_a_high_level_is_shown_as_it_is(stage: Stage, level: Level | None) -> None:
    desk = Desk(stage)
    desk.alert("n", cause=Cause.HELP, level=level)
    desk.live.open("n")
    assert t(f"base.level_{level or 'RX'}") in desk.words


def test_who_does_not_lead_hears_nothing(stage: Stage) -> None:
    desk = Desk(stage, Role.OPERATOR)
    desk.alert("n")
    desk.comes("n", Level.R4)
    assert desk.level == "RX"
