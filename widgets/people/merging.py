"""What will be together if two persons are one; shown before anything is merged."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from resources.texts import t
from widgets.base.buttons import KeyButton
from widgets.base.card import Card, CardHeader, row
from widgets.base.labels import Label
from widgets.people.view import MergeView
from widgets.people.words import calls_of, name_of


class MergeCard(Card):
    """Two persons, what both have, and the question."""

    confirmed = Signal(str, str)
    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("care", parent=parent)
        self._view: MergeView | None = None
        self._one, self._other = Label(strong=True, wrap=True), Label(strong=True, wrap=True)
        self._sum = Label(wrap=True)
        self._merge = KeyButton(t("persons.merge_now"), tone="care")
        self._cancel = KeyButton(t("persons.cancel"))
        self._merge.clicked.connect(self._confirm)
        self._cancel.clicked.connect(self.cancelled)
        self.body.addWidget(CardHeader(t("persons.merge_question")))
        self.body.addWidget(self._one)
        self.body.addWidget(self._other)
        self.body.addWidget(self._sum)
        self.body.addWidget(Label(t("persons.merge_hint"), size="small", tone="soft", wrap=True))
        self.body.addLayout(row(self._merge, self._cancel, 1))
        self.hide()

    def show_view(self, view: MergeView | None) -> None:
        """Show two that may be one; None where nothing is proposed."""
        appears = view is not None and self._view is None
        self._view = view
        self.setVisible(view is not None)
        if view is None:
            return
        self._one.setText(t("persons.merge_line", name=name_of(view.one), calls=calls_of(view.one)))
        self._other.setText(t("persons.merge_line", name=name_of(view.other), calls=calls_of(view.other)))
        self._sum.setText(t("persons.merge_sum", numbers=view.numbers, calls=view.calls))
        if appears:
            self._cancel.setFocus()

    def _confirm(self) -> None:
        if self._view is not None:
            self.confirmed.emit(self._view.one.id, self._view.other.id)
