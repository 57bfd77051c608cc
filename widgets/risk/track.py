"""One instrument beside the quick screen: its items, what they come to, what must be known of it."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from models.risk import cssrs, elements
from models.risk.assessment import Assessment
from models.risk.questionnaire import Instruments, Offered, Questionnaire
from models.risk.quick_screen import AskState
from models.risk.scoring import latest, result_of
from resources.texts import language, t
from widgets.base.card import scrolling
from widgets.base.labels import Label
from widgets.base.segment import Option
from widgets.risk.head import ItemsHead
from widgets.risk.items import Items
from widgets.risk.result import said_of
from widgets.risk.rows import AskRow, ChoiceRow
from widgets.theme import px

_UNCLEAR = (AskState.REFUSED, AskState.UNCLEAR)


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
        self.head = ItemsHead(self._title)
        self._values: dict[str, str] = {}
        self._result = Label(size="small", tone="soft", wrap=True)
        self._rows: dict[str, AskRow | ChoiceRow] = {
            item.code: _row(item.label(language()), self._answers(item.code)) for item in asked.items
        }
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(1))
        self.items = Items(self._rows)
        self.items.answered.connect(self._take)
        self._area = scrolling(self.items)
        self.items.gone_to.connect(lambda row: self._area.ensureWidgetVisible(row, 0, px(4)))
        self.head.words_wanted.connect(self.items.ask_for_words)
        column.addWidget(self.head)
        column.addWidget(self._area, 1)
        column.addWidget(self._result)
        if asked.caution is not None:
            column.addWidget(Label(asked.caution.label(language()), size="small", tone="soft", wrap=True))
        self.show_assessment(None)

    def show_assessment(self, assessment: Assessment | None) -> None:
        """Show what is known; an item without a response was not asked."""
        self._values = dict(latest(assessment.responses, self._asked.id)) if assessment else {}
        self._show_values()
        result = result_of(self._instruments, self._asked.id, assessment) if assessment else None
        self._result.setText(said_of(self._asked, result))
        self._result.setVisible(bool(self._result.text()))

    def take_focus(self) -> None:
        """Go to the first item without an answer, to the first of all where each has one."""
        self.items.take_focus()

    def _take(self, item: str, value: str) -> None:
        """Show at once what an answer leaves out, before the keys go on."""
        self._values[item] = value
        self._show_values()
        self.responded.emit(item, value)

    def _show_values(self) -> None:
        left_out, not_yet = self._passed_over()
        for item, row in self._rows.items():
            row.show_value(self._values.get(item, ""), skipped=item in left_out)
        said = [self._values.get(item, "") for item in self._rows if item not in (*left_out, *not_yet)]
        unasked = sum(one in ("", AskState.NOT_ASKED) for one in said)
        unclear = sum(one in _UNCLEAR for one in said)
        parts = [t("risk.open_items", n=unasked)] if unasked else []
        parts += [t("risk.still_unclear", n=unclear)] if unclear else []
        self.head.show_open(t("risk.separator").join(parts) or t("risk.all_done"), unasked)

    def _passed_over(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """What the instrument itself leaves out, and what has no meaning until another item was a yes."""
        if self._asked.id != cssrs.INSTRUMENT:
            return (), ()
        said = {one: AskState(self._values[one]) for one in cssrs.Question if self._values.get(one)}
        ever = said.get(cssrs.Question.Q6_EVER) is AskState.YES
        return cssrs.skipped(said), () if ever else (cssrs.Question.Q6_RECENT,)

    def _answers(self, item: str) -> Sequence[Offered]:
        weights = self._instruments.weights
        if self._asked.id == elements.INSTRUMENT and weights is not None:
            return weights.answers[item]
        return self._asked.answers


def _row(text: str, answers: Sequence[Offered]) -> AskRow | ChoiceRow:
    if not answers:
        return AskRow(text)
    options = [Option(one.code, one.code, one.code, "accent", one.label(language())) for one in answers]
    return ChoiceRow(text, options)
