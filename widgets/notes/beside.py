"""Under a note: who signed it, what was added to it, and the ways to its history and to paper."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtWidgets import QVBoxLayout, QWidget

from resources.texts import t
from widgets.base.buttons import KeyButton
from widgets.base.card import clear, row
from widgets.base.labels import Label
from widgets.base.writing import Writing
from widgets.theme import px


@dataclass(frozen=True, slots=True)
class AddedView:
    """One addition: when and by whom, its words, and whether it came when the note was closed to changes."""

    head: str
    text: str
    late: bool = False


@dataclass(frozen=True, slots=True)
class BesideView:
    """What stands beside a note; `signed` in words, `altered`: the text is not the one its author signed."""

    note: str
    signed: tuple[str, ...] = ()
    altered: bool = False
    added: tuple[AddedView, ...] = ()
    may_add: bool = False
    may_print: bool = False
    may_sign: bool = False


class Beside(QWidget):
    """``added(note, text)`` tells words to be put beside it; the other signals name the note.

    Its parts are made when there is a note to show: many a view has none all day.
    """

    added = Signal(str, str)
    history_wanted = Signal(str)
    print_wanted = Signal(str)
    sign_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view: BesideView | None = None
        self._made = False
        self.hide()

    def show_beside(self, view: BesideView | None) -> None:
        """Show what stands beside a note, or nothing; words that are being written stay with their note."""
        if view == self._view:
            return
        if not self._made:
            self._make()
        if view is None or self._view is None or view.note != self._view.note:
            self._put_away()
            self._writing.show_text("")
            self._take.setEnabled(False)
        self._view = view
        self.setVisible(view is not None)
        clear(self._list)
        if view is None:
            return
        for one in view.added:
            self._list.addWidget(Label(one.head, size="small", tone="care" if one.late else "soft"))
            self._list.addWidget(Label(one.text, wrap=True))
        self._signed.setText(t("beside.separator").join(view.signed))
        self._signed.setVisible(bool(view.signed))
        self._altered.setVisible(view.altered)
        self._add.setVisible(view.may_add)
        self._sign.setVisible(view.altered and view.may_sign)
        self._print.setVisible(view.may_print)

    def commit(self) -> None:
        """Take what is still being composed into the words."""
        if self._made:
            self._writing.commit()

    def _make(self) -> None:
        self._made = True
        self._signed = Label(size="small", tone="soft", wrap=True)
        self._altered = Label(t("beside.altered"), size="small", tone="care", wrap=True)
        self._list = QVBoxLayout()
        self._list.setSpacing(px(4))
        self._writing = Writing(t("beside.add_name"))
        self._writing.setFixedHeight(px(64))
        self._take = KeyButton(t("beside.add_take"), tone="accent")
        self._writing.written.connect(lambda text: self._take.setEnabled(bool(text.strip())))
        self._add = _link(t("beside.add"), self._open)
        self._history = _link(t("beside.history"), lambda: self._wish(self.history_wanted))
        self._sign = _link(t("beside.sign"), lambda: self._wish(self.sign_wanted))
        self._print = _link(t("beside.print"), lambda: self._wish(self.print_wanted))
        self._question = self._asking()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(4))
        column.addLayout(self._list)
        column.addWidget(self._question)
        column.addWidget(self._altered)
        column.addWidget(self._signed)
        column.addLayout(row(self._sign, self._add, self._history, self._print, 1, gap=10))
        self._put_away()

    def _asking(self) -> QWidget:
        self._take.clicked.connect(self._tell)
        drop = KeyButton(t("beside.add_drop"))
        drop.clicked.connect(self._put_away)
        question = QWidget()
        column = QVBoxLayout(question)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(4))
        column.addWidget(Label(t("beside.add_hint"), size="small", tone="soft", wrap=True))
        column.addWidget(self._writing)
        column.addLayout(row(1, drop, self._take))
        return question

    def _open(self) -> None:
        self._question.show()
        self._writing.setFocus(Qt.FocusReason.OtherFocusReason)

    def _put_away(self) -> None:
        self._question.hide()

    def _tell(self) -> None:
        self.commit()
        text = self._writing.words
        if self._view is not None and text.strip():
            self._writing.show_text("")
            self._take.setEnabled(False)
            self._put_away()
            self.added.emit(self._view.note, text)

    def _wish(self, signal: SignalInstance) -> None:
        if self._view is not None:
            signal.emit(self._view.note)


def _link(label: str, act: Callable[[], object]) -> KeyButton:
    button = KeyButton(label, tone="link")
    button.clicked.connect(act)
    return button
