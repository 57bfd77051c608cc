"""Scenes of the instruments beside the quick screen, with invented answers."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from models.risk.assessment import Assessment
from models.risk.elements import Element
from models.risk.level import Level
from models.risk.questionnaire import Instruments, Offered, Weights
from models.risk.trail import Lowering, Response
from resources.instruments.questionnaires import NAMES, load, shipped
from resources.texts import language, t
from tests.widgets.look_samples import HIGH, LOW, MEDIUM, NONE, minutes
from widgets.risk.panel import RiskPanel

SHIPPED = Instruments(tuple(load(shipped(name)) for name in NAMES))
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
WISH = Lowering("w", minutes(9), "op-1", 99, Level.R3, Level.R1, "计划已放弃，药已交给家人")

SCENES: dict[str, Callable[[], QWidget]] = {
    "risk-tracks": lambda: panel(MEDIUM),
    "risk-cssrs": lambda: panel(_CSSRS, "C-SSRS"),
    "risk-phq9": lambda: panel(_PHQ, "PHQ-9"),
    "risk-gad7": lambda: panel(_GAD, "GAD-7"),
    "risk-k10": lambda: panel(None, "K10"),
    "risk-elements": lambda: panel(HIGH, _elements()),
    "risk-weighed": lambda: panel(_ELEMENTS, _elements(), ARTIFICIAL),
    "risk-lowering": lambda: panel(HIGH, t("risk.lower")),
    "risk-waiting": lambda: panel(replace(HIGH, lowerings=(WISH,))),
}
