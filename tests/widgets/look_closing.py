"""What belongs to closing a record: the safety plan, the list of open tasks, the question at the end."""

from dataclasses import replace

from PySide6.QtWidgets import QApplication

from console.presenters.task_views import ways_text
from models.cases.closing import Closing, Way
from models.notes.filling import SCREEN
from models.risk.safety_plan import PlanStep
from models.shifts.duty import DutyState
from resources import safety_plan
from resources.texts import language, t
from tests.widgets import look_samples, samples
from widgets.base.levels import level_text
from widgets.main_window import MainWindow, Page
from widgets.records.open_cards import RescueCard
from widgets.records.open_tasks import OpenTaskList
from widgets.records.open_view import PlainTask, RescueTask, TaskView, UnclosedTask
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
    window.top_bar.show_state(DutyState.TALKING, samples.ago(501))
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


def tasks() -> TaskView:
    return TaskView(
        rescues=(
            RescueTask("r1", "n1", "110 公安 太原", "三方已接通", "林医生", samples.ago(840)),
            RescueTask(
                "r2",
                "n8",
                "120 急救 北京",
                "已呼叫",
                "王老师",
                samples.ago(5400),
                "王老师 请求结束：家属已接回",
                True,
            ),
        ),
        unclosed=(
            UnclosedTask(
                "n1",
                "c1",
                "138 **** 8000",
                "R4",
                "林医生",
                samples.ago(501),
                ways_text(tuple(Way)),
                draft=True,
            ),
            UnclosedTask(
                "n6",
                "c6",
                "139 **** 2210",
                "R3",
                "王老师",
                samples.ago(9000),
                ways_text((Way.REFERRAL, Way.FOLLOW_UP, Way.REASON)),
                reason="来电者挂断，未能约定",
                may_sign=True,
            ),
        ),
        due=(
            PlainTask("d1", samples.ago(4000), "随访 138 **** 8000 · R3 高危 · 第 1 次", "已逾期"),
            PlainTask("d2", samples.ago(60), "回电 137 **** 1111 · 要求回电", "到期", "plain"),
        ),
        unfinished=(
            PlainTask("n7", samples.ago(900), "赵老师 · C2 心理危机来电 · R2 中危", "草稿", "care", "n7"),
            PlainTask(
                "n3", samples.ago(6100), "林医生 · S1 沉默来电 · RX 未评估", "记录待补", "unsure", "n3"
            ),
        ),
    )


def _lay(window: MainWindow, title: str, view: TaskView) -> OpenTaskList:
    shown = OpenTaskList()
    shown.show_tasks(view)
    shown.show_now(samples.NOW)
    window.add_sheet(t(title), shown, 720).open_sheet()
    return shown


def open_tasks(window: MainWindow) -> None:
    _in_talk(window)
    _lay(
        window,
        "records.open_tasks",
        replace(tasks(), rescues=tasks().rescues[:1], unclosed=tasks().unclosed[:1]),
    )


def open_tasks_lead(window: MainWindow) -> None:
    window.show_page(Page.LEAD)
    shown = _lay(window, "records.open_tasks_lead", tasks())
    shown.findChildren(RescueCard)[0].ask_how()


def open_tasks_none(window: MainWindow) -> None:
    _lay(window, "records.open_tasks", TaskView())


def finish_missing(window: MainWindow) -> None:
    _in_talk(window)
    finish = window.parts.note.finish
    window.parts.note.show_missing(("complaint", "outcome", SCREEN))
    finish.show_closing(Closing(True, tuple(Way)))
    finish.press()


def finish_unclosed(window: MainWindow) -> None:
    _in_talk(window)
    finish = window.parts.note.finish
    window.parts.note.show_missing(())
    finish.show_closing(Closing(True, (Way.REFERRAL, Way.FOLLOW_UP, Way.REASON)))
    finish.press()


def finish_offer(window: MainWindow) -> None:
    _in_talk(window)
    window.parts.note.finish.show_offer(t("notes.offer_danger", level=level_text("R4")))


STATES = (
    plan_form,
    plan_reading,
    open_tasks,
    open_tasks_lead,
    open_tasks_none,
    finish_missing,
    finish_unclosed,
    finish_offer,
)
