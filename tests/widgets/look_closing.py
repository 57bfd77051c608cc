"""What belongs to closing a record: the safety plan, the list of open tasks, the question at the end."""

from PySide6.QtWidgets import QApplication

from models.risk.safety_plan import PlanStep
from resources import safety_plan
from resources.texts import language, t
from tests.widgets import look_samples, samples
from widgets.main_window import MainWindow
from widgets.risk.safety_plan_form import SafetyPlanForm
from widgets.risk.safety_plan_reading import SafetyPlanReading

FORM = safety_plan.load()
WORDS = {
    PlanStep.SIGNS: "连着几天睡不着；觉得自己只会拖累家里；不想接电话。",
    PlanStep.OWN: "洗热水澡，把窗帘拉开；听那张歌单；下楼走一圈再回来。",
    PlanStep.DISTRACTION: "去楼下便利店坐一会儿；找阿明打球。",
    PlanStep.PEOPLE: "姐姐（随时可打）；辅导员陈老师。",
}


def _in_talk(window: MainWindow) -> None:
    parts = window.parts
    parts.calls.show_board((samples.TALKING,))
    parts.note.show_note(look_samples.NOTE)
    parts.risk.show_assessment(look_samples.URGENT)
    window.show_alarming(True)


def plan_form(window: MainWindow) -> None:
    _in_talk(window)
    form = SafetyPlanForm(FORM)
    form.show_texts(WORDS)
    form.show_open(True)
    sheet = window.add_sheet(t("safety_plan.title"), form, 720)
    window.parts.risk.plan.show_written(len(WORDS))
    sheet.open_sheet()
    QApplication.processEvents()
    form.go_to_open()


def plan_reading(window: MainWindow) -> None:
    _in_talk(window)
    reading = SafetyPlanReading()
    parts = FORM.parts
    reading.show_steps([(part.name.label(language()), WORDS.get(part.step, "")) for part in parts])
    window.add_sheet(t("safety_plan.title"), reading, 720).open_sheet()


STATES = (plan_form, plan_reading)
