"""Pictures of each section of each form, filled as in the middle of a call."""

from collections.abc import Callable

from models.notes.note import Value
from tests.widgets.look_forms import show_form
from widgets.main_window import MainWindow

SECTIONS = {"C3": 5, "C6": 5, "C2": 6, "C4": 3, "S1": 1, "S3": 2, "S5": 1, "S7": 3}
"""How many sections each form has, by one category of each; C6 has fields of its own."""
_SAID: dict[str, Value] = {
    "relation": "self",
    "sex": "male",
    "age_band": "from_18",
    "caller_group": ("G05", "G01"),
    "place": "太原小店区，汾河大桥附近",
    "companions": "独自一人",
    "problem_main": "P11",
    "problem_more": ("P10", "P13"),
    "complaint": "失业三个月，网贷到期，今晚独自到汾河大桥，反复说“撑不下去了”，身边没有人，愿意继续通话。",
    "outcome": ("O04", "O08"),
    "contact_consent": "agreed",
    "safe_times": "家人不在时，下午",
    "crisis_event": "昨天家里失火，暂住亲戚家。",
    "reachable.asked": "unclear",
    "follow_up_result": "stable",
}


def _picture(category: str, section: int) -> Callable[[MainWindow], None]:
    def show(window: MainWindow) -> None:
        show_form(window, category, _SAID, section)

    show.__name__ = f"section_{category}_{section + 1}"
    return show


STATES = tuple(
    _picture(category, section) for category, count in SECTIONS.items() for section in range(count)
)
