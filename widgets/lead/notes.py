"""The notes of the shift, the dangerous ones on top."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from models.notes.note import NoteState
from resources.texts import t
from widgets.base.buttons import KeyButton
from widgets.base.card import row
from widgets.base.labels import ElidedLabel, Label
from widgets.base.levels import LEVELS, level_text
from widgets.base.pressed import PressedCard
from widgets.base.tag import LevelTag, Tag, widest
from widgets.lead.view import ShiftNoteView, by_urgency
from widgets.theme import px, restyle

# A shift may go over midnight.
_NIGHT = 2


class NoteCard(PressedCard):
    """One note; each can be opened, R3 and R4 acknowledged."""

    open_wanted = Signal(str)
    acknowledge_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.pressed.connect(self._wish_open)
        self.body.setContentsMargins(px(12), px(6), px(8), px(6))
        self._note: ShiftNoteView | None = None
        self._time = Label(strong=True)
        self._level = LevelTag()
        self._level.setMinimumWidth(widest(map(level_text, LEVELS), self._level))
        self._category = ElidedLabel()
        self._operator = ElidedLabel(tone="soft")
        self._state = Tag()
        self._state.setMinimumWidth(widest((t(f"lead.state_{each}") for each in NoteState), self._state))
        for words in (self._category, self._operator):
            words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._seen = KeyButton(t("lead.acknowledge"), tone="soft")
        self._seen.set_compact()
        keep = self._seen.sizePolicy()
        keep.setRetainSizeWhenHidden(True)
        self._seen.setSizePolicy(keep)
        self._seen.clicked.connect(self._wish_acknowledge)
        line = row(self._time, self._level, self._category, self._operator, self._state, self._seen, gap=10)
        line.setStretch(2, 3)
        line.setStretch(3, 2)
        self.body.addLayout(line)

    def show_note(self, note: ShiftNoteView, reading: bool, dated: bool = False) -> None:
        """Show a note, whether it is the one that is read, and its day where more than one is shown."""
        self._note = note
        self._time.setText(f"{note.at:%m-%d %H:%M}" if dated else f"{note.at:%H:%M}")
        self._level.show_level(note.level)
        self._category.setText(note.category)
        self._operator.setText(note.operator)
        done = note.state is NoteState.FINISHED
        self._state.show_text(t(f"lead.state_{note.state}"), "plain" if done else "care")
        self._seen.setVisible(note.waits)
        self._seen.setAccessibleName(t("lead.acknowledge_named", time=self._time.text(), who=note.operator))
        edge = self._edge(note)
        restyle(self, tone="accent" if reading else "plain", edge=edge)
        # The coloured edge is wider than the usual one: what stands in the rows stays in line.
        self.body.setContentsMargins(px(12) - (px(4) - px(1) if edge != "plain" else 0), px(6), px(8), px(6))
        words = (self._time.text(), self._level.text(), note.category, note.operator, self._state.text())
        self.setAccessibleName(" · ".join(words))

    def follow(self, before: QWidget) -> QWidget:
        """Come behind another part when Tab is pressed; return the last part of this note."""
        self.setTabOrder(before, self)
        self.setTabOrder(self, self._seen)
        return self._seen

    def _edge(self, note: ShiftNoteView) -> str:
        if not note.alarming or note.seen:
            return "plain"
        return "urgent" if note.level == "R4" else "care"

    def _wish_open(self) -> None:
        if self._note is not None:
            self.open_wanted.emit(self._note.id)

    def _wish_acknowledge(self) -> None:
        if self._note is not None:
            self.acknowledge_wanted.emit(self._note.id)


class ShiftNotes(QWidget):
    """All notes of the shift by urgency."""

    open_wanted = Signal(str)
    acknowledge_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cards: dict[str, NoteCard] = {}
        self._notes: tuple[ShiftNoteView, ...] = ()
        self._reading = ""
        self._none = Label(t("lead.no_notes"), tone="soft")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(px(4))
        self._column.addWidget(self._none)
        self._column.addStretch(1)

    def show_notes(self, notes: tuple[ShiftNoteView, ...]) -> None:
        """Show these; they are put in order here."""
        self._notes = by_urgency(notes)
        wanted = {note.id for note in notes}
        for gone in [each for each in self._cards if each not in wanted]:
            card = self._cards.pop(gone)
            card.hide()
            card.deleteLater()
        dated = len({note.at.date() for note in notes}) > _NIGHT
        for place, note in enumerate(self._notes):
            card = self._cards.get(note.id) or self._new_card(note.id)
            self._column.insertWidget(place, card)
            card.show_note(note, note.id == self._reading, dated)
        self._none.setVisible(not notes)

    def follow(self, before: QWidget) -> None:
        """Come behind another part when Tab is pressed: cards made last would come last in the window."""
        for note in self._notes:
            before = self._cards[note.id].follow(before)

    def show_reading(self, note_id: str) -> None:
        """Mark the note that is read."""
        self._reading = note_id
        self.show_notes(self._notes)

    def _new_card(self, note_id: str) -> NoteCard:
        card = NoteCard()
        card.open_wanted.connect(self.open_wanted)
        card.acknowledge_wanted.connect(self.acknowledge_wanted)
        self._cards[note_id] = card
        return card
