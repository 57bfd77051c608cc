"""The player: pause and go on, where it is, until when it may be listened to."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from resources.texts import t
from widgets.base.buttons import KeyButton
from widgets.base.card import row
from widgets.base.durations import short_text
from widgets.base.labels import Label
from widgets.recordings.track import Track
from widgets.recordings.view import PlayerView
from widgets.theme import px


class Player(QWidget):
    """A row of buttons and a line; without a leave only the sentence why, and the way to close it."""

    pause_wanted = Signal()
    go_on_wanted = Signal()
    seek_wanted = Signal(float)
    stop_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._playing = False
        self._switch = KeyButton(t("recordings.pause"), tone="soft")
        self._switch.set_compact()
        self._switch.clicked.connect(self._press)
        self._track = Track()
        self._track.sought.connect(self.seek_wanted)
        self._where = Label(size="small", tone="soft")
        self._stop = KeyButton(t("recordings.stop"), tone="link")
        self._stop.set_compact()
        self._stop.clicked.connect(self.stop_wanted)
        self._said = Label(size="small", wrap=True)
        line = row(self._switch, self._track, self._where, gap=6)
        line.setStretch(1, 1)
        foot = row(self._said, self._stop, gap=6)
        foot.setStretch(0, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(2))
        column.addLayout(line)
        column.addLayout(foot)
        self.hide()

    def show_player(self, view: PlayerView | None) -> None:
        """Show what is heard, or nothing."""
        self.setVisible(view is not None)
        if view is None:
            return
        self._playing = view.playing
        for part in (self._switch, self._track, self._where):
            part.setVisible(view.ready)
        word = "pause" if view.playing else ("again" if view.over else "go_on")
        self._switch.show_label(t(f"recordings.{word}"))
        self._track.show_sound(view.position, view.seconds, view.silent)
        at, whole = short_text(int(view.position)), short_text(int(view.seconds))
        self._where.setText(t("recordings.position", at=at, all=whole))
        self._said.setText(view.said)
        self._said.show_tone(view.tone)

    def _press(self) -> None:
        (self.pause_wanted if self._playing else self.go_on_wanted).emit()
