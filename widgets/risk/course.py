"""How an assessment came about and how the ratings went, in the room of the instruments."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from models.risk.assessment import Assessment
from models.risk.course import RatingsOfCall, ratings_of
from models.risk.questionnaire import Instruments
from models.risk.trail import Dial
from resources.instruments import Screen
from resources.texts import t
from widgets.base.card import CardHeader, scrolling
from widgets.base.labels import Label
from widgets.base.timeline import Timeline
from widgets.risk.plot import Plot
from widgets.risk.screen import wording
from widgets.risk.told import StoryTexts
from widgets.theme import px


class Course(QWidget):
    """The newest step on top; arrows and page keys scroll. It is written out only while it is in sight."""

    def __init__(self, screen: Screen, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._worded = screen
        self._instruments = Instruments()
        self._names: Mapping[str, str] = {}
        self._earlier: tuple[RatingsOfCall, ...] = ()
        self._assessment: Assessment | None = None
        self._plot = Plot({Dial(one.id): wording(one) for one in screen.ratings})
        self._caution = Label(t("risk.course_caution"), size="small", tone="soft", wrap=True)
        self._nothing = Label(t("risk.course_none"), tone="soft", wrap=True)
        self._line = Timeline()
        content = QWidget()
        inside = QVBoxLayout(content)
        inside.setContentsMargins(0, 0, px(6), 0)
        inside.setSpacing(px(4))
        for part in (self._nothing, self._plot, self._caution, self._line):
            inside.addWidget(part)
        inside.addStretch(1)
        self._area = scrolling(content)
        self._area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._area.setAccessibleName(t("risk.course_name"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(2))
        column.addWidget(CardHeader(t("risk.course_name")))
        column.addWidget(self._area, 1)

    def show_instruments(self, instruments: Instruments) -> None:
        """Use the words of these."""
        self._instruments = instruments

    def show_names(self, names: Mapping[str, str]) -> None:
        """Call people by these names."""
        self._names = names
        self._show()

    def show_earlier(self, earlier: Sequence[RatingsOfCall]) -> None:
        """Show these calls beside the present one, the earliest first."""
        self._earlier = tuple(earlier)
        self._show()

    def show_assessment(self, assessment: Assessment | None) -> None:
        """Show how this one came about."""
        self._assessment = assessment
        self._show()

    def open_up(self) -> None:
        """Come into sight with the keys."""
        self.show()
        self._show()
        self._area.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _show(self) -> None:
        if self.isHidden():
            return
        known = self._assessment
        points = StoryTexts(self._worded, self._instruments, self._names).points(known) if known else ()
        self._line.show_points(points[::-1])
        now = ratings_of(known) if known else None
        rated = any(one.changes for one in (*self._earlier, *((now,) if now else ())))
        self._plot.show_course(self._earlier, now)
        self._plot.setVisible(rated)
        self._caution.setVisible(rated)
        self._nothing.setVisible(not points and not rated)
