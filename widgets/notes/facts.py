"""What other panels know of the call already, under the fields of its note: read, not entered again."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QVBoxLayout, QWidget

from resources.texts import t
from widgets.base.card import clear
from widgets.base.labels import Label
from widgets.theme import px


@dataclass(frozen=True, slots=True)
class Fact:
    """One sentence, and how it is toned."""

    words: str
    tone: str = "soft"


class Facts(QWidget):
    """Out of sight while there is nothing to say."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._facts: tuple[Fact, ...] = ()
        self.setAccessibleName(t("notes.facts"))
        self._list = QVBoxLayout(self)
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(px(2))
        self.hide()

    def show_facts(self, facts: Sequence[Fact]) -> None:
        """Show these, in this order."""
        if tuple(facts) == self._facts:
            return
        self._facts = tuple(facts)
        clear(self._list)
        for one in facts:
            self._list.addWidget(Label(one.words, size="small", tone=one.tone, wrap=True))
        self.setVisible(bool(facts))
