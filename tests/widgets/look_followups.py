"""Calls that are owed and what is agreed about callers, as they look in the window."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from PySide6.QtWidgets import QTableView

from models.cases.caller_plan import Limits, PlanText
from models.cases.mark import State
from models.followups.callback import Result, Why
from models.followups.followup import Arrangement, Consent, Window
from resources.texts import t
from tests.widgets import samples
from tests.widgets.look_people import STAFF, WORDS
from widgets.base.buttons import KeyButton
from widgets.cases.caller_view import MarkRow, NoticeView, PlanRow, VersionRow
from widgets.cases.callers import CallersPanel
from widgets.followups.agree import AgreePanel
from widgets.followups.view import (
    AgreeView,
    AttemptRow,
    DueDetail,
    DueRow,
    OutcomeRow,
    TemplateChoice,
    Wanted,
)
from widgets.main_window import MainWindow, Page

ROWS = (
    DueRow(
        "a", "138****0001", Why.AFTER_HOURS, samples.ago(4 * 86400), True, True, 3, Result.NO_ANSWER, "busy"
    ),
    DueRow(
        *("f", "136****0006", None, samples.ago(7200), True, False, 1, Result.NO_ANSWER),
        *("", "", False, True, "R3", 7, 2, 5),
    ),
    DueRow("b", "0354****1234", Why.ABANDONED, samples.ago(3000), True, False, 1, Result.OTHER_ANSWERED),
    DueRow("c", "139****0002", Why.ABANDONED, samples.ago(900), others=("x", "y"), latest=samples.ago(300)),
    DueRow("d", "137****0003", Why.ASKED, samples.ago(60), taken_by="李", mine=True),
    DueRow(
        *("s", "135****0005", None, samples.ago(-3600), False, False, 0, None, "", "", False, False),
        *("R4", 1, 1, 5, True),
    ),
)
AGREED = Arrangement(
    Consent.AGREED,
    "",
    "家人不在时，周末不要打",
    (Window(18 * 60, 22 * 60),),
    "我是图书馆的",
    "室友；母亲不知情",
    "只说“图书馆通知”",
)
TRIED = (
    AttemptRow(samples.ago(6 * 86400), "王", Result.STABLE),
    AttemptRow(samples.ago(9000), "李", Result.NO_ANSWER),
)
TOLD = (
    OutcomeRow("o", "131****0007", (AttemptRow(samples.ago(7000), "赵", Result.STABLE),), samples.ago(-5e5)),
    OutcomeRow("p", "132****0008", (AttemptRow(samples.ago(9000), "王", Result.IN_CARE, "家属电话"),)),
)
_FIRST = datetime(2026, 11, 2, 19, 0, tzinfo=UTC)
TEMPLATES = (
    TemplateChoice(
        *("bj", "北京：1、7、30、90、365 天", "北京热线验证研究（高危来电）"),
        tuple(_FIRST + timedelta(days=days) for days in (0, 6, 29, 89, 364)),
    ),
    TemplateChoice(
        *("gz", "广州：1、7、15、30 天", "广州热线的做法"),
        tuple(_FIRST + timedelta(days=days) for days in (0, 6, 14, 29)),
    ),
)
TEXT = PlanText(
    "先稳定呼吸，再问今天发生了什么；不重复讨论去年的投诉。", "每天一次，每次 20 分钟", "", "林医生", _FIRST
)
SIGNED = VersionRow(samples.ago(90 * 86400), "李", "赵组长", samples.ago(89 * 86400))
PLANS = (
    PlanRow("1", "小树", TEXT, Limits.REVIEW, review=True, here=True, versions=(SIGNED,)),
    PlanRow(
        *("2", "138****0009", TEXT, Limits.IN_FORCE, False),
        *(PlanText("每次先问是否安全。", "每天两次"), "", False, False),
        (SIGNED, VersionRow(samples.ago(3600), "王")),
    ),
    PlanRow("3", "137****0010", TEXT, Limits.PAUSED, paused="住院", versions=(SIGNED,)),
)
MARKS = (
    MarkRow("1", "138****0011", State.ASKED, "整夜反复拨打并辱骂", "李", samples.ago(7200)),
    MarkRow("2", "139****0012", State.IN_FORCE, "性骚扰", "王", samples.ago(86400), samples.ago(-9e5)),
    MarkRow("3", "136****0013", State.EXPIRING, "恶作剧", "王", samples.ago(8e5), samples.ago(-9e4)),
    MarkRow("4", "135****0014", State.RISK, "反复挂断", "李", samples.ago(9e5), samples.ago(-9e5)),
)


def owed_calls(window: MainWindow) -> None:
    """The list over the desk, a follow-up chosen, with what others brought back."""
    window.show_page(Page.DESK)
    window.due.show_rows(ROWS, can_dial=True, later=4)
    window.due.show_outcomes(TOLD)
    window.show_due(len(ROWS), 3, 2)
    window.lay_due(True)
    _choose(window, 1)
    window.due.show_detail(DueDetail("f", AGREED, False, "", TRIED))


def owed_unmasking(window: MainWindow) -> None:
    """What a whole number is needed for, while another is whole for a moment."""
    window.show_page(Page.DESK)
    whole = replace(ROWS[4], number="13700000003", masked=False)
    window.due.show_rows((*ROWS[:4], whole, ROWS[5]), can_dial=True, later=4)
    window.show_due(len(ROWS), 3)
    window.lay_due(True)
    _choose(window, 3)
    buttons = window.due.findChildren(KeyButton)
    next(one for one in buttons if one.accessibleName() == t("access.unmask_name")).click()


def owed_barred(window: MainWindow) -> None:
    """Somebody who wishes no contact, before the eyes of a lead."""
    window.show_page(Page.DESK)
    window.due.show_rows(ROWS, can_dial=True, leads=True)
    window.show_due(len(ROWS), 3)
    window.lay_due(True)
    _choose(window, 5)


def owed_result(window: MainWindow) -> None:
    """The question what came of it."""
    window.show_page(Page.DESK)
    window.show_due(3, 1)
    window.result.show_wanted(Wanted("138****0001", "busy"))


def owed_result_series(window: MainWindow) -> None:
    """The same of a follow-up, with who says so, under what was agreed about the caller."""
    window.show_page(Page.DESK)
    window.notice.show_notice(NoticeView(TEXT.approach, TEXT.limits, Limits.RISK, False, "林医生", "赵组长"))
    window.result.show_wanted(Wanted("136****0006", day=7))
    buttons = window.result.findChildren(KeyButton)
    next(one for one in buttons if one.accessibleName() == t("followups.result_new_attempt")).click()


def caller_notice(window: MainWindow) -> None:
    """A plan to be reviewed and a wish for no contact, at the ring."""
    window.parts.calls.show_board((samples.RINGING,))
    window.notice.show_notice(
        NoticeView(
            *(TEXT.approach, TEXT.limits, Limits.REVIEW, True, "林医生", "赵组长"),
            *(samples.ago(30 * 86400), "请不要再打来"),
        )
    )


def agree_follow_up(window: MainWindow) -> None:
    """The sheet of a follow-up."""
    panel = AgreePanel()
    sheet = window.add_sheet(t("followups.agree_title"), panel, 560)
    panel.show_view(AgreeView("n", "138****0001", "R3", AGREED, TEMPLATES, "bj"))
    sheet.open_sheet()


def agree_stopped(window: MainWindow) -> None:
    """The same for somebody who wished for no contact."""
    panel = AgreePanel()
    sheet = window.add_sheet(t("followups.agree_title"), panel, 560)
    panel.show_view(AgreeView("n", "138****0001", "R2", Arrangement(), TEMPLATES, "gz", True, True))
    sheet.open_sheet()


def _callers(window: MainWindow, page: str, leads: bool) -> None:
    window.show_page(Page.LEAD if leads else Page.DESK)
    panel = CallersPanel()
    sheet = window.add_sheet(t("callers.title"), panel, 820)
    panel.plans.show_staff(STAFF, STAFF[0], WORDS)
    panel.plans.show_plans(PLANS, "小树", leads, date(2026, 11, 23))
    panel.marks.show_marks(MARKS, "138****0015", leads, 30)
    panel.show_page(page)
    sheet.open_sheet()


def caller_plans_lead(window: MainWindow) -> None:
    """Plans at a lead's desk."""
    _callers(window, "plans", True)


def caller_plans_operator(window: MainWindow) -> None:
    """Plans in a call."""
    _callers(window, "plans", False)


def caller_marks_lead(window: MainWindow) -> None:
    """Marks at a lead's desk."""
    _callers(window, "marks", True)


def caller_marks_operator(window: MainWindow) -> None:
    """Asking for a mark."""
    _callers(window, "marks", False)


def _choose(window: MainWindow, place: int) -> None:
    (view,) = window.due.findChildren(QTableView)
    view.selectRow(place)


STATES = (
    owed_calls,
    owed_unmasking,
    owed_barred,
    owed_result,
    owed_result_series,
    caller_notice,
    agree_follow_up,
    agree_stopped,
    caller_plans_lead,
    caller_plans_operator,
    caller_marks_lead,
    caller_marks_operator,
)
