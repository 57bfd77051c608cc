"""Plainly fictional views to fill the widgets with."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from models.calls.call import CallState, PartyPhase
from models.calls.events import Taping
from models.cases.closing import RecordState
from models.notes.note import NoteState
from models.shifts.duty import BreakReason, DutyState
from widgets.base.problems import ProblemView
from widgets.base.timeline import Point
from widgets.calls.view import CallView, DutyView, GreetingView, PartyView, Place, QueueView
from widgets.lead.view import AskedView, LoweringView, OperatorView, RecordText, ScreenAnswer, ShiftNoteView
from widgets.records.view import RecordView

NOW = datetime(2026, 11, 22, 2, 41, 6, tzinfo=UTC)


def ago(seconds: float) -> datetime:
    return NOW - timedelta(seconds=seconds)


RINGING = CallView(
    "c1",
    CallState.RINGING,
    "138 **** 8000",
    "12356",
    masked=True,
    place=Place.AWAY,
    city="太原",
    entered_at=ago(18),
    earlier=3,
    earlier_level="R3",
)
TALKING = replace(RINGING, state=CallState.TALKING, entered_at=ago(519), answered_at=ago(501))
HELD = replace(TALKING, state=CallState.HELD, held_at=ago(32), muted=True)
ENDED = replace(TALKING, state=CallState.ENDED, ended_at=ago(12))
POLICE = PartyView("p1", "110 太原公安", "0351-110", PartyPhase.RINGING, ago(4))
THREE_WAY = replace(
    TALKING,
    parties=(
        replace(POLICE, phase=PartyPhase.JOINED, since=ago(252)),
        PartyView("p2", "120 太原急救", "0351-120", PartyPhase.RINGING, ago(6)),
        PartyView("p3", "家属 · 姐姐", "139 **** 2210", PartyPhase.LEFT, ago(90), "no_answer"),
    ),
)
RECORDED = replace(TALKING, tape=Taping.ON)
LEFT = replace(THREE_WAY, state=CallState.RELEASED, parties=THREE_WAY.parties[:1], tape=Taping.ON)
BY_HAND = CallView("h1", CallState.TALKING, "", "", answered_at=ago(75), by_hand=True)
BOARD = (
    TALKING,
    replace(RINGING, id="c2", number="139 **** 2210", place=Place.LOCAL, city="北京"),
    replace(RINGING, id="c3", number="", place=Place.UNKNOWN, city="", earlier=0),
    replace(HELD, id="c4", number="010-6*** **21"),
    replace(ENDED, id="c5", number="186 **** 0000"),
)
READY = DutyView(DutyState.READY, ago(760))
BREAK = DutyView(DutyState.BREAK, ago(300), BreakReason.SUPERVISION)
WRAP_UP = DutyView(DutyState.WRAP_UP, ago(12))
QUEUE = QueueView(3, ago(72))
GREETING = GreetingView(
    "您好，这里是北京 12356 心理援助热线，我是咨询员，请问有什么可以帮您？", "待临床负责人确认"
)
PROBLEMS = (
    ProblemView("连接不到线路网关", "电话仍会响铃，请用话机接听，并手工开记录。恢复后自动继续。", ago(600)),
    ProblemView(
        "本机没有密钥存储", "本机数据库只由口令保护。请联系管理员安装密钥存储，然后重新登录。", ago(7200)
    ),
)
RECORDS = (
    RecordView("n1", ago(501), "138 **** 8000", "C3 自杀风险来电", "R4", RecordState.UNCLOSED),
    RecordView("n2", ago(4200), "139 **** 2210", "C1 一般来电", "R0", RecordState.COMPLETE),
    RecordView("n3", ago(6100), "", "S1 沉默来电", "RX", RecordState.INCOMPLETE),
    RecordView("n4", ago(7900), "010-6*** **21", "C2 心理危机来电", "R2", RecordState.DRAFT),
    RecordView("n5", ago(9000), "186 **** 0000", "C5 第三方来电", "R3", RecordState.COMPLETE),
)
OPERATORS = (
    OperatorView("o1", "林医生", "精神科医师", "3", DutyState.TALKING, ago(501), level="R4"),
    OperatorView("o2", "王老师", "心理治疗师", "1", DutyState.READY, ago(760)),
    OperatorView("o3", "陈护士", "精神科护士", "2", DutyState.BREAK, ago(300), BreakReason.SUPERVISION),
    OperatorView("o4", "赵老师", "心理咨询师", "5", DutyState.WRAP_UP, ago(95), level="R2"),
    OperatorView("o5", "练习员", "", "9", DutyState.HELD, ago(40)),
)
SHIFT = (
    ShiftNoteView("n2", ago(4200), "林医生", "C1 一般来电", "R0", NoteState.FINISHED),
    ShiftNoteView("n1", ago(501), "林医生", "C3 自杀风险来电", "R4", NoteState.DRAFT, seen=False),
    ShiftNoteView("n5", ago(9000), "赵老师", "C5 第三方来电", "R3", NoteState.FINISHED, seen=True),
    ShiftNoteView("n6", ago(2000), "王老师", "C3 自杀风险来电", "R3", NoteState.FINISHED, seen=False),
    ShiftNoteView("n3", ago(6100), "林医生", "S1 沉默来电", "RX", NoteState.FINISHED),
    ShiftNoteView("n7", ago(900), "赵老师", "C2 心理危机来电", "R2", NoteState.DRAFT),
)
RESCUE = (
    Point("02:36", "一键转介，三方通话已接通", "accent"),
    Point("02:37", "受理 回执 3187", "accent"),
    Point("02:41", "警员在途 04:10", "urgent", "下一步：到达（10 分钟内）"),
    Point("—", "确认安全", "waiting"),
)
RECORD = RecordText(
    "n1",
    "C3 自杀风险来电 · 林医生 · 02:32",
    "R4",
    "快速筛查：有计划，72 小时内实施 · 02:35",
    "138 **** 8000",
    fields=(
        ("主要问题", "P11 经济/债务"),
        ("人群", "G05 失业/待业"),
        ("主诉", "失业三个月，网贷到期，今晚独自到汾河大桥，反复说“撑不下去了”，身边没有人，愿意继续通话。"),
    ),
    log=(
        (ago(480), "接通，哭泣，能回答问题。"),
        (ago(360), "直接询问自杀想法：有，今晚打算跳桥；独自一人，未饮酒。"),
        (ago(60), "同意联系姐姐；110 已接入三方通话。"),
    ),
    screen=(
        ScreenAnswer("正在 / 刚刚实施", "否"),
        ScreenAnswer("有计划，72 小时内", "是", "care"),
        ScreenAnswer("近两周自杀未遂", "拒答", "unsure"),
    ),
    asked=(
        AskedView(
            "PHQ-9（近两周）",
            "合计 16 分 · 中重度",
            (
                ScreenAnswer("1 兴趣减退", "几乎每天", "plain"),
                ScreenAnswer("9 想死或自伤", "有几天", "plain"),
            ),
        ),
    ),
    ratings=(("痛苦程度", "92 → 74"), ("希望程度", "8 → 21"), ("自杀想法", "90 → 63")),
    referral=RESCUE,
    seen=False,
)

LOWERED = replace(
    RECORD,
    level="R3",
    lowering=LoweringView("w", "林医生", "R3 高危", "R1 低危", "药已交给家人，计划已放弃，姐姐陪着"),
)
