"""The operator's own phrases, to be made, changed and dropped."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from models.notes.phrases import LONGEST_LETTERS, Phrases
from resources.texts import t
from widgets.base.buttons import KeyButton
from widgets.base.card import row
from widgets.base.composition import LineEdit, commit_composition
from widgets.base.labels import Label
from widgets.base.lines import LineList
from widgets.base.writing import Writing
from widgets.theme import px


class PhraseBook(QWidget):
    """``put(phrase, letters, text)`` keeps one ("" for a new one), ``dropped(phrase)`` takes one away."""

    put = Signal(str, str, str)
    dropped = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._phrases = Phrases("", "")
        self._chosen = ""
        self._list = LineList(t("notes.phrase_list"))
        self._list.currentRowChanged.connect(self._choose)
        self._letters = LineEdit()
        self._letters.setAccessibleName(t("notes.phrase_letters_new"))
        self._letters.setPlaceholderText(t("notes.phrase_letters_new"))
        self._letters.setMaxLength(LONGEST_LETTERS)
        self._text = Writing(t("notes.phrase_text"))
        self._text.setPlaceholderText(t("notes.phrase_text_hint"))
        self._text.setFixedHeight(px(120))
        self._state = Label(tone="care", wrap=True)
        self._fresh = KeyButton(t("notes.phrase_new"))
        self._drop = KeyButton(t("notes.phrase_drop"))
        self._keep = KeyButton(t("notes.phrase_keep"), tone="accent")
        self._fresh.clicked.connect(self._begin)
        self._drop.clicked.connect(lambda: self.dropped.emit(self._chosen))
        self._keep.clicked.connect(self._tell)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(8))
        column.addWidget(Label(t("notes.phrase_hint"), tone="soft", wrap=True))
        for part in (self._list, self._letters, self._text, self._state):
            column.addWidget(part)
        column.addLayout(row(self._fresh, self._drop, 1, self._keep))
        self.setFocusProxy(self._letters)
        self._begin()

    def show_phrases(self, phrases: Phrases) -> None:
        """Show these; what is being written stays."""
        self._phrases = phrases
        self._list.blockSignals(True)
        self._list.clear()
        for one in phrases.kept:
            first = one.text.strip().split("\n")[0]
            self._list.add_line(t("notes.phrase_row", letters=one.letters, words=first))
        ids = [one.id for one in phrases.kept]
        self._list.setCurrentRow(ids.index(self._chosen) if self._chosen in ids else -1)
        self._list.blockSignals(False)
        if self._chosen and self._chosen not in ids:
            self._begin()

    def show_state(self, state: str) -> None:
        """Say why a phrase was not kept; with "" it was, and the next one can be written."""
        self._state.setText(state)
        if not state:
            self._begin()

    def _choose(self, place: int) -> None:
        if 0 <= place < len(self._phrases.kept):
            one = self._phrases.kept[place]
            self._chosen = one.id
            self._letters.setText(one.letters)
            self._text.show_text(one.text)
            self._drop.setEnabled(True)

    def _begin(self) -> None:
        self._chosen = ""
        self._letters.clear()
        self._text.show_text("")
        self._state.setText("")
        self._drop.setEnabled(False)
        self._list.setCurrentRow(-1)

    def _tell(self) -> None:
        commit_composition(self._letters)
        self._text.commit()
        self.put.emit(self._chosen, self._letters.text(), self._text.words)
