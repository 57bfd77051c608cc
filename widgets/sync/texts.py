"""Two texts of one note side by side; one act chooses or joins."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from resources.texts import t
from widgets.base.buttons import KeyButton
from widgets.base.card import Card, clear, row, scrolling
from widgets.base.labels import Label
from widgets.base.marked_label import MarkedLabel
from widgets.base.marking import marked
from widgets.base.whole_numbers import WholeNumbers
from widgets.sync.view import DifferenceView, TextsView
from widgets.theme import px


class TwoTexts(QWidget):
    """Where the texts differ, field by field. Nothing is dropped: what gives way is kept with the note.

    ``chosen`` says mine, other or both, with the ids of note and version; ``unmask_wanted(note, reason)``.
    """

    chosen = Signal(str, str, str)
    unmask_wanted = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view: TextsView | None = None
        self._heading = Label(strong=True, wrap=True)
        self._hint = Label(t("sync.texts_hint"), tone="soft", wrap=True)
        self._marks = Label(t("sync.texts_marks"), size="small", tone="soft", wrap=True)
        self._more = Label(size="small", tone="soft")
        self._numbers = WholeNumbers()
        self._numbers.given.connect(self._unmask)
        self._none = Label(t("sync.no_texts"), tone="soft", wrap=True)
        self._buttons = {
            "mine": KeyButton(t("sync.keep_mine")),
            "other": KeyButton(t("sync.take_other")),
            "both": KeyButton(t("sync.take_both"), tone="accent"),
        }
        self._content = QWidget()
        self._grid = QGridLayout(self._content)
        self._grid.setContentsMargins(0, 0, px(8), 0)
        self._grid.setHorizontalSpacing(px(10))
        self._grid.setVerticalSpacing(px(6))
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 1)
        self._area = scrolling(self._content)
        self._area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._area.setAccessibleName(t("sync.two_texts"))
        self._arrange()
        self.setFocusProxy(self._buttons["both"])
        self.show_texts(None)

    def show_texts(self, view: TextsView | None) -> None:
        """Show two texts, or that there is nothing to decide."""
        if view is not None and view == self._view:
            return
        self._view = view
        for part in (self._heading, self._hint, self._marks, self._area, *self._buttons.values()):
            part.setVisible(view is not None)
        self._none.setVisible(view is None)
        self._numbers.show_masked(view is not None and view.masked)
        self._more.setVisible(bool(view and view.more))
        self._fill(view)
        if view is not None:
            self._heading.setText(view.heading)
            self._more.setText(t("sync.more_texts", n=view.more))

    def _fill(self, view: TextsView | None) -> None:
        clear(self._grid)
        if view is None:
            return
        heads = (
            t("sync.mine", time=f"{view.mine_at:%m-%d %H:%M}"),
            t("sync.other", time=f"{view.other_at:%m-%d %H:%M}"),
        )
        for side, head in enumerate(heads):
            self._grid.addWidget(Label(head, size="small", tone="soft", wrap=True), 0, side)
        line = 1
        for difference in view.rows:
            self._add(difference, line)
            line += 2
        self._grid.setRowStretch(line, 1)

    def _add(self, difference: DifferenceView, line: int) -> None:
        self._grid.addWidget(Label(difference.name, strong=True), line, 0, 1, 2)
        for side, runs in enumerate(marked(difference.mine, difference.other)):
            card = Card()
            card.body.addWidget(MarkedLabel(runs) if runs else Label(t("sync.empty"), tone="soft", wrap=True))
            card.body.addStretch(1)
            self._grid.addWidget(card, line + 1, side)

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(8))
        for part in (self._none, self._heading, self._hint, self._marks, self._numbers):
            column.addWidget(part)
        column.addWidget(self._area, 1)
        column.addWidget(self._more)
        buttons = row(*self._buttons.values())
        buttons.insertStretch(0, 1)
        column.addLayout(buttons)
        for choice, button in self._buttons.items():
            button.clicked.connect(lambda _checked=False, choice=choice: self._choose(choice))

    def _unmask(self, reason: str) -> None:
        if self._view is not None:
            self.unmask_wanted.emit(self._view.note, reason)

    def _choose(self, choice: str) -> None:
        if self._view is not None:
            self.chosen.emit(self._view.note, self._view.version, choice)
