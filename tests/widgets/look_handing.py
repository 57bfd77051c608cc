"""The pictures of handing a conversation on."""

from dataclasses import replace

from models.calls.call import PartyPhase
from models.calls.quality import Grade, Quality
from models.shifts.duty import DutyState
from resources import ladders
from resources.texts import language, t
from tests.widgets import samples
from widgets.calls.asking import AskingSheet
from widgets.calls.asking_view import AskingView, BriefView, WhomView
from widgets.calls.ladder import StepView
from widgets.calls.view import PartyView
from widgets.main_window import MainWindow

LINES = ("计划今晚，身边有药，妹妹不在家", "母亲已在路上，约四十分钟到", "答应不挂电话，等我们")
BRIEF = BriefView("王老师（1 号席）", "R4", True, LINES, samples.ago(20), "n1")
COLLEAGUE = PartyView("p1", "王老师", "1 号席", PartyPhase.JOINED, samples.ago(31), colleague=True)
WHOM = (
    WhomView("s1", "王老师", "1 号席", "空闲", colleague=True),
    WhomView("s2", "林医生", "3 号席", "空闲", colleague=True),
    WhomView("s3", "陈护士", "2 号席", "忙", free=False, colleague=True),
    WhomView("d1", "110 公安", "110  晋中市", "未验证"),
    WhomView("d2", "110 公安", "0351110  太原市", "未验证"),
    WhomView("d3", "12355 青少年", "12355  晋中市", "未验证"),
    WhomView("d4", "12355 青少年", "035112355  太原市", "未验证"),
    WhomView("d5", "其他号码（晋中市）", "2345678"),
    WhomView("d6", "其他号码（太原市）", "03512345678"),
    WhomView("d7", "12345 政务", "12345  晋中市", "未验证"),
)


def handing_asked(window: MainWindow) -> None:
    window.parts.calls.show_board((replace(samples.RINGING, brief=BRIEF),))


def handing_taken(window: MainWindow) -> None:
    _talks(window)
    window.parts.calls.show_board((replace(samples.TALKING, brief=BRIEF),))


def handing_speaking(window: MainWindow) -> None:
    window.parts.calls.show_board((replace(samples.HELD, parties=(COLLEAGUE,)),))


def handing_came_back(window: MainWindow) -> None:
    gone = replace(COLLEAGUE, phase=PartyPhase.LEFT, cause="no_answer")
    window.parts.calls.show_board((replace(samples.ENDED, parties=(gone,), came_back=True),))


def handing_sheet(window: MainWindow) -> None:
    _sheet(window, 2)


def handing_sheet_fresh(window: MainWindow) -> None:
    _sheet(window, 0)


def _talks(window: MainWindow) -> None:
    window.top_bar.show_state(DutyState.TALKING, samples.ago(501))


def _sheet(window: MainWindow, taken: int) -> None:
    _talks(window)
    window.parts.calls.show_board((samples.TALKING,))
    panel = AskingSheet()
    sheet = window.add_sheet("", panel, 560)
    panel.show_asking(AskingView("a1", "c1", WHOM))
    sheet.open_sheet()
    if taken:
        for field, line in zip(panel._lines, LINES, strict=True):
            field.setText(line)
        panel._whom.take(taken)


def silent_ladder(window: MainWindow) -> None:
    keys = tuple((samples.ago(200 - n), key) for n, key in enumerate("11#"))
    _talks(window)
    quality = Quality(Grade.BAD, 12, 90, 400, samples.ago(9), "q")
    window.parts.calls.show_board((replace(samples.TALKING, pressed=keys, quality=quality),))
    ladder = ladders.load(ladders.SHIPPED, {"S1"})
    marked = {"greeted": samples.ago(480), "keys_asked": samples.ago(400)}
    steps = tuple(StepView(one.id, one.label(language()), marked.get(one.id)) for one in ladder.steps)
    window.parts.calls.ladder.show_steps(steps, t("ladder.unconfirmed"))
    window.parts.calls.ladder.toggle()


STATES = (
    silent_ladder,
    handing_asked,
    handing_taken,
    handing_speaking,
    handing_came_back,
    handing_sheet,
    handing_sheet_fresh,
)
