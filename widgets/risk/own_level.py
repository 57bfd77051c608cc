"""The operator's own level, which raises what is shown and never lowers it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from models.risk.assessment import Assessment
from models.risk.level import Level, highest
from resources.texts import t
from widgets.base.buttons import KeyButton
from widgets.base.keys import key_for
from widgets.base.labels import ElidedLabel
from widgets.base.levels import level_text
from widgets.base.segment import Option, Segment
from widgets.theme import px

_TONES = {Level.R1: "accent", Level.R2: "unsure", Level.R3: "care", Level.R4: "urgent"}


def floor_of(assessment: Assessment | None) -> Level | None:
    """The lowest level an operator may still give alone, None for any.

    Below the computed level, or below one the lead was alerted of, it takes a second person (domain.md 3).
    """
    if assessment is None:
        return None
    standing = assessment.standing
    peak = standing.peak
    # What two people lowered is no floor any more.
    lowered = standing.level is not peak
    return highest(standing.computed, peak if peak is not None and peak.alarming and not lowered else None)


class OwnLevel(QWidget):
    """A choice of R1 to R4; what would be a lowering cannot be chosen here, `lowering` beside it leads there.

    So does ``course_wanted`` to how the level came about.
    """

    judged = Signal(object)
    course_wanted = Signal()

    def __init__(self, *lowering: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        options = [
            Option(level, level, str(place), tone, level_text(level))
            for place, (level, tone) in enumerate(_TONES.items(), start=1)
        ]
        self._segment = Segment(options, t("risk.own_level"))
        self._segment.chosen.connect(lambda level: self.judged.emit(Level(level)))
        self._segment.cleared.connect(lambda: self._segment.show_choice(self._given))
        self._given: Level | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(4))
        row.addWidget(ElidedLabel(t("risk.own_level")), 1)
        course = KeyButton(t("risk.course"), tone="link", name=t("risk.course_name"))
        course.setToolTip(f"{t('risk.course_name')}  {key_for('risk_course')}")
        course.clicked.connect(self.course_wanted)
        row.addWidget(course)
        for link in lowering:
            row.addWidget(link)
        row.addWidget(self._segment)

    def show_assessment(self, assessment: Assessment | None) -> None:
        """Show the level that was given, and which may be given now."""
        self._given = assessment.own_level if assessment else None
        self._segment.show_choice(self._given)
        floor = floor_of(assessment)
        for level, button in zip(_TONES, self._segment.findChildren(QPushButton), strict=True):
            allowed = floor is None or level >= floor
            button.setEnabled(allowed)
            button.setToolTip(level_text(level) if allowed else t("risk.lowering"))
