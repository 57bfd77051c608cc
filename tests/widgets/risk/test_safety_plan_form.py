"""The form of the safety plan brings a step into sight whole."""

from PySide6.QtWidgets import QScrollArea
from pytestqt.qtbot import QtBot

from models.risk.safety_plan import PlanStep
from resources import safety_plan
from tests.widgets.readable import on_screen
from widgets.risk.safety_plan_form import SafetyPlanForm, StepField


def test_the_first_open_step_comes_into_sight_and_none_is_cut_at_the_top(qtbot: QtBot) -> None:
    form = SafetyPlanForm(safety_plan.load())
    form.show_texts(dict.fromkeys(tuple(PlanStep)[:4], "写过了"))
    form.show_open(True)
    with on_screen(qtbot, form, 688, 620):
        form.go_to_open()
        (area,) = form.findChildren(QScrollArea)
        seen = area.verticalScrollBar().value()
        tops = [field.y() for field in form.findChildren(StepField)]
        assert seen in tops
        assert tops[0] < seen <= tops[4]
        assert tops[4] + form.findChildren(StepField)[4].height() <= seen + area.viewport().height()
