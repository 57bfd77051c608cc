"""What is told to the other side: plain text in which personal information stands out."""

import re
from collections.abc import Sequence

from PySide6.QtCore import QEvent
from PySide6.QtGui import QSyntaxHighlighter, QTextCharFormat, QTextDocument
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from resources.texts import t
from widgets.base.card import CardHeader
from widgets.base.composition import commit_composition
from widgets.base.labels import Label
from widgets.theme import colour, px


class _PersonalMarks(QSyntaxHighlighter):
    """Puts a ground under every part that is personal information."""

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self._pattern: re.Pattern[str] | None = None

    def show_parts(self, parts: Sequence[str]) -> None:
        """Mark these parts wherever they stand, the longest first."""
        words = sorted((re.escape(part) for part in parts if part), key=len, reverse=True)
        self._pattern = re.compile("|".join(words)) if words else None
        self.rehighlight()

    def highlightBlock(self, text: str) -> None:
        """Mark one paragraph."""
        if self._pattern is None:
            return
        marked = QTextCharFormat()
        marked.setBackground(colour("mark"))
        for found in self._pattern.finditer(text):
            self.setFormat(found.start(), found.end() - found.start(), marked)


class Disclosure(QWidget):
    """The text that will be told, for the operator to shorten or complete, and what is kept back."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._prefilled = ""
        self._edit = QPlainTextEdit()
        self._edit.setTabChangesFocus(True)
        self._edit.setAccessibleName(t("referrals.told"))
        self._edit.setFixedHeight(px(90))
        self._marks = _PersonalMarks(self._edit.document())
        self._withheld = Label(size="small", tone="faint", wrap=True)
        self._stale = Label(t("referrals.text_stale"), size="small", tone="care", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(4))
        column.addWidget(CardHeader(t("referrals.told"), t("referrals.personal_marked")))
        column.addWidget(self._edit)
        column.addWidget(self._stale)
        column.addWidget(self._withheld)
        self._stale.hide()

    def show_text(self, text: str, personal: Sequence[str], withheld: str, fresh: bool) -> None:
        """Fill the text in; one that the operator changed stays, with a warning, until a fresh sheet."""
        edited = not fresh and self.text() != self._prefilled
        if not edited and text != self.text():
            self._edit.setPlainText(text)
        self._stale.setVisible(edited and text != self._prefilled)
        if not edited:
            self._prefilled = text
        self._marks.show_parts(personal)
        self._withheld.setText(t("referrals.withheld", what=withheld) if withheld else "")
        self._withheld.setVisible(bool(withheld))

    def changeEvent(self, event: QEvent) -> None:
        """Mark in the colours in use: they may be exchanged while it is open."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._marks.rehighlight()

    def text(self) -> str:
        """Return what will be told."""
        return self._edit.toPlainText()

    def commit(self) -> None:
        """Take what is still being composed into the text."""
        commit_composition(self._edit)
