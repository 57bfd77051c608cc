"""Who calls, the sheet of names, a person's history with the case, and the list of cases, in the window."""

from dataclasses import replace

from models.cases.caller_plan import Limits
from models.cases.history import Kind
from models.people.person import Part
from models.people.staff import Member
from models.shifts.duty import DutyState
from resources.texts import t
from tests.widgets import samples
from widgets.cases.caller_view import NoticeView
from widgets.cases.list import CaseList
from widgets.cases.page import PersonPage
from widgets.cases.view import (
    CaseRow,
    CaseView,
    EntryView,
    LineView,
    PersonView,
    SafetyPlanView,
    TaskView,
)
from widgets.lead.asking import Asking
from widgets.lead.reading import Reading
from widgets.lead.view import AskView
from widgets.main_window import MainWindow, Page
from widgets.people.banner import PersonBanner
from widgets.people.view import BannerView, MergeView, PersonRow
from widgets.people.who import WhoPanel

DAY = 86_400
RAIN = PersonRow(
    "p", ("小雨", "雨点"), "海棠", 8, "R3", samples.ago(6 * DAY), None, (("p", "小雨"), ("q", "雨点"))
)
MOTHER = PersonRow("m", ("小雨的母亲",), "", 2, "R0", samples.ago(30 * DAY))
NEIGHBOUR = PersonRow("n", ("邻居老张",), "青松", 1)
STAFF = (Member("li", "李医生"), Member("lin", "林医生"), Member("wang", "王咨询员"))
WORDS = {"li": "精神科医师 · 咨询员", "lin": "精神科医师 · 督导", "wang": "社工师 · 咨询员"}
LINES = (
    LineView(samples.ago(6 * DAY), Kind.CALL, "24 分钟", "R2", "R3", Part.SELF, "雨点", "c8", "n8"),
    LineView(samples.ago(8 * DAY), Kind.TASK, "志愿者 · 已完成 见到祖母，愿意陪伴"),
    LineView(samples.ago(9 * DAY), Kind.REFERRAL, "晋中市精神卫生中心 · 对方受理", call="c7", referral="r7"),
    LineView(samples.ago(9 * DAY), Kind.CALL, "51 分钟", "R4", "R4", Part.SELF, "小雨", "c7", "", True),
    LineView(samples.ago(12 * DAY), Kind.FOLLOWUP, "已联系-稳定", call="c6"),
    LineView(samples.ago(20 * DAY), Kind.CALL, "8 分钟", "RX", "", Part.SUBJECT, "小雨", "c5", "", True),
    LineView(samples.ago(41 * DAY), Kind.CALL, "33 分钟", "R1", "R1", Part.SELF, "小雨", "c4", "", True),
)
CASE = CaseView(
    "k",
    "李医生",
    mine=True,
    opened_at=samples.ago(41 * DAY),
    counsellor_id="li",
    story=(
        EntryView("a", "第一次来电，说晚上睡不着，父母在外打工。", "李医生 · 2026-10-12 21:40", mine=True),
        EntryView("b", "提到祖母住院，担心没人管自己；约定每周三晚上打来。", "王咨询员 · 2026-11-02 20:15"),
    ),
    involved=(
        EntryView(
            "c", "祖母（同住） · 可告诉：孩子打过电话，不说内容", "李医生 · 2026-10-12 21:52", mine=True
        ),
    ),
    tasks=(
        TaskView("t", "周末家访，看看祖母的情况", "志愿者", samples.ago(-DAY), "未回复"),
        TaskView("u", "请班主任多留意，不提热线", "学校", samples.ago(DAY), "超时未回复", overdue=True),
        TaskView("v", "送生活用品", "民政", None, "已完成", "已送到，祖母签收", owed=False, heeds="s"),
    ),
)
PLAN = SafetyPlanView("n8", samples.ago(6 * DAY), 5)
PERSON = PersonView(
    *("p", "小雨 / 雨点", "海棠", 2, LINES, "R3", samples.ago(6 * DAY), (("q", "雨点"),), CASE, PLAN)
)
STEPS = (
    ("1. 预警信号", "夜里醒来，想到祖母住院"),
    ("2. 自己能做的", "听音乐，写日记"),
    ("3. 能分散注意的人和地方", "去图书馆"),
    ("4. 可以求助的人", "姑姑"),
    ("5. 专业机构", "12356"),
    ("6. 让环境更安全", "（这一步没有写）"),
)
ROWS = (
    CaseRow(
        "p",
        "小雨 / 雨点",
        "李医生",
        "R3",
        "11-22 请班主任多留意",
        "已完成 已送到，祖母签收",
        samples.ago(41 * DAY),
    ),
    CaseRow("m", "桥上的人", "王咨询员", "R4", "", "", samples.ago(3 * DAY)),
    CaseRow("n", "夜班司机", "李医生", "R1", "", "", samples.ago(80 * DAY)),
)


def _in_call(window: MainWindow, view: BannerView) -> None:
    window.show_page(Page.DESK)
    window.parts.calls.show_board((samples.TALKING,))
    window.top_bar.show_state(DutyState.TALKING, samples.ago(501))
    banner = PersonBanner()
    window.parts.calls.add_below_card(banner)
    banner.show_view(view)


def _who(window: MainWindow) -> WhoPanel:
    window.show_page(Page.DESK)
    who = WhoPanel()
    window.add_sheet(t("persons.title"), who, 820).open_sheet()
    who.show_known((RAIN, MOTHER, NEIGHBOUR))
    return who


def person_offered(window: MainWindow) -> None:
    """A household rings: who is it?"""
    _in_call(window, BannerView("c", (), (RAIN, MOTHER)))


def person_chosen(window: MainWindow) -> None:
    """The person is known: code word, level, whose case."""
    known = replace(RAIN, part=Part.SUBJECT)
    caller = PersonRow("m", ("小雨的母亲",), "", 2, "", None, Part.CALLER)
    _in_call(window, BannerView("c", (caller, known), (), True, "李医生"))


def person_unknown(window: MainWindow) -> None:
    """Nobody is known under the number."""
    _in_call(window, BannerView("c"))


def person_with_plan(window: MainWindow) -> None:
    """Nobody is known under the number, for which something was agreed."""
    _in_call(window, BannerView("c"))
    text = "先稳定呼吸，再问今天发生了什么；不重复讨论去年的投诉。"
    window.notice.show_notice(
        NoticeView(text, "每天一次，每次 20 分钟", Limits.PAUSED, False, "林医生", "赵组长")
    )


def who(window: MainWindow) -> None:
    """The sheet of names."""
    _who(window)


def who_merging(window: MainWindow) -> None:
    """What will be together."""
    _who(window).show_merging(MergeView(RAIN, MOTHER, 3, 10))


def _page(window: MainWindow, page: Page = Page.DESK) -> PersonPage:
    window.show_page(page)
    person = PersonPage()
    window.add_sheet("历次来电与个案", person, 1040).open_sheet()
    person.show_staff(STAFF, WORDS)
    person.show_person(PERSON)
    return person


def person_page(window: MainWindow) -> None:
    """A person with the case."""
    _page(window)


def person_page_plan(window: MainWindow) -> None:
    """The same with the safety plan laid open."""
    _page(window).lay_open("安全计划 · 2026-11-16 02:41", STEPS)


def person_page_record(window: MainWindow) -> None:
    """The same with a record read where the person was, for as long as it was granted."""
    page, reading = _page(window, Page.LEAD), Reading()
    page.take_reading(reading)
    until = t("access.until", time="11-23 03:41")
    reading.show_record(replace(samples.RECORD, until=until, masked=True, seen=None))
    page.open_reading()


def person_page_asking(window: MainWindow) -> None:
    """The same while a lead asks for a record."""
    asking = Asking()
    _page(window, Page.LEAD).take_asking(asking)
    asking.show_ask(AskView("n7", "王咨询员 · 11-13 02:41", "R4", 168))


def person_no_case(window: MainWindow) -> None:
    """A person without a case that may be read."""
    window.show_page(Page.DESK)
    page = PersonPage()
    window.add_sheet("历次来电与个案", page, 1040).open_sheet()
    page.show_person(PersonView("p", "小雨", "", 1, LINES[-2:]))


def case_list(window: MainWindow) -> None:
    """The open cases."""
    window.show_page(Page.DESK)
    cases = CaseList()
    window.add_sheet("个案", cases, 1000).open_sheet()
    cases.show_rows(ROWS)


STATES = (
    *(person_offered, person_chosen, person_unknown, person_with_plan, who),
    *(who_merging, person_page, person_page_plan, person_page_asking, person_page_record),
    *(person_no_case, case_list),
)
