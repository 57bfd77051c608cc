"""Scenes of the instruments beside the quick screen, with invented answers."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from console.presenters.bars import problem_sentence
from models.risk.assessment import Assessment
from models.risk.course import Change, RatingsOfCall
from models.risk.elements import Element
from models.risk.level import Level
from models.risk.questionnaire import Instruments, Offered, Weights
from models.risk.quick_screen import AskState, Item
from models.risk.trail import Dial, Ground, Judgement, Lowering, Phase, Rating, Response, Second
from resources.instruments.questionnaires import NAMES, load, shipped
from resources.instruments.questions import SHIPPED as SHIPPED_QUESTIONS
from resources.instruments.questions import load as load_questions
from resources.texts import language, t
from tests.widgets.look_samples import HIGH, LOW, MEDIUM, NONE, minutes
from widgets.risk.panel import RiskPanel

SHIPPED = Instruments(
    tuple(load(shipped(name)) for name in NAMES), questions=load_questions(SHIPPED_QUESTIONS)
)
# Points that nobody could take for those of the instrument.
_ANSWERS = (Offered("0", "否", "no", 0), Offered("1", "是", "yes", 1))
ARTIFICIAL = replace(SHIPPED, weights=Weights(1, "演示", "2026-01-01", dict.fromkeys(Element, _ANSWERS)))


def responses(instrument: str, *values: str) -> tuple[Response, ...]:
    """One response to each of the first items of an instrument."""
    asked = SHIPPED.find(instrument)
    items = asked.items if asked else ()
    return tuple(
        Response(n, f"x{n}", minutes(3), instrument, 1, item.code, value)
        for n, (item, value) in enumerate(zip(items, values, strict=False), 1)
        if value
    )


def panel(assessment: Assessment | None, track: str = "", instruments: Instruments = SHIPPED) -> QWidget:
    """The panel with what is called so opened, in a column as in the window."""
    made = RiskPanel()
    made.show_instruments(instruments)
    made.show_assessment(assessment)
    for button in made.findChildren(QPushButton):
        if button.text() == track:
            button.click()
    column = QWidget()
    around = QVBoxLayout(column)
    around.setContentsMargins(0, 0, 0, 0)
    around.addWidget(made)
    around.addStretch(1)
    return column


def _elements() -> str:
    asked = SHIPPED.find("elements12")
    return asked.short.label(language()) if asked else ""


_CSSRS = replace(MEDIUM, responses=responses("cssrs", "yes", "no", "", "", "", "yes", "refused"))
_PHQ = replace(LOW, responses=responses("phq9", *"212101110"))
_GAD = replace(NONE, responses=responses("gad7", *"1201"))
_ELEMENTS = replace(HIGH, responses=responses("elements12", *"110100110000"))
IMMINENT = Judgement(90, "i", minutes(6), Level.R4, Ground.IMMINENT)
WISH = Lowering("w", minutes(9), "op-1", 99, Level.R3, Level.R1, "计划已放弃，药已交给家人")


def earlier() -> tuple[RatingsOfCall, ...]:
    """Three calls of weeks before."""
    values = (((92, 70), (5, 10), (90, 80)), ((80, 74), (20, None), (60, 50)), ((85, 60), (15, 40), (70, 45)))
    return tuple(
        RatingsOfCall(
            f"e{n}",
            minutes(-60 * 24 * 7 * (3 - n)),
            level,
            tuple(Change(dial, *pair) for dial, pair in zip(Dial, each, strict=True)),
        )
        for n, (each, level) in enumerate(zip(values, (Level.R3, None, Level.R2), strict=True))
    )


def course(assessment: Assessment | None) -> QWidget:
    """The panel with how it came about, after earlier calls."""
    column = panel(assessment)
    (made,) = column.findChildren(RiskPanel)
    made.show_names({"op-1": "林医生", "lead-1": "王组长"})
    made.show_earlier(earlier(), Level.R3)
    _press(made, t("risk.course_name"))
    return column


def asked(assessment: Assessment | None, track: str = "") -> QWidget:
    """The panel with words for the first item that was not asked."""
    column = panel(assessment, track)
    (made,) = column.findChildren(RiskPanel)
    column.resize(302, 682)
    _press(made, t("risk.words_name"))
    return column


def second_here() -> QWidget:
    """The panel with a supervisor about to confirm here, whose first password was wrong."""
    column = panel(replace(HIGH, lowerings=(WISH,)), t("risk.second_here"))
    (made,) = column.findChildren(RiskPanel)
    made.second.show_trouble(problem_sentence("sign_in_refused"))
    return column


def _press(made: RiskPanel, name: str) -> None:
    found = [one for one in made.findChildren(QPushButton) if one.accessibleName() == name]
    next(one for one in found if one.isVisibleTo(made)).click()


def told() -> Assessment:
    """A slip, a correction that came late, a rating, a wish for a lower level and a second person's word."""
    acting = replace(MEDIUM.answers[0], n=8, op="y", item=Item.ACTING, state=AskState.YES)
    taken_back = replace(acting, n=9, op="x", state=AskState.NO, at=minutes(9))
    wish = Lowering("w", minutes(9), "op-1", 9, Level.R4, Level.R2, "听错了：说的是朋友")
    second = Second("s", minutes(10), "lead-1", "w", True)
    answers = (*MEDIUM.answers, acting, taken_back)
    ratings = (
        Rating(7, "r1", minutes(3), Dial.DISTRESS, Phase.BEFORE, 80),
        Rating(11, "r2", minutes(12), Dial.DISTRESS, Phase.AFTER, 55),
    )
    return replace(MEDIUM, answers=answers, lowerings=(wish,), seconds=(second,), ratings=ratings)


SCENES: dict[str, Callable[[], QWidget]] = {
    "risk-tracks": lambda: panel(MEDIUM),
    "risk-cssrs": lambda: panel(_CSSRS, "C-SSRS"),
    "risk-phq9": lambda: panel(_PHQ, "PHQ-9"),
    "risk-gad7": lambda: panel(_GAD, "GAD-7"),
    "risk-k10": lambda: panel(None, "K10"),
    "risk-elements": lambda: panel(HIGH, _elements()),
    "risk-weighed": lambda: panel(_ELEMENTS, _elements(), ARTIFICIAL),
    "risk-lowering": lambda: panel(HIGH, t("risk.lower")),
    "risk-course": lambda: course(told()),
    "risk-course_empty": lambda: course(None),
    "risk-words": lambda: asked(LOW),
    "risk-words_cssrs": lambda: asked(_CSSRS, "C-SSRS"),
    "risk-second_here": second_here,
    "risk-imminent": lambda: panel(replace(MEDIUM, judgements=(IMMINENT,))),
    "risk-waiting": lambda: panel(replace(HIGH, lowerings=(WISH,))),
}
