"""The line at the bottom: what is saved, the server's time, keys, seat."""

from collections.abc import Callable
from datetime import datetime, timedelta

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from resources.texts import t
from widgets.base.buttons import KeyButton
from widgets.base.card import row
from widgets.base.durations import ago_text
from widgets.base.keys import key_for
from widgets.base.labels import Label, StatusDot
from widgets.base.overflow import OverflowRow
from widgets.session.practice import PracticeMark
from widgets.session.view import SavedView, Saving
from widgets.theme import px

_TONES = {
    Saving.NOTHING: ("text_faint", "soft"),
    Saving.PENDING: ("care", "care"),
    Saving.SAVED: ("good", "good"),
    Saving.FAILED: ("care", "care"),
}


class StatusBar(QFrame):
    """Quiet facts; nothing here ever blinks."""

    greeting_wanted = Signal()
    records_wanted = Signal()
    search_wanted = Signal()
    keys_wanted = Signal()
    password_wanted = Signal()
    backup_wanted = Signal()

    def __init__(self, practice: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "status")
        self.setFixedHeight(px(28))
        self._saved = SavedView(Saving.NOTHING)
        self._server_offset: timedelta | None = None
        self._saved_dot = StatusDot("text_faint")
        self._saved_text = Label(size="small", tone="soft")
        self._server_dot = StatusDot("text_faint")
        self._server_text = Label(size="small", tone="soft")
        self._seat = Label(size="small", tone="soft")
        self._ways = OverflowRow(t("session.more"), 14)
        self._greeting = self._link("greeting", self.greeting_wanted)
        self._records = self._link("records", self.records_wanted)
        self._search = self._link("search", self.search_wanted)
        self._keys = self._link("keys", self.keys_wanted)
        self._change = KeyButton(t("session.change_password"), tone="status")
        self._change.clicked.connect(self.password_wanted)
        self._backup = KeyButton(t("session.backup"), tone="status", name=t("upkeep.title"))
        self._backup.clicked.connect(self.backup_wanted)
        self._arrange(practice)

    def show_saved(self, saved: SavedView) -> None:
        """Show the state of saving."""
        self._saved = saved
        dot, tone = _TONES[saved.saving]
        self._saved_dot.show_tone(dot)
        self._saved_text.show_tone(tone)
        if saved.saving is not Saving.SAVED:
            # Not at the next tick: till then the old words would call saved what is not.
            self._saved_text.setText(t(f"session.saving_{saved.saving}"))

    def show_server_offset(self, offset: timedelta | None) -> None:
        """Show the server's time by its distance from this machine's clock; None while it is not known."""
        self._server_offset = offset
        self._server_dot.show_tone("text_faint" if offset is None else "good")

    def show_seat(self, seat: str) -> None:
        """Show the number of this seat."""
        self._seat.setText(t("session.seat_here", n=seat))

    def show_now(self, now: datetime) -> None:
        """Bring the times up to a moment."""
        if self._saved.saving is Saving.SAVED and self._saved.at is not None:
            self._saved_text.setText(t("session.saved_ago", ago=ago_text(self._saved.at, now)))
        if self._server_offset is None:
            self._server_text.setText(t("session.server_time_unknown"))
        else:
            self._server_text.setText(t("session.server_time", time=f"{now + self._server_offset:%H:%M:%S}"))

    def offer(self, label: str, act: Callable[[], None], rank: int = 4) -> KeyButton:
        """One more thing to open; where there is no room, those of the highest `rank` go into the menu."""
        button = KeyButton(label, tone="status")
        button.clicked.connect(act)
        self._ways.add(button, rank)
        return button

    def _link(self, wish: str, signal: SignalInstance) -> KeyButton:
        button = KeyButton(t(f"session.{wish}"), key_for(wish), tone="status")
        button.clicked.connect(signal)
        return button

    def _arrange(self, practice: bool) -> None:
        bar = QHBoxLayout(self)
        bar.setContentsMargins(px(12), 0, px(12), 0)
        bar.setSpacing(px(14))
        bar.addLayout(row(self._saved_dot, self._saved_text, gap=6))
        bar.addLayout(row(self._server_dot, self._server_text, gap=6))
        for rank, button in enumerate((self._records, self._search, self._keys, self._greeting), 1):
            self._ways.add(button, rank)
        for button in (self._change, self._backup):
            self._ways.add(button, 9)
        bar.addWidget(self._ways, 1)
        bar.addWidget(self._seat)
        if practice:
            bar.addWidget(PracticeMark(t("session.practice")), 0, Qt.AlignmentFlag.AlignVCenter)
