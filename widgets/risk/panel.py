"""The risk panel: level, quick screen, ratings and the operator's own level, always beside the note."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from models.risk.assessment import Assessment
from resources.instruments import Screen, load
from widgets.base.card import Card, Rule
from widgets.base.keys import bind
from widgets.risk.banner import LevelBanner
from widgets.risk.own_level import OwnLevel
from widgets.risk.ratings import Ratings
from widgets.risk.screen import QuickScreen
from widgets.risk.view import AlertView
from widgets.theme import px


class RiskPanel(QWidget):
    """Asks and shows how dangerous it is.

    ``answered(Item, AskState)``, ``rated(Dial, Phase, 0–100)`` and ``judged(Level)`` tell each act once;
    `settle` makes a rating that is still being given be told at once, on hang-up or before closing. The
    items are worded as in `screen`, as in the shipped one where none is given.
    """

    answered = Signal(object, object)
    rated = Signal(object, object, int)
    judged = Signal(object)

    def __init__(self, screen: Screen | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        worded = screen or load()
        self._banner = LevelBanner()
        self._screen = QuickScreen(worded)
        self._ratings = Ratings(worded)
        self._own = OwnLevel()
        self._screen.answered.connect(self.answered)
        self._ratings.rated.connect(self.rated)
        self._own.judged.connect(self.judged)
        card = Card(gap=6)
        for part in (self._screen, Rule(), self._ratings, Rule(), self._own):
            card.body.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(8))
        column.addWidget(self._banner)
        column.addWidget(card)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        bind(self, "screen", self._screen.take_focus)
        self.show_assessment(None)

    @property
    def level_code(self) -> str:
        """The code of the level that is shown, RX while there is none."""
        return self._banner.code

    def show_assessment(self, assessment: Assessment | None) -> None:
        """Show an assessment as it stands; None where nothing was asked in this call yet."""
        self._banner.show_assessment(assessment)
        self._screen.show_answers(assessment.current if assessment else {})
        self._ratings.show_assessment(assessment)
        self._own.show_assessment(assessment)

    def show_alert(self, alert: AlertView) -> None:
        """Show who has seen a high level, or whom to call because nobody has."""
        self._banner.show_alert(alert)

    def settle(self) -> None:
        """Tell a rating that is still being given."""
        self._ratings.settle()
