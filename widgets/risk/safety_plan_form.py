"""Writing the safety plan: six steps, each with what belongs into it and words to ask for it."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from models.risk.plan_form import PlanForm, PlanPart
from models.risk.safety_plan import PlanStep, Wording
from resources.texts import language, t
from widgets.base.buttons import KeyButton
from widgets.base.card import row, scrolling
from widgets.base.labels import Label
from widgets.base.writing import Writing
from widgets.theme import px

_LINES = 3


class StepField(QWidget):
    """One step: number and name, hint, question, and the words."""

    def __init__(self, number: int, part: PlanPart, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        name, hint, ask = (one.label(language()) for one in (part.name, part.hint, part.ask))
        self.writing = Writing(t("safety_plan.step", n=number, name=name))
        self.writing.setAccessibleDescription(hint)
        self.writing.setFixedHeight(self.writing.fontMetrics().lineSpacing() * _LINES + px(12))
        self._beside = Label(size="small", tone="care", wrap=True)
        self._beside.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(2))
        column.addWidget(Label(t("safety_plan.step", n=number, name=name), strong=True))
        column.addWidget(Label(hint, size="small", tone="soft", wrap=True))
        column.addWidget(Label(t("safety_plan.ask", words=ask), size="small", tone="accent", wrap=True))
        column.addWidget(self.writing)
        column.addWidget(self._beside)

    def show_text(self, text: str) -> None:
        """Show the words of another plan."""
        self.writing.show_text(text)
        self._beside.hide()

    def show_beside(self, standing: Sequence[Wording]) -> None:
        """Take in what was written elsewhere at the same time, under the words that are here."""
        here = self.writing.toPlainText()
        others = [one.text for one in standing if one.text.strip() and one.text not in here]
        if len(standing) > 1 and others:
            self.writing.setPlainText("\n".join((here, *others)) if here.strip() else "\n".join(others))
            self._beside.setText(t("safety_plan.beside"))
            self._beside.show()


class SafetyPlanForm(QWidget):
    """``written(PlanStep, text)`` tells each change, ``left()`` that writing paused; Esc of the sheet closes.

    ``reading_wanted()``, ``print_wanted()`` and ``file_wanted()`` ask for what is done with the plan.
    """

    written = Signal(object, str)
    left = Signal()
    reading_wanted = Signal()
    print_wanted = Signal()
    file_wanted = Signal()

    def __init__(self, form: PlanForm, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._fields = {part.step: StepField(n, part) for n, part in enumerate(form.parts, start=1)}
        self._none = Label(t("safety_plan.no_note"), tone="faint", wrap=True)
        self._saved = Label(size="small", tone="soft")
        self._content = QWidget()
        column = QVBoxLayout(self._content)
        column.setContentsMargins(0, 0, px(8), 0)
        column.setSpacing(px(10))
        for field in self._fields.values():
            column.addWidget(field)
            field.writing.left.connect(self.left)
        for step, field in self._fields.items():
            field.writing.written.connect(lambda text, step=step: self.written.emit(step, text))
        column.addStretch(1)
        self._area = scrolling(self._content)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(px(8))
        if not form.confirmed:
            whole.addWidget(Label(t("safety_plan.unconfirmed"), size="small", tone="care", wrap=True))
        whole.addWidget(self._none)
        whole.addWidget(self._area, 1)
        whole.addWidget(self._foot())
        for field in self._fields.values():
            field.writing.installEventFilter(self)
        self.setFocusProxy(self._fields[PlanStep.SIGNS].writing)
        self.show_open(False)

    def show_open(self, is_open: bool) -> None:
        """Show whether there is a note to write a plan for."""
        self._none.setVisible(not is_open)
        self._area.setVisible(is_open)
        self._actions.setVisible(is_open)

    def show_texts(self, texts: dict[PlanStep, str]) -> None:
        """Show another plan."""
        for step, field in self._fields.items():
            field.show_text(texts.get(step, ""))

    def words_of(self, step: PlanStep) -> str:
        """What stands in a step on the screen."""
        return self._fields[step].writing.toPlainText().strip()

    def show_beside(self, step: PlanStep, standing: Sequence[Wording]) -> None:
        """Show in a step what somebody wrote elsewhere meanwhile, beside what is here."""
        self._fields[step].show_beside(standing)

    def show_saved(self, at: datetime | None, waiting: bool) -> None:
        """Show when all of it was last saved, or that it is being saved."""
        said = t("notes.save_saved", detail=f"{at:%H:%M:%S}") if at else t("notes.save_waiting")
        self._saved.setText(said if at or waiting else "")
        self._saved.show_tone("good" if at else "soft")

    def commit(self) -> None:
        """Keep what is still being composed."""
        for field in self._fields.values():
            field.writing.commit()

    def go_to_open(self) -> None:
        """Go to the first step without words, to the first of all where each has some."""
        fields = list(self._fields.values())
        empty = [field for field in fields if not field.writing.toPlainText().strip()]
        (empty or fields)[0].writing.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Bring the step that is written in into sight."""
        if event.type() == QEvent.Type.FocusIn:
            for field in self._fields.values():
                if field.writing is watched:
                    self._bring(field)
        return super().eventFilter(watched, event)

    def _bring(self, field: StepField) -> None:
        """Scroll to a step, no step above it cut through where that can be."""
        self._area.ensureWidgetVisible(field, 0, px(8))
        bar = self._area.verticalScrollBar()
        tops = (one.y() for one in self._fields.values())
        bar.setValue(next((top for top in tops if top >= bar.value()), bar.value()))

    def _foot(self) -> QWidget:
        self._actions = QFrame()
        read = KeyButton(t("safety_plan.read_out"), tone="accent")
        paper = KeyButton(t("safety_plan.print"))
        file = KeyButton(t("safety_plan.file"))
        read.clicked.connect(self.reading_wanted)
        paper.clicked.connect(self.print_wanted)
        file.clicked.connect(self.file_wanted)
        column = QVBoxLayout(self._actions)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(row(self._saved, 1, file, paper, read))
        return self._actions
