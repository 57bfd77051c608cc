"""Alerts as they are heard and seen: repeated until seen, said to the operator, live for a lead."""

from dataclasses import dataclass, field, replace
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtWidgets import QLabel, QWidget

from console.calls.service import CallsService, LineView
from console.lead.service import FullRecord
from console.presenters.alerts import AlertsPresenter
from console.presenters.live_risk import LiveRiskPresenter
from console.presenters.supervision import SupervisionPresenter
from console.runtime.store import Store
from console.shifts.service import DutyView
from console.supervision.service import Watch
from models.alerts.alert import Alert, Cause, Sight, sight_id
from models.alerts.known import Known
from models.alerts.sounding import MUTED_SECONDS
from models.calls.advance import advance
from models.calls.call import Call
from models.calls.events import Answered, Watched, Watching
from models.notes.card import NoteCard
from models.notes.note import Note, NoteState
from models.people.operator import Operator, Role
from models.people.site import AlertRules
from models.risk.assessment import Assessment
from models.risk.level import Level
from models.shifts.duty import Duty, DutyState
from resources.texts import t
from tests.console.desk import IDENTITY
from tests.console.presenters.conftest import Stage

RULES = AlertRules(again_seconds=20, unseen_seconds=15, supervisor="8600001")
LEAD = Operator("li", "李组长", "", "beijing", (Role.LEAD,))


@dataclass
class Heard:
    """What the machine was made to play; "" where it only came forward."""

    sounds: list[str] = field(default_factory=list)

    def alarm(self, sound: str) -> None:
        self.sounds.append(sound)


class Alerts:
    """Alerts behind the presenter: what is known, and what was wished."""

    def __init__(self, stage: Stage, me: Operator = IDENTITY.operator) -> None:
        self.stage = stage
        self.known: Store[Known] = Store(Known())
        self.wished: list[tuple[Any, ...]] = []
        self.opened: list[tuple[str, str]] = []
        self.heard = Heard()
        stage.station.identity = SimpleNamespace(operator=me, seat="1009")
        stage.station.alerts = SimpleNamespace(
            known=self.known,
            acknowledge=lambda alert: self.wished.append(("seen", alert)),
            call_for_help=lambda *what: self.wished.append(("help", *what)),
        )
        heard: Any = self.heard
        self.presenter = AlertsPresenter(
            stage.bridge,
            stage.station,
            stage.parts,
            RULES,
            heard,
            stage.clock,
            lambda *what: self.opened.append((what[0], what[1])),
        )

    def alert(self, name: str = "a", author: str = "zhang", **changes: Any) -> Alert:
        facts: dict[str, Any] = {"cause": Cause.LEVEL, "level": Level.R4, "call": "c", "note": "n", **changes}
        alert = Alert(id=name, at=self.stage.clock.now(), author=author, name="张医生", seat="1001", **facts)
        self.known.publish(self.known.value.hear([alert]))
        return alert

    def see(self, alert: str, by: str = "li") -> None:
        now = self.stage.clock.now()
        sight = Sight(sight_id(alert, by), alert, "c", "n", "zhang", now, by, "李组长")
        self.known.publish(self.known.value.hear([sight]))

    def later(self, seconds: float) -> None:
        self.stage.clock.forward(seconds)
        self.presenter._look()


def words(part: QWidget) -> str:
    return "\n".join(label.text() for label in part.findChildren(QLabel) if not label.isHidden())


@pytest.fixture(autouse=True)
def shown(stage: Stage) -> Any:
    stage.parts.window.show()
    return stage


def test_it_sounds_at_once_and_again_until_somebody_saw_it(stage: Stage) -> None:
    alerts = Alerts(stage, LEAD)
    alerts.alert()
    assert alerts.heard.sounds == ["alert"]
    assert not stage.parts.window.alerts.isHidden()
    alerts.later(19.9)
    assert alerts.heard.sounds == ["alert"]
    alerts.later(0.1)
    assert alerts.heard.sounds == ["alert"] * 2
    alerts.see("a")
    assert stage.parts.window.alerts.isHidden()
    alerts.later(60)
    assert alerts.heard.sounds == ["alert"] * 2


def test_a_second_alert_sounds_without_waiting_for_the_first(stage: Stage) -> None:
    alerts = Alerts(stage, LEAD)
    alerts.alert()
    alerts.later(5)
    alerts.alert("b", note="m")
    assert len(alerts.heard.sounds) == 2
    alerts.later(15)
    assert len(alerts.heard.sounds) == 2
    alerts.later(5)
    assert len(alerts.heard.sounds) == 3


def test_with_the_sound_off_it_still_comes_forward(stage: Stage) -> None:
    alerts = Alerts(stage, LEAD)
    stage.parts.window.alerts.sound_wanted.emit(False)
    alerts.alert()
    assert alerts.heard.sounds == [""]
    stage.parts.window.alerts.sound_wanted.emit(True)
    alerts.later(20)
    assert alerts.heard.sounds == ["", "alert"]


def test_silence_ends_by_itself_while_somebody_waits(stage: Stage) -> None:
    alerts = Alerts(stage, LEAD)
    stage.parts.window.alerts.sound_wanted.emit(False)
    alerts.alert()
    alerts.later(MUTED_SECONDS - 1)
    assert set(alerts.heard.sounds) == {""}
    alerts.later(20)
    assert alerts.heard.sounds[-1] == "alert"


def test_nothing_sounds_for_who_leads_nobody(stage: Stage) -> None:
    alerts = Alerts(stage)
    alerts.alert(author="somebody")
    alerts.alert("own")
    assert alerts.heard.sounds == []
    assert stage.parts.window.alerts.isHidden()


def test_who_looks_into_it_has_seen_it(stage: Stage) -> None:
    alerts = Alerts(stage, LEAD)
    alerts.alert()
    stage.parts.window.alerts.look_wanted.emit("a", "n")
    assert alerts.wished == [("seen", "a")]
    assert alerts.opened == [("a", "n")]


def test_the_operator_is_told_who_saw_the_level_or_whom_to_dial(stage: Stage) -> None:
    alerts = Alerts(stage)
    stage.station.notes.open_for("c")
    note = stage.station.notes.desk.value.note.id
    alerts.alert(note=note)
    assert t("risk.alert_sent") in words(stage.parts.risk)
    alerts.later(15)
    assert t("risk.alert_nobody", supervisor="8600001") in words(stage.parts.risk)
    alerts.see("a")
    assert "李组长" in words(stage.parts.risk)
    assert t("risk.alert_nobody", supervisor="8600001") not in words(stage.parts.risk)


def test_help_is_asked_for_with_what_is_known(stage: Stage) -> None:
    alerts = Alerts(stage)
    stage.station.notes.open_for("c")
    note = stage.station.notes.desk.value.note.id
    stage.station.risk.judge(Level.R2)
    stage.parts.calls.supervised.help_wanted.emit("c")
    assert alerts.wished == [("help", "c", note, Level.R2)]
    # Another call than the one that is written about.
    stage.parts.calls.supervised.help_wanted.emit("d")
    assert alerts.wished[1] == ("help", "d", "", None)


def test_what_came_of_the_call_for_help_stands_at_the_call(stage: Stage) -> None:
    alerts = Alerts(stage)
    calls: CallsService = stage.station.calls
    talk = advance(Call("c"), Answered("e1", "c", stage.clock.now(), "1001"))
    calls.view.publish(LineView((talk,)))
    supervised = stage.parts.calls.supervised
    assert not supervised.isHidden()
    alerts.alert(cause=Cause.HELP, level=None)
    assert t("calls.help_sent") in words(supervised)
    alerts.later(15)
    assert t("calls.help_alone", supervisor="8600001") in words(supervised)
    alerts.see("a")
    assert "李组长" in words(supervised)
    listened = advance(talk, Watched("e2", "c", stage.clock.now(), "1009", "li", Watching.LISTEN))
    calls.view.publish(LineView((listened,)))
    alerts.later(0)
    assert not supervised.isHidden()
    calls.view.publish(LineView())
    assert supervised.isHidden()


def test_a_lead_sees_the_conversations_with_the_level_that_is_known(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[Any] = []
    monkeypatch.setattr(stage.parts.lead, "show_talks", told.append)
    alerts = Alerts(stage, LEAD)
    now = stage.clock.now()
    duties = (
        Duty("zhang", "1001", DutyState.TALKING, now, name="张医生", call="c"),
        Duty("wang", "1002", DutyState.HELD, now, name="王老师", call="d"),
        Duty("zhao", "1003", DutyState.WRAP_UP, now, name="赵"),
        Duty("li", "1009", DutyState.TALKING, now, name="李", call="own"),
    )
    station: Any = stage.station
    station.shifts = SimpleNamespace(view=Store(DutyView(None, {one.seat: one for one in duties})))
    station.supervision = SimpleNamespace(watch=Store(Watch("d", Watching.WHISPER)))
    card = NoteCard("m", "d", "wang", "beijing", "C3", "R2", NoteState.DRAFT, now)
    station.lead = SimpleNamespace(cards=Store((card,)))
    SupervisionPresenter(stage.bridge, station, stage.parts.lead)
    # The card of the note has not come; the alert has.
    alerts.alert(call="c")
    first, second = told[-1]
    assert (first.call, first.seat, first.level, first.how) == ("c", "1001", "R4", Watching.GONE)
    assert (second.call, second.level, second.held, second.how) == ("d", "R2", True, Watching.WHISPER)


def test_the_risk_of_an_alerted_conversation_is_shown_as_it_comes(stage: Stage) -> None:
    alerts = Alerts(stage, LEAD)
    record: Store[FullRecord | None] = Store(None)
    stage.station.lead = SimpleNamespace(record=record)
    live = LiveRiskPresenter(stage.bridge, stage.station, stage.parts)
    alert = alerts.alert()
    note = Note("n", "c", "zhang", "beijing", "full", 1, stage.clock.now())
    record.publish(FullRecord(replace(note, id="other"), None, None, ()))
    live.open("a")
    heading = t("lead.live", who=alert.name, seat=alert.seat)
    assert heading in words(stage.parts.lead)
    assert t("base.level_R4") in words(stage.parts.lead)
    assessed = Assessment("n", "n", "c", "zhang", "beijing")
    record.publish(FullRecord(note, None, assessed, ()))
    assert stage.parts.live.made.level_code == "RX"
    stage.station.risk.open_for(note)
    stage.station.risk.judge(Level.R4)
    record.publish(FullRecord(note, None, stage.station.risk.assessment.value, ()))
    assert stage.parts.live.made.level_code == "R4"
    # Another record is opened: nothing of the first stands beside it.
    record.publish(FullRecord(replace(note, id="other"), None, None, ()))
    assert heading not in words(stage.parts.lead)
    assert stage.parts.live.made.level_code == "RX"
