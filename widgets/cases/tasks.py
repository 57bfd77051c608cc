"""The tasks of a case: what is to be done, by whom, until when; what came of it goes back to who asked."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from models.cases.case import Step
from resources.texts import t
from widgets.base.buttons import KeyButton
from widgets.base.card import clear, row
from widgets.base.composition import LineEdit, commit_composition
from widgets.base.labels import Label
from widgets.base.segment import Option, Segment
from widgets.base.tab_order import walk_before
from widgets.base.tag import Tag
from widgets.cases.view import TaskView
from widgets.theme import px

TARGETS = ("FVOL", "FCOM", "FSCH", "FFAM", "FGOV")
DAYS = (1, 3, 7)
_LONGEST = 500


class Tasks(QWidget):
    """A new task has one line, a target and a day; a result is said in words."""

    asked = Signal(str, str, int)
    stepped = Signal(str, Step, str)
    heeded = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: tuple[TaskView, ...] | None = None
        self._lines = QVBoxLayout()
        self._lines.setSpacing(px(8))
        self._words = _line("cases.task_words")
        self._target = Segment([Option(one, t(f"cases.target_{one}")) for one in TARGETS], t("cases.target"))
        self._days = Segment([Option(str(n), t("cases.in_days", n=n)) for n in DAYS], t("cases.due"))
        self._add = KeyButton(t("cases.task_add"), tone="soft")
        self._add.clicked.connect(self._wish)
        self._words.returnPressed.connect(self._wish)
        self._words.textChanged.connect(self._show_add)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(6))
        column.addWidget(Label(t("cases.tasks"), strong=True))
        column.addLayout(self._lines)
        column.addWidget(self._words)
        column.addLayout(row(self._target, 1))
        column.addLayout(row(self._days, 1, self._add))
        self._show_add()

    def show_tasks(self, tasks: tuple[TaskView, ...]) -> None:
        """Show these; what is being typed for a new one stays."""
        if tasks == self._shown:
            return
        self._shown = tasks
        clear(self._lines)
        for one in tasks:
            task = _Task(one, self)
            self._lines.addWidget(task)
            walk_before(self._words, task)

    def forget(self) -> None:
        """What was typed belongs to another case."""
        self._words.clear()
        self._target.show_choice(None)
        self._days.show_choice(None)

    def _show_add(self) -> None:
        self._add.setEnabled(bool(self._words.text().strip()))

    def _wish(self) -> None:
        commit_composition(self._words)
        if self._words.text().strip():
            days = int(self._days.choice or 0)
            self.asked.emit(self._words.text(), self._target.choice or "", days)
            self.forget()


class _Task(QWidget):
    """One task with its state; where it is owed, a line for the result and how it ended."""

    def __init__(self, task: TaskView, whole: Tasks) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(2))
        until = t("cases.until", at=f"{task.due_at:%m-%d %H:%M}") if task.due_at else ""
        state = Tag(task.state, "care" if task.overdue else "plain" if task.owed else "good")
        head = row(Label(task.words, wrap=True), state)
        head.setStretch(0, 1)
        column.addLayout(head)
        small = t("cases.words_separator").join(one for one in (task.target, until) if one)
        if small:
            column.addWidget(Label(small, size="small", tone="care" if task.overdue else "soft"))
        if task.outcome:
            column.addWidget(Label(t("cases.outcome", words=task.outcome), wrap=True))
        if task.heeds:
            heed = KeyButton(t("cases.heed"), tone="soft")
            heed.setAccessibleName(_of(t("cases.heed"), task))
            heed.clicked.connect(lambda: whole.heeded.emit(task.heeds))
            column.addLayout(row(heed, 1))
        if task.owed:
            column.addLayout(self._result(task, whole))

    def _result(self, task: TaskView, whole: Tasks) -> QVBoxLayout:
        words = _line("cases.outcome_words")
        words.setAccessibleName(_of(t("cases.outcome_words"), task))
        lines = QVBoxLayout()
        lines.setSpacing(px(4))
        lines.addWidget(words)
        buttons = row(gap=6)
        for step in (Step.DONE, Step.REFUSED, Step.WITHDRAWN):
            button = KeyButton(t(f"cases.step_{step}"))
            button.setAccessibleName(_of(t(f"cases.step_{step}"), task))
            button.clicked.connect(lambda _=False, step=step: whole.stepped.emit(task.id, step, words.text()))
            buttons.addWidget(button)
        buttons.addStretch(1)
        lines.addLayout(buttons)
        return lines


def _of(what: str, task: TaskView) -> str:
    return t("cases.step_named", step=what, words=task.words[:40])


def _line(key: str) -> LineEdit:
    line = LineEdit()
    line.setPlaceholderText(t(key))
    line.setAccessibleName(t(key))
    line.setMaxLength(_LONGEST)
    return line
