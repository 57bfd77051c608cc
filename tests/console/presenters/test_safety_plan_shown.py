"""The safety plan beside the note: typed, read out, on paper; each word with the person it is about."""

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QInputMethodEvent, QPagedPaintDevice, QPdfWriter
from PySide6.QtWidgets import QWidget

from console.presenters import safety_plan
from console.presenters.safety_plan import SafetyPlanPresenter
from console.risk.planning import PlanService
from console.runtime.problems import Problems
from models.codec import from_document
from models.notes.note import Note
from models.risk.safety_plan import PlanStep, SafetyPlan
from resources import hotline
from tests.console.desk import IDENTITY, never
from tests.console.presenters.conftest import Stage
from widgets.base.labels import Label
from widgets.base.writing import Writing
from widgets.main_window import Page
from widgets.risk.safety_plan_form import SafetyPlanForm, StepField
from widgets.risk.safety_plan_reading import SafetyPlanReading

AT = datetime(2026, 1, 1, tzinfo=UTC)
MOTHER = Note("n", "c", "zhang", "beijing", "full", 1, AT)
DAUGHTER = Note("m", "d", "zhang", "beijing", "full", 1, AT)


class Windowed:
    """Words from the window arrive when told: other things may have happened meanwhile."""

    def __init__(self) -> None:
        self.waiting: list[tuple[Callable[..., object], tuple[object, ...]]] = []

    def show(self, store: Any, show: Callable[[Any], None]) -> None:
        store.watch(show)

    def wish(self, act: Callable[..., object], *given: object) -> None:
        self.waiting.append((act, given))

    def arrive(self) -> None:
        waiting, self.waiting = self.waiting, []
        for act, given in waiting:
            act(*given)


@dataclass
class Plan:
    """The presenter over the real service, form and problems."""

    stage: Stage
    service: PlanService
    presenter: SafetyPlanPresenter
    problems: Problems
    bridge: Windowed
    reads: list[Coroutine[Any, Any, object]] = field(default_factory=list)

    def open(self, note: Note | None) -> None:
        self.service.open_for(note)
        for read in self.reads:
            asyncio.run(read)
        self.reads.clear()

    @property
    def form(self) -> SafetyPlanForm:
        (form,) = self.stage.parts.window.findChildren(SafetyPlanForm)
        return form

    def writing(self, step: PlanStep) -> Writing:
        return self.form.findChildren(StepField)[list(PlanStep).index(step)].writing

    def type(self, step: PlanStep, words: str) -> None:
        event = QInputMethodEvent()
        event.setCommitString(words)
        QCoreApplication.sendEvent(self.writing(step), event)

    def compose(self, step: PlanStep, words: str) -> None:
        QCoreApplication.sendEvent(self.writing(step), QInputMethodEvent(words, []))

    def on_disk(self, note: Note) -> SafetyPlan | None:
        document = self.stage.journal.records().get(note.id)
        return from_document(SafetyPlan, document) if document else None

    def troubles(self) -> list[str]:
        return [one.code for one in self.problems.store.value]


@pytest.fixture
def plan(stage: Stage, tmp_path: Path) -> Plan:
    reads: list[Coroutine[Any, Any, object]] = []

    async def nothing(_note: str) -> None:
        return None

    service = PlanService(stage.journal, stage.clock, never, IDENTITY, nothing, reads.append)
    stage.station.plan = service
    problems, bridge = Problems(stage.clock), Windowed()
    data = hotline.load("jinzhong", None, tmp_path / "kept")
    window: Any = bridge
    presenter = SafetyPlanPresenter(window, stage.station, stage.parts, data, stage.clock, problems)
    stage.parts.window.show_page(Page.DESK)
    stage.parts.window.show()
    return Plan(stage, service, presenter, problems, bridge, reads)


def words(part: QWidget) -> str:
    return "\n".join(label.text() for label in part.findChildren(Label) if label.isVisible())


def test_what_is_typed_is_in_the_plan_of_the_note(plan: Plan) -> None:
    plan.open(MOTHER)
    plan.presenter.open_plan()
    assert plan.form.isVisible()
    plan.type(PlanStep.OWN, "听歌")
    plan.bridge.arrive()
    assert plan.service.desk.value.text(PlanStep.OWN) == "听歌"
    plan.stage.parts.window.findChildren(SafetyPlanForm)[0].left.emit()
    plan.bridge.arrive()
    kept = plan.on_disk(MOTHER)
    assert kept
    assert kept.text(PlanStep.OWN) == "听歌"


def test_it_is_made_when_it_is_first_opened_with_what_was_written(plan: Plan) -> None:
    plan.open(MOTHER)
    opened = plan.service.desk.value.plan
    assert opened
    plan.service.write(PlanStep.OWN, "听歌", 1, opened.id)
    plan.bridge.arrive()
    assert not plan.stage.parts.window.findChildren(SafetyPlanForm)
    plan.presenter.open_plan()
    assert plan.writing(PlanStep.OWN).toPlainText() == "听歌"


def test_without_a_note_there_is_nothing_to_write_in(plan: Plan) -> None:
    plan.open(None)
    plan.presenter.open_plan()
    assert not any(one.isVisible() for one in plan.form.findChildren(Writing))


def test_words_on_their_way_when_another_note_comes_in_front_stay_with_the_first(plan: Plan) -> None:
    plan.open(MOTHER)
    plan.presenter.open_plan()
    plan.type(PlanStep.SIGNS, "女儿两天没回家")
    # The daughter's call is answered before the words are heard.
    plan.open(DAUGHTER)
    plan.bridge.arrive()
    hers = plan.on_disk(MOTHER)
    assert hers
    assert hers.text(PlanStep.SIGNS) == "女儿两天没回家"
    assert plan.on_disk(DAUGHTER) is None
    assert plan.writing(PlanStep.SIGNS).toPlainText() == ""


@pytest.mark.parametrize("next_note", [DAUGHTER, None], ids=["another note", "hung up and handed in"])
def test_what_is_half_composed_stays_with_the_plan_it_was_typed_in(
    plan: Plan, next_note: Note | None
) -> None:
    plan.open(MOTHER)
    plan.presenter.open_plan()
    plan.type(PlanStep.PEOPLE, "姐姐")
    plan.bridge.arrive()
    plan.compose(PlanStep.PEOPLE, "还有舅")
    plan.open(next_note)
    plan.bridge.arrive()
    kept = plan.on_disk(MOTHER)
    assert kept
    assert kept.text(PlanStep.PEOPLE) == "姐姐还有舅"
    assert plan.on_disk(DAUGHTER) is None
    plan.open(MOTHER)
    assert plan.writing(PlanStep.PEOPLE).toPlainText() == "姐姐还有舅"


def test_it_lies_over_nobody_else_s_level(plan: Plan) -> None:
    plan.open(MOTHER)
    plan.presenter.open_plan()
    plan.type(PlanStep.SIGNS, "女儿两天没回家")
    plan.bridge.arrive()
    assert plan.form.isVisible(), "what is written is the same plan"
    plan.open(DAUGHTER)
    assert not plan.form.isVisible()
    plan.presenter.open_plan()
    assert plan.form.isVisible()


def test_it_is_read_out_with_what_is_half_composed_and_written_on(plan: Plan) -> None:
    plan.open(MOTHER)
    plan.presenter.open_plan()
    plan.type(PlanStep.SIGNS, "睡不着")
    plan.compose(PlanStep.SIGNS, "，心慌")
    plan.form.reading_wanted.emit()
    plan.bridge.arrive()
    (reading,) = plan.stage.parts.window.findChildren(SafetyPlanReading)
    assert reading.isVisible()
    assert "睡不着，心慌" in words(reading)
    reading.back_wanted.emit()
    assert plan.form.isVisible()


def test_a_file_that_cannot_be_written_is_a_problem_until_one_is(plan: Plan, tmp_path: Path) -> None:
    plan.open(MOTHER)
    plan.presenter.open_plan()
    plan.type(PlanStep.SIGNS, "睡不着")
    plan.bridge.arrive()
    plan.presenter.save_file(str(tmp_path / "none" / "plan.pdf"))
    plan.bridge.arrive()
    assert plan.troubles() == ["plan_not_written"]
    plan.presenter.save_file(str(tmp_path / "plan.pdf"))
    plan.bridge.arrive()
    assert plan.troubles() == []
    assert (tmp_path / "plan.pdf").read_bytes().startswith(b"%PDF-")


@pytest.mark.qt_log_ignore(r"QPainter::begin", r"propagateSizeHints")
def test_a_printer_that_takes_nothing_is_a_problem_until_one_does(
    plan: Plan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan.open(MOTHER)
    plan.presenter.open_plan()
    offered: list[Callable[[QPagedPaintDevice], object]] = []
    monkeypatch.setattr(safety_plan, "ask_printer", lambda _window, _dots, paint: offered.append(paint))
    plan.form.print_wanted.emit()
    (paint,) = offered
    paint(QPdfWriter(str(tmp_path / "none" / "paper.pdf")))
    plan.bridge.arrive()
    assert plan.troubles() == ["plan_not_printed"]
    paint(QPdfWriter(str(tmp_path / "paper.pdf")))
    plan.bridge.arrive()
    assert plan.troubles() == []
