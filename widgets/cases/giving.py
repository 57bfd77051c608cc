"""Giving the case to somebody else: at that seat it rings first from then on."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from models.people.staff import Member
from resources.texts import t
from widgets.base.buttons import KeyButton
from widgets.base.card import row
from widgets.cases.counsellor import NO_WORDS, NOBODY, CounsellorChoice


class Giving(QWidget):
    """``given(Member)``: what is chosen counts once the button beside it was pressed."""

    given = Signal(Member)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._whose = NOBODY
        self._choice = CounsellorChoice(t("cases.give_to"))
        self._choice.picked.connect(self._look)
        self._button = KeyButton(t("cases.give"))
        self._button.clicked.connect(lambda: self.given.emit(self._choice.chosen))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        line = row(self._choice, self._button)
        line.setStretch(0, 1)
        column.addLayout(line)
        self._look()

    def show_staff(self, staff: Sequence[Member], words: Mapping[str, str] = NO_WORDS) -> None:
        """Offer these, with what is to be said beside a name; who is chosen stays so."""
        self._choice.show_staff(staff, words)
        self._look()

    def show_whose(self, whose: Member) -> None:
        """Show whose the case is; who was chosen and not given yet stays while it is the same one's."""
        if whose.id != self._whose.id:
            self._choice.choose(whose)
        self._whose = whose
        self._look()

    def forget(self) -> None:
        """Another case is shown."""
        self._whose = NOBODY
        self._choice.choose(NOBODY)

    def _look(self) -> None:
        chosen = self._choice.chosen
        self._button.setEnabled(bool(chosen.id) and chosen.id != self._whose.id)
