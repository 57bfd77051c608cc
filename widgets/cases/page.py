"""A person over many calls: the timeline on the left, the case on the right."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from models.cases.case import Step
from models.people.staff import Member
from resources.texts import t
from widgets.base.buttons import KeyButton
from widgets.base.card import Rule, clear, row, scrolling
from widgets.base.labels import Label
from widgets.base.tab_order import walk_before
from widgets.base.tag import LevelTag, Tag
from widgets.cases.counsellor import NO_WORDS
from widgets.cases.entries import Entries
from widgets.cases.giving import Giving
from widgets.cases.laid_open import LaidOpenCard
from widgets.cases.record_here import RecordPlace
from widgets.cases.tasks import Tasks
from widgets.cases.timeline import Timeline
from widgets.cases.turning import Turning
from widgets.cases.view import CaseView, PersonView
from widgets.theme import px

_CASE_WIDTH = 376


class PersonPage(QWidget):
    """What may not be read here shows as a card; the case is there for those who may read it."""

    open_wanted = Signal(str)
    ask_wanted = Signal(str)
    plan_wanted = Signal(str)
    referral_wanted = Signal(str)
    away_wanted = Signal()
    record_away_wanted = Signal()
    leave_wanted = Signal()
    part_wanted = Signal(str, str)
    begin_wanted = Signal(str)
    take_wanted = Signal(str)
    given = Signal(str, Member)
    line_written = Signal(str, str)
    involved = Signal(str, str, str, str)
    struck = Signal(str, str)
    task_asked = Signal(str, str, str, int)
    stepped = Signal(str, str, Step, str)
    heeded = Signal(str, str)
    turned = Signal(str, object, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._person = self._case = ""
        self._name = Label(size="title", strong=True, wrap=True)
        self._level, self._level_at = LevelTag(), Label(size="small", tone="soft")
        self._word, self._numbers = Tag(), Tag()
        self._merged = QVBoxLayout()
        self._plan_id = ""
        self._plan = KeyButton(t("cases.safety_plan"), tone="soft")
        self._timeline = Timeline()
        self._laid = LaidOpenCard()
        self._place, self._reading = RecordPlace(), QWidget()
        self._left = QVBoxLayout()
        self._begin = KeyButton(t("cases.begin"), tone="soft")
        self._about = Label(size="small", tone="soft", wrap=True)
        self._take = KeyButton(t("cases.take"), tone="link")
        self._giving = Giving()
        self._story = Entries(t("cases.story"), ("cases.line",))
        self._around = Entries(t("cases.involved"), ("cases.who", "cases.relation", "cases.may_know"))
        self._tasks = Tasks()
        self._turning = Turning()
        self._rules: list[Rule] = []
        self._arrange()
        self._connect()
        self.setFocusProxy(self._timeline)

    def show_person(self, view: PersonView | None) -> None:
        """Show a person; None clears what is shown."""
        case = view.case.id if view and view.case else ""
        if case != self._case:
            for piece in (self._giving, self._story, self._around, self._tasks, self._turning):
                piece.forget()
        self._case = case
        self._person = view.id if view else ""
        self._timeline.show_lines(view.lines if view else ())
        self._name.setText(view.name if view else "")
        if view is not None:
            self._show_facts(view)
        self._show_case(view.case if view else None)

    def show_staff(self, staff: tuple[Member, ...], words: Mapping[str, str] = NO_WORDS) -> None:
        """Offer these, to whom the case can be given; `words` say more about them, by their ids."""
        self._giving.show_staff(staff, words)

    def take_asking(self, asking: QWidget) -> None:
        """Put the way to a record that may not be read here under the timeline."""
        self._left.addWidget(asking)

    def take_reading(self, reading: QWidget) -> None:
        """Put what shows a record under the timeline; it takes no room while none is read."""
        self._reading = reading
        self._place.take(reading)

    def open_reading(self) -> None:
        """A record is read from now on: the keyboard goes there."""
        self._place.open_at(self._reading)

    def close_reading(self) -> None:
        """No record is read any more."""
        self._place.close_to(self._timeline)

    def lay_open(self, title: str, parts: Sequence[tuple[str, str]]) -> None:
        """Show something of these calls under the timeline, each part under its name."""
        self._laid.show_parts(title, parts)

    def put_away(self) -> None:
        """Nothing lies open under the timeline any more; the keyboard goes back to it if it was there."""
        inside = self._laid.isAncestorOf(focus) if (focus := QApplication.focusWidget()) else False
        self._laid.hide()
        if inside:
            self._timeline.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_hint(self, text: str) -> None:
        """Say under the timeline what else is to be done."""
        self._timeline.show_hint(text)

    def _show_facts(self, view: PersonView) -> None:
        self._level.show_level(view.level or "RX")
        at = (
            t("cases.level_at", at=f"{view.level_at:%Y-%m-%d %H:%M}")
            if view.level_at
            else t("cases.no_level")
        )
        self._level_at.setText(at)
        self._plan_id = view.plan.id if view.plan else ""
        self._plan.setVisible(view.plan is not None)
        if view.plan is not None:
            said = t("cases.safety_plan_of", at=f"{view.plan.at:%Y-%m-%d}", n=view.plan.written)
            self._plan.show_label(said)
        self._word.setVisible(bool(view.code_word))
        self._word.show_text(t("cases.word", word=view.code_word), "accent")
        self._numbers.show_text(t("cases.numbers", n=view.numbers))
        clear(self._merged)
        for other, alias in view.merged:
            part = KeyButton(t("cases.part"), tone="link")
            part.setAccessibleName(t("cases.part_named", name=alias))
            part.clicked.connect(lambda _=False, other=other: self.part_wanted.emit(self._person, other))
            self._merged.addLayout(
                row(Label(t("cases.merged", name=alias), size="small", tone="soft"), part, 1)
            )
            walk_before(self._plan, part)

    def _show_case(self, case: CaseView | None) -> None:
        self._begin.setVisible(case is None or bool(case.closing))
        self._take.setVisible(case is not None and not case.mine and not case.closing)
        self._giving.setVisible(case is not None and not case.closing)
        for piece in (self._story, self._around, self._tasks, self._turning, *self._rules):
            piece.setVisible(case is not None)
        if case is None:
            self._about.setText(t("cases.none"))
            return
        opened = f"{case.opened_at:%Y-%m-%d}"
        whose = case.counsellor or t("cases.nobodys")
        key = "cases.about_closed" if case.closing else "cases.about"
        why = t(f"cases.why_{case.closing}") if case.closing else ""
        self._about.setText(t(key, name=whose, at=opened, why=why))
        self._giving.show_whose(Member(case.counsellor_id, case.counsellor))
        self._story.show_entries(case.story)
        self._around.show_entries(case.involved)
        self._tasks.show_tasks(case.tasks)
        self._turning.show_closed(bool(case.closing))

    def _arrange(self) -> None:
        left = self._left
        left.setSpacing(px(6))
        left.addWidget(self._name)
        left.addLayout(row(self._level, self._level_at, self._word, self._numbers, 1, gap=6))
        left.addLayout(self._merged)
        left.addLayout(row(self._plan, 1))
        left.addWidget(self._timeline, 1)
        left.addWidget(self._laid, 1)
        left.addWidget(self._place, 2)
        content = QWidget()
        right = QVBoxLayout(content)
        right.setContentsMargins(0, 0, px(6), 0)
        right.setSpacing(px(10))
        right.addLayout(row(Label(t("cases.case"), size="title", strong=True), 1, self._take, self._begin))
        right.addWidget(self._about)
        right.addWidget(self._giving)
        for piece in (self._story, self._tasks, self._around):
            right.addWidget(piece)
            self._rules.append(Rule())
            right.addWidget(self._rules[-1])
        right.addWidget(self._turning)
        right.addStretch(1)
        area = scrolling(content)
        area.setFixedWidth(px(_CASE_WIDTH))
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(px(14))
        whole.addLayout(left, 1)
        whole.addWidget(area)

    def _connect(self) -> None:
        self._timeline.open_wanted.connect(self.open_wanted)
        self._timeline.ask_wanted.connect(self.ask_wanted)
        self._timeline.referral_wanted.connect(self.referral_wanted)
        self._plan.clicked.connect(lambda: self.plan_wanted.emit(self._plan_id))
        self._laid.away_wanted.connect(self.away_wanted)
        self._place.away_wanted.connect(self.record_away_wanted)
        self._begin.clicked.connect(lambda: self.begin_wanted.emit(self._person))
        self._take.clicked.connect(lambda: self.take_wanted.emit(self._case))
        self._giving.given.connect(lambda member: self.given.emit(self._case, member))
        self._story.added.connect(lambda words: self.line_written.emit(self._case, *words))
        self._around.added.connect(lambda words: self.involved.emit(self._case, *words))
        for entries in (self._story, self._around):
            entries.struck.connect(lambda entry: self.struck.emit(self._case, entry))
        self._tasks.asked.connect(lambda *words: self.task_asked.emit(self._case, *words))
        self._tasks.stepped.connect(lambda *words: self.stepped.emit(self._case, *words))
        self._tasks.heeded.connect(lambda step: self.heeded.emit(self._case, step))
        self._turning.turned.connect(lambda why, words: self.turned.emit(self._case, why, words))
