"""The timeline of joint intervention: what was done for each referral, and what comes next."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from models.referrals.referral import ORDER, Referral, Second, Step, TimelineEntry
from resources.texts import t
from widgets.base.buttons import Button
from widgets.base.card import Card, scrolling
from widgets.base.composition import LineEdit, commit_composition
from widgets.base.flow import Flow
from widgets.base.keys import bind, key_for
from widgets.base.labels import ElidedLabel, Label
from widgets.base.tag import Tag
from widgets.base.timeline import Point, Timeline
from widgets.theme import px

_NOTED = (Step.ACCEPTED, Step.ARRIVED, Step.SAFE, Step.CLOSED)
"""The steps that somebody hears and notes by hand; the line brings the others."""

_ASKED = (Step.ACCEPTED, Step.SAFE, Step.CLOSED)


class _DetailEntry(QWidget):
    """The line that asks for a step's detail; only the end without safety needs one."""

    given = Signal(object, str)

    def __init__(self) -> None:
        super().__init__()
        self._step = Step.ACCEPTED
        self._before: QWidget | None = None
        self.field = LineEdit()
        self.field.setAccessibleName(t("referrals.ask_accepted"))
        self.field.returnPressed.connect(self._take)
        take = Button(t("referrals.record"))
        take.clicked.connect(self._take)
        drop = Button(t("referrals.drop"))
        drop.clicked.connect(self._leave)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(6))
        row.addWidget(self.field, 1)
        for button in (take, drop):
            button.setProperty("compact", True)
            row.addWidget(button)
        self.hide()

    def ask(self, step: Step) -> None:
        """Ask for the detail of this step."""
        self._step = step
        self._before = QApplication.focusWidget()
        self.field.clear()
        self.field.setPlaceholderText(t(f"referrals.ask_{step}"))
        self.field.setAccessibleName(t(f"referrals.ask_{step}"))
        self.show()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _take(self) -> None:
        commit_composition(self.field)
        detail = self.field.text().strip()
        if detail or self._step is not Step.CLOSED:
            self._leave()
            self.given.emit(self._step, detail)

    def _leave(self) -> None:
        """Back to where the operator was: the words that follow belong there."""
        before, self._before = self._before, None
        self.hide()
        if before is not None and before.isVisible():
            before.setFocus(Qt.FocusReason.OtherFocusReason)


class _Course(QWidget):
    """One referral: to whom, what happened, and buttons for what is heard next."""

    advanced = Signal(object, str)

    def __init__(self) -> None:
        super().__init__()
        self._known: tuple[tuple[TimelineEntry, ...], tuple[Second, ...]] = (), ()
        self._title = ElidedLabel(strong=True)
        self._tag = Tag()
        self._line = Timeline(gap=2)
        self._buttons = {step: self._button(step) for step in _NOTED}
        self._entry = _DetailEntry()
        self._entry.given.connect(self._tell)
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self._tag)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(3))
        column.addLayout(head)
        column.addWidget(Flow(*self._buttons.values(), gap=6))
        column.addWidget(self._entry)
        column.addWidget(self._line)

    def show_referral(self, referral: Referral) -> None:
        """Show how far it has come; what is being typed stays."""
        name = f"{referral.target_name} {referral.dial}".strip()
        self._title.setText(t("referrals.timeline_of", name=name))
        self._tag.show_text(*_mark(referral))
        self._line.show_points(tuple(_point(entry) for entry in reversed(referral.timeline)))
        if (referral.timeline, referral.seconds) != self._known:
            self._known = referral.timeline, referral.seconds
            for step, button in self._buttons.items():
                button.setEnabled(True)
                wished = step is Step.CLOSED and referral.waiting is not None
                button.setVisible(referral.is_open and ORDER[step] > ORDER[referral.state] and not wished)
        if not referral.is_open:
            self._entry.hide()

    def take_next(self) -> bool:
        """Lead to the next step: ask for its detail, or to its button; False where there is none."""
        step = next((one for one, button in self._buttons.items() if self._is_offered(button)), None)
        if step is None:
            return False
        if step in _ASKED:
            self._entry.ask(step)
        else:
            self._buttons[step].setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    @staticmethod
    def _is_offered(button: QPushButton) -> bool:
        return button.isVisible() and button.isEnabled()

    def _button(self, step: Step) -> QPushButton:
        button = Button(t(f"referrals.note_{step}"))
        button.setProperty("chip", True)
        button.setProperty("tone", "plain" if step is Step.CLOSED else "soft")
        button.setAccessibleName(t(f"referrals.step_{step}"))
        button.setToolTip(t("referrals.step_key", key=key_for("referral_step")))
        button.clicked.connect(lambda: self._entry.ask(step) if step in _ASKED else self._tell(step, ""))
        return button

    def _tell(self, step: Step, detail: str) -> None:
        # the step is in the line when the record says so; until then it cannot be noted a second time
        for button in self._buttons.values():
            button.setEnabled(False)
        self.advanced.emit(step, detail)


# In sight at least, where the right column is short of room: one line, or what is to be done.
_BARE, _COURSE = 44, 80


class ReferralTimeline(Card):
    """All referrals of the call, the open ones first, the latest step of each on top.

    ``advanced(referral id, Step, detail)`` tells what somebody heard and noted.
    """

    advanced = Signal(str, object, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._courses: dict[str, _Course] = {}
        self.setAccessibleName(t("referrals.timeline"))
        self.setMinimumHeight(px(_BARE))
        # Close to its edges: what happened has little room on a small screen.
        self.body.setContentsMargins(px(12), px(6), px(12), px(4))
        self._none = Label(t("referrals.none_yet"), tone="faint", wrap=True)
        content = QWidget()
        self._column = QVBoxLayout(content)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(px(8))
        self._column.addWidget(self._none)
        self._column.addStretch(1)
        bind(self, "referral_step", self._take_next)
        self.body.addWidget(scrolling(content), 1)

    def show_referrals(self, referrals: Sequence[Referral]) -> None:
        """Show these referrals; one that is gone belongs to another call."""
        ordered = sorted(referrals, key=lambda one: (not one.is_open, -one.opened_at.timestamp()))
        for gone in self._courses.keys() - {one.id for one in ordered}:
            course = self._courses.pop(gone)
            course.hide()
            course.deleteLater()
        for place, referral in enumerate(ordered):
            course = self._courses.get(referral.id) or self._new(referral.id)
            course.show_referral(referral)
            self._column.removeWidget(course)
            self._column.insertWidget(place, course)
            course.show()
        self._none.setVisible(not ordered)
        self.setMinimumHeight(px(_COURSE if ordered else _BARE))

    def _take_next(self) -> None:
        for place in range(self._column.count()):
            item = self._column.itemAt(place)
            course = item.widget() if item is not None else None
            if isinstance(course, _Course) and course.take_next():
                return

    def _new(self, referral: str) -> _Course:
        course = _Course()
        course.advanced.connect(lambda step, detail: self.advanced.emit(referral, step, detail))
        self._courses[referral] = course
        return course


def _mark(referral: Referral) -> tuple[str, str]:
    if referral.waiting is not None and referral.is_rescue:
        return t("referrals.second_wanted"), "urgent"
    if referral.is_open:
        return t("referrals.unsafe"), "urgent"
    return (t("referrals.safe"), "good") if referral.state is Step.SAFE else (t("referrals.ended"), "plain")


def _point(entry: TimelineEntry) -> Point:
    step = t(f"referrals.step_{entry.step}")
    if entry.detail:
        words = "referrals.receipt" if entry.step is Step.ACCEPTED else "referrals.step_detail"
        step = t(words, step=step, detail=entry.detail)
    tone = "urgent" if entry.step is Step.NOT_REACHED else "plain" if entry.step is Step.CLOSED else "accent"
    return Point(f"{entry.at.astimezone():%H:%M}", step, tone)
