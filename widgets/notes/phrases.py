"""Few letters put a phrase of the operator's own where the caret is."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget
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


class PhrasePicker(QWidget):
    """Out of sight until it is asked for; Enter takes the first phrase, arrows another, Esc none.

    The phrase goes where the focus was; ``loose(text)`` tells one for which there was no such place.
    """

    loose = Signal(str)
    book_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
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
        column.setContentsMargins(0, 0, 0, 0)
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
        self.show()
        self._letters.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._look()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Choose, take and leave by keys while letters are typed; an input method's own keys never come."""
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
