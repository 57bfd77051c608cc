"""The shift lead's desk: who is on duty, what was noted, and the record that needs a second pair of eyes."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from models.calls.events import Watching
from resources.texts import t
from widgets.base.card import CardHeader, scrolling
from widgets.base.durations import short_text
from widgets.base.labels import Label
from widgets.base.later import Later
from widgets.base.segment import Option, Segment
from widgets.lead.notes import ShiftNotes
from widgets.lead.operators import Operators
from widgets.lead.reading import Reading
from widgets.lead.side import Side
from widgets.lead.talks import Talks
from widgets.lead.view import AskView, OperatorView, RecordText, ShiftNoteView, TalkView
from widgets.lead.wishes import SeatWishes, WishView
from widgets.theme import px

# The present shift, a week, and as long as cards are here.
_DAYS = (0, 7, 28)


class LeadDesk(QWidget):
    """Three columns: operators, notes of the shift, the open record."""

    open_wanted = Signal(str)
    acknowledge_wanted = Signal(str)
    ask_wanted = Signal(str, str, int)
    unmask_wanted = Signal(str)
    seconded = Signal(str, bool)
    back_wanted = Signal(int)
    watch_wanted = Signal(str, Watching)
    take_over_wanted = Signal(str)
    lengthen_wanted = Signal(str, int)
    seat_answered = Signal(str, bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._talks, self._talks_head = Talks(), CardHeader(t("lead.talks"))
        self._operators, self._operators_head = Operators(), CardHeader(t("lead.operators"))
        self._notes, self._notes_head = ShiftNotes(), CardHeader(t("lead.notes"))
        self._reading = Reading()
        self._side = Side(self._reading)
        options = [Option(str(days), t(f"lead.back_{days}"), tone="accent") for days in _DAYS]
        self._back = Segment(options, t("lead.back"))
        self._back.show_choice(str(_DAYS[0]))
        self._back.chosen.connect(lambda days: self.back_wanted.emit(int(days)))
        self._missed = Label(tone="care", wrap=True)
        self._missed.hide()
        self._left = self._left_side()
        self._middle = self._column(self._notes_head, self._notes, self._back, self._missed)
        columns = QHBoxLayout(self)
        columns.setContentsMargins(px(8), px(8), px(8), px(8))
        columns.setSpacing(px(8))
        columns.addWidget(self._left, 276)
        columns.addWidget(self._middle, 620)
        columns.addWidget(self._side, 440)
        self._talks.watch_wanted.connect(self.watch_wanted)
        self._talks.take_over_wanted.connect(self.take_over_wanted)
        self._notes.open_wanted.connect(self.open_wanted)
        self._notes.acknowledge_wanted.connect(self.acknowledge_wanted)
        self._listen_to_reading()

    def _listen_to_reading(self) -> None:
        self._reading.acknowledge_wanted.connect(self.acknowledge_wanted)
        self._reading.ask_wanted.connect(self.ask_wanted)
        self._reading.unmask_wanted.connect(self.unmask_wanted)
        self._reading.seconded.connect(self.seconded)

    @property
    def reading(self) -> Reading:
        """The part in which a whole record is read."""
        return self._reading

    def take_recordings(self, recordings: QWidget, show_call: Callable[[str], object]) -> None:
        """Put the part that shows recordings into the open record; it is told of which call."""
        self._reading.take_recordings(recordings)
        self._reading.call_shown.connect(show_call)

    def show_operators(self, operators: tuple[OperatorView, ...]) -> None:
        """Show who is on duty."""
        self._operators_head.show_texts(t("lead.operators"), t("lead.count", n=len(operators)))
        self._operators.show_operators(operators)

    def show_wishes(self, wishes: tuple[WishView, ...]) -> None:
        """Show who asks for a seat that another workstation holds."""
        self._wishes.show_wishes(wishes)

    def take_live(self, panel: Later[QWidget]) -> None:
        """The panel that shows how dangerous a running conversation is; here it is only read."""
        self._side.take_live(panel)

    def show_live(self, heading: str, hint: str) -> None:
        """Say whose conversation that panel is about, "" for none, and what is not known of it yet."""
        self._side.show_live(heading, hint)

    def open_live(self) -> None:
        """Turn to that panel."""
        self._side.open_live()

    def show_talks(self, talks: tuple[TalkView, ...]) -> None:
        """Show the conversations of the other seats."""
        self._talks_head.show_texts(t("lead.talks"), t("lead.count", n=len(talks)))
        self._talks.show_talks(talks)

    def show_notes(self, notes: tuple[ShiftNoteView, ...]) -> None:
        """Show the notes of the shift, R3 and R4 on top."""
        open_alerts = sum(note.waits for note in notes)
        right = t("lead.unseen", n=open_alerts) if open_alerts else t("lead.count", n=len(notes))
        self._notes_head.show_texts(t("lead.notes"), right)
        self._notes_head.right.show_tone("care" if open_alerts else "soft")
        self._notes.show_notes(notes)
        self._notes.follow(self)

    def show_missed(self, count: int, last: datetime | None, longest_seconds: int) -> None:
        """Show how many callers nobody answered, when the last was gone, and how long one waited at most."""
        self._missed.setVisible(count > 0)
        if last is not None:
            passed = short_text(longest_seconds)
            self._missed.setText(t("lead.missed", n=count, time=f"{last:%H:%M}", passed=passed))

    def show_record(self, record: RecordText | None) -> None:
        """Show the whole of a record, or put it away."""
        self._notes.show_reading(record.id if record is not None else "")
        self._reading.show_record(record)

    def show_ask(self, ask: AskView | None) -> None:
        """Show the way to a full text that may not be read yet, or put it away."""
        self._notes.show_reading(ask.id if ask is not None else "")
        self._reading.show_ask(ask)

    def show_now(self, now: datetime) -> None:
        """Bring the minutes up to a moment."""
        self._talks.show_now(now)
        self._operators.show_now(now)

    def _left_side(self) -> QWidget:
        """Who asks for a seat, then the conversations and who is there."""
        self._wishes = SeatWishes()
        self._wishes.answered.connect(self.seat_answered)
        self._operators.lengthen_wanted.connect(self.lengthen_wanted)
        whole = self._column(self._talks_head, self._on_duty())
        column = whole.layout()
        if isinstance(column, QVBoxLayout):
            column.insertWidget(0, self._wishes)
        return whole

    def _on_duty(self) -> QWidget:
        """The conversations, and below them all who are there."""
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(6))
        column.addWidget(self._talks)
        column.addWidget(self._operators_head)
        column.addWidget(self._operators, 1)
        return whole

    def _column(self, head: CardHeader, content: QWidget, *between: QWidget) -> QWidget:
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, px(4), 0, 0)
        column.setSpacing(px(6))
        column.addWidget(head)
        for widget in between:
            column.addWidget(widget)
        column.addWidget(scrolling(content), 1)
        return whole
