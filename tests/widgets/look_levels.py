"""Pictures of each level in the whole window, in the middle of a call."""

from models.risk.assessment import Assessment
from models.risk.level import Level
from models.shifts.duty import DutyState
from tests.widgets import look_samples, samples
from tests.widgets.look_forms import show_form
from widgets.main_window import MainWindow
from widgets.risk.view import AlertView, Attention


def _level(window: MainWindow, assessment: Assessment | None, alert: AlertView | None = None) -> None:
    window.parts.note.show_note(look_samples.NOTE)
    window.parts.calls.show_board((samples.TALKING,))
    window.top_bar.show_state(DutyState.TALKING, samples.ago(501))
    window.parts.risk.show_assessment(assessment)
    if alert is not None:
        window.parts.risk.show_alert(alert)
        window.show_alarming(True)


def level_rx(window: MainWindow) -> None:
    _level(window, None)


def level_r0(window: MainWindow) -> None:
    _level(window, look_samples.NONE)


def level_r1(window: MainWindow) -> None:
    _level(window, look_samples.LOW)


def level_r2(window: MainWindow) -> None:
    _level(window, look_samples.MEDIUM)


def level_r3(window: MainWindow) -> None:
    """Nobody has seen it, and who can be called."""
    _level(window, look_samples.HIGH, AlertView(Attention.NOBODY, supervisor="8002"))


def level_r4(window: MainWindow) -> None:
    _level(window, look_samples.URGENT, AlertView(Attention.SEEN, who="王组长"))


def level_c6(window: MainWindow) -> None:
    """A danger to others that is imminent is handled as R4."""
    show_form(window, "C6", {"relation": "self", "outcome": ("O09",), "imminent": "yes"}, 3)
    window.parts.risk.show_assessment(look_samples.assessment({}, {}, Level.R4))
    window.parts.risk.show_alert(AlertView(Attention.SENT))
    window.show_alarming(True)


STATES = (level_rx, level_r0, level_r1, level_r2, level_r3, level_r4, level_c6)
