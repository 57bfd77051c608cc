"""What the pictures show: plainly invented callers in the states that matter."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from PySide6.QtWidgets import QVBoxLayout, QWidget

from models.risk.assessment import Answer, Assessment, Dial, Judgement, Phase, Rating
from models.risk.level import Level
from models.risk.quick_screen import AskState, Item
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


def _risk(value: Assessment | None, alert: AlertView | None = None) -> QWidget:
    panel = RiskPanel()
    panel.show_assessment(value)
    panel.show_alert(alert or AlertView())
    column = QWidget()
    around = QVBoxLayout(column)
    around.setContentsMargins(0, 0, 0, 0)
    around.setSpacing(px(8))
    around.addWidget(panel)
    around.addStretch(1)
    return column


SCENES: dict[str, Callable[[], QWidget]] = {
    "risk-r4": lambda: _risk(URGENT, AlertView(Attention.SEEN, who="王组长")),
    "risk-r3": lambda: _risk(HIGH, AlertView(Attention.NOBODY, supervisor="8002")),
    "risk-r2": lambda: _risk(MEDIUM),
    "risk-r1": lambda: _risk(LOW),
    "risk-r0": lambda: _risk(NONE),
    "risk-rx": lambda: _risk(None),
}
