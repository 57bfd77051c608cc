"""What is laid open under a person's history, who is asked for a record there, and what people are called."""

from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtWidgets import QLabel, QWidget

from console.access.service import Asked
from console.cases.laid_open import Laid
from console.cases.service import Opened
from console.earlier import CaseView
from console.presenters.case import CasePresenter
from console.presenters.case_reading import CaseReadingPresenter
from console.presenters.staff import staff_words
from console.runtime.store import Store
from models.cases.history import Happened, Kind
from models.cases.standing import Standing
from models.notes.card import NoteCard
from models.notes.note import NoteState
from models.people.person import Person
from models.people.staff import Member
from models.people.together import Together
from models.referrals.referral import LegalBasis, PlaceBasis, Referral
from models.risk.level import Level
from models.risk.safety_plan import PlanStep, SafetyPlan, Wording
from resources import hotline
from resources.enumerations import load as load_enumerations
from resources.texts import t
from tests.console.presenters.conftest import Stage
from widgets.cases.page import PersonPage
from widgets.lead.asking import Asking

AT = datetime(2026, 11, 1, tzinfo=UTC)
CARD = NoteCard("n", "c", "zhang", "jinzhong", "C3", "R2", NoteState.FINISHED, AT)
SENT = Referral(
    *("r", "n", "c", "zhang", "jinzhong", "clinic", "FPSY", "门诊", "", True, "晋中市"),
    *(PlaceBasis.STATED, "需要门诊", LegalBasis.CONSENT, AT),
)


def history(note: str = "") -> Opened:
    """A person with one call, whose record is a card until a note came."""
    happened = Happened(AT, Kind.CALL, "c", note, card="n")
    person = Person("p", "jinzhong", "zhang", AT)
    return Opened(Together((person,)), (happened,), Standing())


class Desk:
    """The presenter over stores; what it wished for is kept."""

    def __init__(self, stage: Stage, folder: Path, hours: int) -> None:
        self.wished: list[Any] = []
        self.opened, self.laid = Store[Opened | None](None), Store(Laid())
        self.wanted = Store[NoteCard | None](None)
        service = SimpleNamespace(
            laid=self.laid,
            wanted=self.wanted,
            open=lambda *given: given,
            want=lambda card: ("want", card),
            put_away=lambda: self.wished.append("put_away"),
        )
        station = stage.station
        station.spawn = self.wished.append
        station.ask_for = lambda *given: ("ask", *given)
        station.access = SimpleNamespace(asked=Store(Asked()), longest_hours=lambda: hours)
        members = Store((Member("zhang", "张老师"),))
        station.knowing = SimpleNamespace(
            laid_open=service,
            cases=SimpleNamespace(opened=self.opened),
            staff=SimpleNamespace(members=members),
        )
        self.page = PersonPage()
        stage.parts.window.add_sheet("", self.page, 1040).open_sheet()
        data = hotline.load("jinzhong", None, folder)
        self.presenter = CaseReadingPresenter(stage.bridge, station, self.page, data)
        stage.bridge.show(station.knowing.cases.opened, self.presenter.show_opened)
        self.read: list[str] = []
        self.page.open_wanted.connect(self.read.append)


def said(part: QWidget) -> str:
    return " ".join(one.text() for one in part.findChildren(QLabel) if not one.isHidden())


def test_a_plan_and_a_referral_are_laid_open_in_words(stage: Stage, tmp_path: Path) -> None:
    desk = Desk(stage, tmp_path, 0)
    words = (Wording("o", AT, "zhang", PlanStep.OWN, "听音乐"),)
    desk.laid.publish(Laid(SafetyPlan("n", "n", "c", "zhang", "jinzhong", AT, words), "c"))
    assert "听音乐" in said(desk.page)
    assert t("safety_plan.left_out") in said(desk.page)
    desk.laid.publish(Laid(SENT, "c"))
    assert "需要门诊" in said(desk.page)
    desk.page.plan_wanted.emit("n")
    desk.page.referral_wanted.emit("r")
    assert desk.wished[-2:] == [("safety_plan", "n"), ("referral", "r")]


def test_whoever_may_ask_is_asked_here_and_what_came_is_read_here(stage: Stage, tmp_path: Path) -> None:
    desk = Desk(stage, tmp_path, 24)
    desk.opened.publish(history())
    desk.page.ask_wanted.emit("c")
    assert desk.wished[-1] == ("want", "n")
    desk.wanted.publish(CARD)
    (asking,) = desk.page.findChildren(Asking)
    assert not asking.isHidden()
    assert "张老师" in said(asking)
    asking.ask_wanted.emit("n", "复核", 1)
    assert desk.wished[-1] == ("ask", "n", "复核", 1)
    # The record came with a pull: it is opened in this place.
    desk.opened.publish(history("n"))
    assert desk.read == ["n"]
    assert desk.wished[-1] == "put_away"
    desk.wanted.publish(None)
    assert asking.isHidden()


def test_others_are_told_whom_to_ask(stage: Stage, tmp_path: Path) -> None:
    desk = Desk(stage, tmp_path, 0)
    desk.opened.publish(history())
    before = list(desk.wished)
    desk.page.ask_wanted.emit("c")
    assert desk.wished == before
    assert t("cases.ask_lead") in said(desk.page)


@pytest.mark.parametrize("level", [Level.R3, None])
def test_the_level_over_all_calls_and_what_people_are_called_stand_beside_the_assessment(
    level: Level | None,
) -> None:
    told: list[Any] = []
    panel: Any = SimpleNamespace(show_earlier=lambda *given: told.append(given), show_names=told.append)
    station: Any = SimpleNamespace(
        earlier=SimpleNamespace(case=Store(CaseView((), level))),
        knowing=SimpleNamespace(staff=SimpleNamespace(members=Store((Member("zhang", "张老师"),)))),
    )
    bridge: Any = SimpleNamespace(show=lambda store, show: store.watch(show))
    CasePresenter(bridge, station, panel)
    assert told == [((), level), {"zhang": "张老师"}]


def test_profession_and_roles_are_said_beside_a_name() -> None:
    members = (
        Member("a", "安", "psychiatrist", ("OP", "SUP")),
        Member("b", "白", "", ("OP",)),
        Member("c", "陈", "own_title", ("NEW",)),
        Member("d", "丁"),
    )
    told = staff_words(members, load_enumerations())
    assert told == {"a": "精神科医师 · 咨询员 · 督导", "b": "咨询员", "c": "own_title"}
