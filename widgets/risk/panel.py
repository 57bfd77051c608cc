"""The risk panel: level, quick screen, ratings and the operator's own level, always beside the note."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from models.risk.assessment import Assessment
from models.risk.course import RatingsOfCall
from models.risk.level import Level
from models.risk.questionnaire import Instruments
from resources.instruments import Screen, load
from widgets.base.card import Card, Rule
from widgets.base.keys import bind
from widgets.risk.banner import LevelBanner
from widgets.risk.case_line import CaseLine
from widgets.risk.course import Course
from widgets.risk.lowering import Lowering
from widgets.risk.own_level import OwnLevel
from widgets.risk.ratings import Ratings
from widgets.risk.safety_plan import PlanRow
from widgets.risk.screen import QuickScreen
from widgets.risk.second_here import SecondHere
from widgets.risk.tracks import Tracks
from widgets.risk.view import AlertView
from widgets.theme import px


class RiskPanel(QWidget):
    """Asks and shows how dangerous it is.

    ``answered(Item, AskState)``, ``responded(instrument, item, value)``, ``rated(Dial, Phase, 0–100)`` and
    ``judged(Level)`` and ``lower_wanted(Level, reason)`` tell each act once;
    `settle` makes a rating that is still being given be told at once, on hang-up or before closing. The
    items are worded as in `screen`, as in the shipped one where none is given.
    """

    answered = Signal(object, object)
    responded = Signal(str, str, str)
    rated = Signal(object, object, int)
    judged = Signal(object)
    lower_wanted = Signal(object, str)

    def __init__(self, screen: Screen | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        worded = screen or load()
        self._banner = LevelBanner()
        self._screen = QuickScreen(worded)
        self._ratings = Ratings(worded)
        self._lowering = Lowering()
        self.second = SecondHere()
        self.plan = PlanRow()
        self._own = OwnLevel(self._lowering.link, self.second.link)
        self._course = Course(worded)
        self._tracks = Tracks(self._screen, self._course)
        self._case = CaseLine()
        self._arrange()
        self._connect()
        self.show_assessment(None)

    @property
    def level_code(self) -> str:
        """The code of the level that is shown, RX while there is none."""
        return self._banner.code

    def open_screen(self) -> None:
        """Lead to the first item that was not asked, whatever had the focus."""
        self._tracks.take_focus()

    def show_instruments(self, instruments: Instruments) -> None:
        """Offer these instruments beside the quick screen."""
        self._tracks.show_instruments(instruments)

    def show_assessment(self, assessment: Assessment | None) -> None:
        """Show an assessment as it stands; None where nothing was asked in this call yet."""
        self._banner.show_assessment(assessment)
        self._screen.show_answers(assessment.current if assessment else {})
        self._tracks.show_assessment(assessment)
        self._ratings.show_assessment(assessment)
        self._own.show_assessment(assessment)
        self._lowering.show_assessment(assessment)
        self.second.show_assessment(assessment)

    def show_earlier(self, calls: Sequence[RatingsOfCall], case: Level | None) -> None:
        """Show the earlier calls of the same person, the earliest first, and the level of the case."""
        self._course.show_earlier(calls)
        self._case.show_case(len(calls), case)

    def show_names(self, names: Mapping[str, str]) -> None:
        """Call people by these names, by their ids."""
        self._course.show_names(names)

    def show_alert(self, alert: AlertView) -> None:
        """Show who has seen a high level, or whom to call because nobody has."""
        self._banner.show_alert(alert)

    def ask_screen(self) -> None:
        """Go to the first item of the quick screen that was not asked."""
        self._tracks.take_focus()

    def settle(self) -> None:
        """Tell a rating that is still being given."""
        self._ratings.settle()

    def _arrange(self) -> None:
        card = Card(gap=3)
        card.body.setContentsMargins(px(12), px(8), px(12), px(8))
        level = (self._own, self._lowering, self.second)
        for part in (self._tracks, Rule(), self._ratings, Rule(), *level, Rule(), self.plan):
            card.body.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(8))
        column.addWidget(self._banner)
        column.addWidget(self._case)
        column.addWidget(card)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def _connect(self) -> None:
        self._lowering.lower_wanted.connect(self.lower_wanted)
        self._screen.answered.connect(self.answered)
        self._screen.items.ended.connect(self._ratings.take_focus)
        self._tracks.nothing_open.connect(self._ratings.go_on)
        self._ratings.rated.connect(self.rated)
        self._own.judged.connect(self.judged)
        self._tracks.responded.connect(self.responded)
        for course in (self._case.course_wanted, self._own.course_wanted):
            course.connect(self._tracks.open_or_close_course)
        bind(self, "screen", self.ask_screen)
        bind(self, "next_unasked", self._tracks.go_to_next_open)
        bind(self, "risk_course", self._tracks.open_or_close_course)
