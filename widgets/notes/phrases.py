"""Few letters put a phrase of the operator's own where the caret is."""

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QFrame, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget
from shiboken6 import isValid

from models.notes.phrases import Phrase, Phrases, found
from resources.texts import t
from widgets.base.buttons import KeyButton
from widgets.base.card import row
from widgets.base.composition import LineEdit, commit_composition, enter_text
from widgets.base.labels import Label
from widgets.base.lines import LineList
from widgets.theme import px

_MOST = 5
_KEYS = (Qt.Key.Key_Up, Qt.Key.Key_Down)
_ENTERS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_ELSEWHERE = (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason)
"""Another window, or a menu of this very line: nobody has gone anywhere."""


class PhrasePicker(QFrame):
    """Out of sight until it is asked for; Enter takes the first phrase, arrows another, Esc none.

    The phrase goes where the focus was; ``loose(text)`` tells one for which there was no such place. It lies
    over what `anchor` stands under, and takes no room from it: nothing moves, and the caret stays in sight.
    """

    loose = Signal(str)
    book_wanted = Signal()

    def __init__(self, anchor: QWidget) -> None:
        super().__init__(anchor)
        self._anchor = anchor
        self.setProperty("surface", "popover")
        self._phrases = Phrases("", "")
        self._found: tuple[Phrase, ...] = ()
        self._target: QWidget | None = None
        self._before: QWidget | None = None
        self._letters = LineEdit()
        self._letters.setAccessibleName(t("notes.phrase_letters"))
        self._letters.setPlaceholderText(t("notes.phrase_letters"))
        self._letters.textChanged.connect(lambda _: self._look())
        self._letters.installEventFilter(self)
        self._list = LineList(t("notes.phrase_list"))
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.itemClicked.connect(lambda _: self._take())
        self._none = Label(tone="soft", wrap=True)
        book = KeyButton(t("notes.phrase_book"), tone="link")
        book.clicked.connect(self._open_book)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(8), px(8), px(8), px(8))
        column.setSpacing(px(4))
        line = row(self._letters, book, gap=8)
        line.setStretch(0, 1)
        column.addLayout(line)
        column.addWidget(self._list)
        column.addWidget(self._none)
        self.hide()

    def show_phrases(self, phrases: Phrases) -> None:
        """Know these phrases."""
        self._phrases = phrases
        self._look()

    def open_for(self, focus: QWidget | None) -> None:
        """Ask for letters; what is found goes where the focus is now."""
        fits = isinstance(focus, (QLineEdit, QPlainTextEdit)) and focus is not self._letters
        self._target = focus if fits else None
        self._before = focus
        self._letters.clear()
        self.setParent(self._host)
        self.show()
        self.raise_()
        self._letters.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._look()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Choose, take and leave by keys while letters are typed; an input method's own keys never come.

        Whoever goes somewhere else has left it.
        """
        if watched is self._host and event.type() == QEvent.Type.Resize:
            self._place()
        if watched is self._letters and isinstance(event, QFocusEvent) and event.lostFocus():
            focus = QApplication.focusWidget()
            if event.reason() not in _ELSEWHERE and focus is not None and not self.isAncestorOf(focus):
                self.hide()
        if watched is self._letters and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            key = event.key()
            if key in _KEYS and self._found:
                step = 1 if key == Qt.Key.Key_Down else -1
                self._list.setCurrentRow((self._list.currentRow() + step) % self._list.count())
                return True
            if key in _ENTERS:
                self._take()
                return True
            if key == Qt.Key.Key_Escape:
                self._leave()
                return True
        return super().eventFilter(watched, event)

    def _look(self) -> None:
        self._found = found(self._phrases, self._letters.text())[:_MOST]
        self._list.clear()
        for one in self._found:
            self._list.add_line(t("notes.phrase_row", letters=one.letters, words=one.text))
        self._list.setVisible(bool(self._found))
        self._list.setFixedHeight(px(6) + self._list.sizeHintForRow(0) * max(1, len(self._found)))
        self._list.setCurrentRow(0 if self._found else -1)
        self._none.setText(t("notes.phrase_unknown" if self._phrases.kept else "notes.phrase_none"))
        self._none.setVisible(not self._found)
        self._place()

    @property
    def _host(self) -> QWidget:
        return self._anchor.parentWidget() or self._anchor

    def showEvent(self, event: QShowEvent) -> None:
        """Follow the size of what it lies over from now on."""
        super().showEvent(event)
        self._host.installEventFilter(self)

    def hideEvent(self, event: QHideEvent) -> None:
        """Follow it no more: what else happens there is told to nobody."""
        super().hideEvent(event)
        self._host.removeEventFilter(self)

    def _place(self) -> None:
        """Right over its anchor; where that would hide the caret, over the caret, else under it."""
        if not self.isVisible():
            return
        layout = self.layout()
        if layout is not None:
            layout.activate()
        size = QSize(self._anchor.width(), self.sizeHint().height())
        below = self._anchor.mapTo(self._host, QPoint()) - QPoint(0, size.height() + px(2))
        place = QRect(QPoint(below.x(), max(0, below.y())), size)
        caret = self._caret()
        if place.intersects(caret):
            over = caret.top() - size.height() - px(4)
            place.moveTop(over if over >= 0 else caret.bottom() + px(4))
        self.setGeometry(place)

    def _caret(self) -> QRect:
        """Where the caret is in what it lies over; nowhere while there is none."""
        target = self._target
        if target is None or not isValid(target) or not self._host.isAncestorOf(target):
            return QRect()
        caret = target.inputMethodQuery(Qt.InputMethodQuery.ImCursorRectangle)
        rect = caret.toRect() if isinstance(caret, QRectF) else QRect(caret)
        return rect.translated(target.mapTo(self._host, QPoint()))

    def _take(self) -> None:
        commit_composition(self._letters)
        place = self._list.currentRow()
        if not 0 <= place < len(self._found):
            return
        text, target = self._found[place].text, self._target
        self._leave()
        if target is not None and isValid(target):
            enter_text(target, text)
        else:
            self.loose.emit(text)

    def _leave(self) -> None:
        before, self._before = self._before, None
        self.hide()
        if before is not None and isValid(before):
            before.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open_book(self) -> None:
        self._leave()
        self.book_wanted.emit()
