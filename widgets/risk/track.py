"""One instrument beside the quick screen: its items, what they come to, what must be known of it."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from models.risk import cssrs, elements
from models.risk.assessment import Assessment
from models.risk.questionnaire import Instruments, Offered, Questionnaire
from models.risk.quick_screen import AskState
from models.risk.scoring import latest, result_of
from resources.texts import language, t
from widgets.base.card import CardHeader, Rule, scrolling
from widgets.base.labels import Label
from widgets.base.segment import Option
from widgets.risk.result import said_of
from widgets.risk.rows import AskRow, ChoiceRow
from widgets.theme import px

_UNSETTLED = (AskState.NOT_ASKED, AskState.REFUSED, AskState.UNCLEAR)


class Track(QWidget):
    """Tells each answer once: ``responded(item, value)``, an ask-state or the code of an answer, "" for none.

    `instruments` are those in use here: bands and licensed points decide what is said under the items.
    Where the items are many they scroll; what they come to stays in sight.
    """

    responded = Signal(str, str)

    def __init__(self, asked: Questionnaire, instruments: Instruments, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._asked = asked
        self._instruments = instruments
        self._title = asked.name.label(language())
        if not asked.official_text:
            self._title = t("risk.unofficial", name=self._title)
        self._header = CardHeader(self._title)
        self._result = Label(size="small", tone="soft", wrap=True)
        self._rows: dict[str, AskRow | ChoiceRow] = {
            item.code: _row(item.label(language()), self._answers(item.code)) for item in asked.items
        }
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(1))
        column.addWidget(self._header)
        self._area = scrolling(self._items())
        column.addWidget(self._area, 1)
        column.addWidget(self._result)
        if asked.caution is not None:
            column.addWidget(Label(asked.caution.label(language()), size="small", tone="soft", wrap=True))
        self.show_assessment(None)

    def show_assessment(self, assessment: Assessment | None) -> None:
        """Show what is known; an item without a response was not asked."""
        values = latest(assessment.responses, self._asked.id) if assessment else {}
        left_out = cssrs.skipped(assessment.questions) if assessment else ()
        for item, row in self._rows.items():
            row.show_value(
                values.get(item, ""), skipped=self._asked.id == cssrs.INSTRUMENT and item in left_out
            )
        open_items = self._open(assessment, values)
        said = t("risk.open_items", n=open_items) if open_items else t("risk.all_done")
        self._header.show_texts(self._title, said)
        result = result_of(self._instruments, self._asked.id, assessment) if assessment else None
        self._result.setText(said_of(self._asked, result))
        self._result.setVisible(bool(self._result.text()))

    def take_focus(self) -> None:
        """Go to the first item without an answer, to the first of all where each has one."""
        rows = list(self._rows.values())
        self._go(next((place for place, row in enumerate(rows) if row.is_open), 0))

    def _items(self) -> QWidget:
        items = QWidget()
        column = QVBoxLayout(items)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(1))
        for place, (item, row) in enumerate(self._rows.items()):
            if place:
                column.addWidget(Rule())
            column.addWidget(row)
            row.answered.connect(lambda value, item=item: self.responded.emit(item, value))
            row.stepped.connect(lambda step, place=place: self._go(place + step))
        column.addStretch(1)
        return items

    def _open(self, assessment: Assessment | None, values: Mapping[str, str]) -> int:
        if self._asked.id == cssrs.INSTRUMENT:
            return len(cssrs.open_questions(assessment.questions if assessment else {}))
        return sum(not values.get(item) or values[item] in _UNSETTLED for item in self._rows)

    def _answers(self, item: str) -> Sequence[Offered]:
        weights = self._instruments.weights
        if self._asked.id == elements.INSTRUMENT and weights is not None:
            return weights.answers[item]
        return self._asked.answers

    def _go(self, place: int) -> None:
        rows = list(self._rows.values())
        row = rows[min(len(rows) - 1, max(0, place))]
        row.take_focus()
        self._area.ensureWidgetVisible(row, 0, px(4))


def _row(text: str, answers: Sequence[Offered]) -> AskRow | ChoiceRow:
    if not answers:
        return AskRow(text)
    options = [Option(one.code, one.code, one.code, "accent", one.label(language())) for one in answers]
    return ChoiceRow(text, options)
