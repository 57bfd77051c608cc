"""The items of an instrument under one another, and the ways of the keys between them."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from widgets.base.card import Rule
from widgets.risk.rows import Row
from widgets.theme import px


class Items(QWidget):
    """Tells each answer once: ``answered(code, value)``; ``turned(±1)`` asks for another instrument,
    ``words_wanted(code, row)`` for words to ask an item with, ``gone_to(row)`` tells where the keys are,
    ``ended`` that the last item was answered by its key.
    """

    answered = Signal(str, str)
    turned = Signal(int)
    words_wanted = Signal(str, QWidget)
    gone_to = Signal(QWidget)
    ended = Signal()

    def __init__(self, rows: Mapping[str, Row], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = dict(rows)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(1))
        for place, (code, row) in enumerate(self._rows.items()):
            if place:
                column.addWidget(Rule())
            column.addWidget(row)
            row.answered.connect(lambda value, code=code: self.answered.emit(code, value))
            row.stepped.connect(lambda step, place=place: self._go(place + step))
            row.moved_on.connect(lambda place=place: self._move_on(place))
            row.turned.connect(self.turned)
            row.words_wanted.connect(lambda code=code, row=row: self.words_wanted.emit(code, row))
        column.addStretch(1)

    @property
    def has_open(self) -> bool:
        """True while an item has no answer."""
        return bool(self._open())

    def take_focus(self) -> None:
        """Go to the first item without an answer, to the first of all where each has one."""
        open_rows = self._open()
        self._go(open_rows[0] if open_rows else 0)

    def go_to_next_open(self) -> None:
        """Go to the next item without an answer, from where the keys are on; stay where there is none."""
        rows = list(self._rows.values())
        here = next((place for place, row in enumerate(rows) if row.has_focus), -1)
        open_rows = [place for place in self._open() if place != here]
        if open_rows:
            self._go(next((place for place in open_rows if place > here), open_rows[0]))

    def ask_for_words(self) -> None:
        """Ask for words for the item that the keys are on, for the first without an answer else."""
        rows = list(self._rows.items())
        here = [pair for pair in rows if pair[1].has_focus]
        open_rows = [rows[place] for place in self._open()]
        code, row = (here or open_rows or rows)[0]
        self.words_wanted.emit(code, row)

    def _open(self) -> list[int]:
        return [place for place, row in enumerate(self._rows.values()) if row.is_open]

    def _move_on(self, place: int) -> None:
        """To the item that comes next in the instrument; what it leaves out itself is passed over."""
        following = (n for n, row in enumerate(self._rows.values()) if n > place and not row.is_skipped)
        to = next(following, None)
        if to is None:
            self.ended.emit()
        else:
            self._go(to)

    def _go(self, place: int) -> None:
        rows = list(self._rows.values())
        row = rows[min(len(rows) - 1, max(0, place))]
        row.take_focus()
        self.gone_to.emit(row)
