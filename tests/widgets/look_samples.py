"""What the pictures show: plainly invented callers in the states that matter."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from models.notes.filling import Beside, missing
from models.notes.note import LogLine, Note, NoteBody
from models.referrals.referral import LegalBasis, PlaceBasis, Referral, Step, TimelineEntry
from models.risk.assessment import Assessment
from models.risk.level import Level
from models.risk.quick_screen import AskState, Item
from models.risk.trail import Answer, Dial, Judgement, Phase, Rating
from resources.enumerations import load as load_enumerations
from resources.forms import load as load_form
from resources.forms import shipped
from resources.texts import t
from widgets.base.sheet import Sheet
from widgets.notes.finish import Finish
from widgets.notes.panel import NotePanel
from widgets.notes.tabs import SectionTab
from widgets.notes.view import SaveState
from widgets.referrals.button import ReferralButton
from widgets.referrals.sheet import ReferralSheet
from widgets.referrals.timeline import ReferralTimeline
from widgets.referrals.view import Mark, PlaceView, ReferralView, TargetView
from widgets.risk.panel import RiskPanel
from widgets.risk.view import AlertView, Attention
from widgets.theme import px

START = datetime(2026, 11, 22, 2, 33, tzinfo=UTC)


def minutes(n: int) -> datetime:
    """The moment n minutes into the invented call."""
    return START + timedelta(minutes=n)


def assessment(
    answers: dict[Item, AskState], ratings: dict[Dial, tuple[int, ...]], own: Level | None = None
) -> Assessment:
    """An assessment with these answers, ratings before and after, and own level."""
    given = tuple(Answer(n, f"a{n}", minutes(2), *pair) for n, pair in enumerate(answers.items()))
    rated = tuple(
        Rating(n, f"r{dial}{n}", minutes(4 + n), dial, phase, value)
        for dial, values in ratings.items()
        for n, (phase, value) in enumerate(zip(Phase, values, strict=False))
    )
    judged = (Judgement(1, "j1", minutes(5), own),) if own else ()
    return Assessment("risk-1", "note-1", "call-1", "op-1", "beijing", given, rated, judged)


URGENT = assessment(
    {
        Item.ACTING: AskState.NO,
        Item.PLAN_72H: AskState.YES,
        Item.PLAN_WEEK: AskState.YES,
        Item.PLAN: AskState.NO,
        Item.ATTEMPT_2W: AskState.REFUSED,
        Item.IDEATION_2W: AskState.YES,
    },
    {Dial.DISTRESS: (92, 74), Dial.HOPE: (8, 21), Dial.INTENT: (90, 63)},
)
HIGH = assessment({Item.PLAN: AskState.YES, Item.ACTING: AskState.NO}, {Dial.DISTRESS: (60,)})
MEDIUM = assessment({Item.IDEATION_2W: AskState.YES}, {})
LOW = assessment({Item.ACTING: AskState.NO, Item.PLAN_72H: AskState.UNCLEAR}, {}, Level.R1)
NONE = assessment(dict.fromkeys(Item, AskState.NO), {})


STATED = PlaceView("太原", PlaceBasis.STATED)
BRIDGE = PlaceView("太原", PlaceBasis.CLUES, "汾河大桥附近，2 条相符")
TARGETS = (
    TargetView(
        "p", "110 太原公安", "110", "0351-110", "R4 紧急 · 来电者所在城市 · 三方通话", Mark.FIRST, True, True
    ),
    TargetView(
        "a",
        "120 太原急救",
        "120",
        "0351-120",
        "可能跳桥，备救护",
        verified=False,
        emergency=True,
        landline="0351-0000120",
    ),
    TargetView("f", "家属 · 姐姐", "姐姐", "139 **** 2210", "来电者 02:40 同意联系"),
    TargetView("c", "省精神专科绿色通道", "绿色通道", "0351-0000000", "现场平稳后 · 现在开放", Mark.LATER),
)
TEXT = (
    "一名约 30 岁男性在汾河大桥附近（南站路牌，货车声），有计划、今晚实施，独自一人，未饮酒，正与热线通话，"
    "愿意继续通话。回拨 138 **** 8000（对方可见全号，记入日志）。"
)
PERSONAL = ("约 30 岁男性", "汾河大桥附近（南站路牌，货车声）", "有计划、今晚实施", "138 **** 8000")
SHEET = ReferralView(
    "ref-1",
    (BRIDGE, STATED),
    BRIDGE,
    TARGETS,
    TEXT,
    PERSONAL,
    "既往来电、债务、姓名",
    LegalBasis.EMERGENCY,
    ("北京", "太原", "晋中"),
)
UNPLACED = replace(
    SHEET,
    places=(PlaceView("太原", PlaceBasis.NUMBER), PlaceView("北京", PlaceBasis.SITE)),
    place=None,
    targets=tuple(replace(target, dial="") for target in TARGETS[:2]) + TARGETS[2:],
)


def referral(*steps: Step, detail: str = "3187") -> Referral:
    """A referral to the invented police of a city that came through these steps."""
    line = tuple(
        TimelineEntry(f"t{n}", minutes(3 + n), step, "op-1", detail if step is Step.ACCEPTED else "")
        for n, step in enumerate(steps)
    )
    return Referral(
        id="ref-1",
        note="note-1",
        call="call-1",
        author="op-1",
        site="beijing",
        target="p",
        target_kind="F110",
        target_name="110 太原",
        dial="0351-110",
        verified=True,
        place="太原",
        place_basis=PlaceBasis.STATED,
        text=TEXT,
        legal_basis=LegalBasis.EMERGENCY,
        opened_at=minutes(3),
        timeline=line,
    )


def _risk(value: Assessment | None, alert: AlertView | None = None) -> QWidget:
    panel = RiskPanel()
    panel.show_assessment(value)
    panel.show_alert(alert or AlertView())
    timeline = ReferralTimeline()
    alarming = value is not None and value.level is not None and value.level.alarming
    if alarming:
        timeline.show_referrals([referral(Step.PROPOSED, Step.JOINED, Step.ACCEPTED)])
    button = ReferralButton()
    button.show_alarming(alarming)
    column = QWidget()
    around = QVBoxLayout(column)
    around.setContentsMargins(0, 0, 0, 0)
    around.setSpacing(px(8))
    around.addWidget(panel)
    around.addWidget(timeline, 1)
    around.addWidget(button)
    return column


def _pressed(made: QWidget, label: str) -> QWidget:
    next(button for button in made.findChildren(QPushButton) if button.text() == label).click()
    return made


def _sheet(view: ReferralView) -> QWidget:
    host = QWidget()
    host.setProperty("surface", "page")
    host.resize(px(740), px(698))
    content = ReferralSheet()
    content.show_referral(view)
    Sheet("", host, content).open_sheet()
    return host


ENUMERATIONS = load_enumerations()
FORM = load_form(shipped("full"), ENUMERATIONS)
WORDS = (
    (0, "接通，哭泣，能回答问题。"),
    (2, "直接询问自杀想法：有，今晚打算跳桥；独自一人，未饮酒。"),
    (4, "评分前：痛苦 92，希望 8，自杀想法 90。"),
    (5, "同意我留在线上；说出身边有“南站”路牌、货车声。"),
    (
        7,
        "同意联系姐姐；110 已接入三方通话。反复说“撑不下去了”，愿意继续通话；问到身边的人时沉默，随后说姐姐"
        "住在城东，半小时可以到。",
    ),
    (8, "正在引导离开护栏，坐到路灯下…"),
)
BODY = NoteBody(
    "C3",
    {
        "relation": "self",
        "sex": "male",
        "caller_group": ("G05",),
        "problem_main": "P11",
        "problem_more": ("P10", "P13"),
        "complaint": "失业三个月，网贷到期，今晚独自到汾河大桥，反复说“撑不下去了”，身边没有人。",
        "outcome": ("O04", "O08"),
    },
    tuple(LogLine(f"l{n}", minutes(n), text) for n, text in WORDS),
)
NOTE = Note("note-1", "call-1", "op-1", "beijing", FORM.id, FORM.version, START, BODY)


def _note(note: Note | None, section: int = 0, press: bool = False) -> QWidget:
    panel = NotePanel()
    panel.show_form(FORM, ENUMERATIONS)
    if note is not None:
        panel.show_note(note)
        body = note.body
        panel.show_missing(missing(FORM, body.category, body.values, Beside(len(body.log), screened=True)))
        panel.show_saved_state(SaveState.SAVED, "0.3 秒前")
    panel.findChildren(SectionTab)[section].setChecked(True)
    if press:
        panel.findChildren(Finish)[0].press()
    return panel


SCENES: dict[str, Callable[[], QWidget]] = {
    "note-caller": lambda: _note(NOTE),
    "note-problem": lambda: _note(NOTE, 1),
    "note-course": lambda: _note(NOTE, 2),
    "note-intervention": lambda: _note(NOTE, 3, press=True),
    "note-follow-up": lambda: _note(NOTE, 4),
    "note-fresh": lambda: _note(replace(NOTE, id="n2", body=NoteBody()), 2),
    "note-none": lambda: _note(None),
    "risk-r4": lambda: _risk(URGENT, AlertView(Attention.SEEN, who="王组长")),
    "risk-r3": lambda: _risk(HIGH, AlertView(Attention.NOBODY, supervisor="8002")),
    "risk-r2": lambda: _risk(MEDIUM),
    "risk-r1": lambda: _risk(LOW),
    "risk-r0": lambda: _risk(NONE),
    "risk-rx": lambda: _risk(None),
    "referral-r4": lambda: _sheet(SHEET),
    "referral-unplaced": lambda: _sheet(UNPLACED),
    "referral-change": lambda: _pressed(_sheet(SHEET), t("referrals.change")),
    "risk-safe": lambda: _pressed(_risk(URGENT), t("referrals.note_safe")),
}
