"""The notes that are open at once, beside each other above the form; a key goes round them."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from resources.texts import t
from widgets.base.buttons import Chip
from widgets.base.card import clear
from widgets.base.flow import FlowLayout
from widgets.base.keys import key_for
from widgets.base.labels import Label

_MOST = 3
"""More would push the form aside: the list of my records has them all."""


@dataclass(frozen=True, slots=True)
class OpenNoteView:
    """One of the open notes: whose call it is about, in a few words; `talks`: that call is running."""

    id: str
    words: str
    talks: bool = False
    front: bool = False


class OpenNotes(QWidget):
    """Out of sight while there is nothing to choose; ``chosen(note)`` says which is to come to the front."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._notes: tuple[OpenNoteView, ...] = ()
        # In a second line where the room ends: several long ones would make the whole window wider.
        self._row = FlowLayout(6, self)
        self.hide()

    def show_notes(self, notes: Sequence[OpenNoteView]) -> None:
        """Show these notes, in the order in which they were opened."""
        if tuple(notes) == self._notes:
            return
        self._notes = tuple(notes)
        clear(self._row)
        behind = any(not one.front for one in notes)
        self.setVisible(behind)
        if not behind:
            return
        chips = [self._chip(one) for one in self._in_sight()]
        words = [Label(key_for("next_note"), size="small", tone="faint")]
        if len(notes) > _MOST:
            more = t("notes.more_open", n=len(notes) - _MOST)
            words.insert(0, Label(more, size="small", tone="soft"))
        for part in (*chips, *words):
            self._row.addWidget(part)
        for label in words:
            label.setMinimumHeight(chips[0].sizeHint().height())

    def choose_next(self) -> None:
        """Wish for the note after the one in front, round the end."""
        behind = [one for one in self._notes if not one.front]
        if behind:
            order = [one.front for one in self._notes]
            here = order.index(True) if True in order else -1
            self.chosen.emit(self._notes[(here + 1) % len(self._notes)].id)

    def _in_sight(self) -> list[OpenNoteView]:
        """The one in front, those whose call is running, and the youngest of the others."""
        ranked = sorted(enumerate(self._notes), key=lambda at: (at[1].front, at[1].talks, at[0]))
        return [one for _, one in sorted(ranked[-_MOST:], key=lambda at: at[0])]

    def _chip(self, one: OpenNoteView) -> Chip:
        words = t("notes.open_talks", words=one.words) if one.talks else one.words
        chip = Chip(words, one.id)
        chip.show_on(one.front)
        chip.setAccessibleName(t("notes.open_front" if one.front else "notes.open_behind", words=words))
        chip.toggled.connect(lambda _on, chip=chip: self._choose(chip, one))
        return chip

    def _choose(self, chip: Chip, one: OpenNoteView) -> None:
        # Which is in front is said from outside, once it is.
        chip.show_on(one.front)
        if not one.front:
            self.chosen.emit(one.id)
