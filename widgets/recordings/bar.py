"""The recordings of the call whose record is in view: one line each, the reason, the player."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from resources.texts import t
from widgets.base.buttons import KeyButton
from widgets.base.card import clear, row
from widgets.base.durations import short_text
from widgets.base.labels import Label
from widgets.base.tag import Tag
from widgets.recordings.player import Player
from widgets.recordings.reasons import PlayReasons
from widgets.recordings.view import RecordingLine, RecordingView
from widgets.theme import px


class RecordingBar(QWidget):
    """Takes no room where the call has no recording. ``call_shown(call)``: another call came into view.

    Its parts are made with the first recording that comes into view.
    """

    call_shown = Signal(str)
    look_wanted = Signal(str)
    listen_wanted = Signal(str, str, str, str)
    pause_wanted = Signal()
    go_on_wanted = Signal()
    seek_wanted = Signal(float)
    stop_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._call = ""
        self._asked = ""
        self._shown: RecordingView | None = None
        self._made = False
        self.hide()

    @property
    def call(self) -> str:
        """The call whose record is in view, "" for none."""
        return self._call

    def show_call(self, call: str) -> None:
        """A record of another call came into view, or none any more; what it has is told later."""
        if call != self._call:
            self._call = call
            self.show_recordings(None)
            self.call_shown.emit(call)

    def show_recordings(self, view: RecordingView | None) -> None:
        """Show the recordings of the call in view, or that it has none."""
        before, self._shown = self._shown, view
        self.setVisible(view is not None)
        if not self._made:
            if view is None:
                return
            self._make()
        if view is None:
            self._reasons.hide()
            self._player.show_player(None)
            clear(self._lines)
            return
        if before is None or before.lines != view.lines:
            self._reasons.hide()
            clear(self._lines)
            for line in view.lines or (None,):
                self._lines.addLayout(self._line(line))
        self._said.setText(view.said)
        self._said.setVisible(bool(view.said))
        self._again.setVisible(view.again)
        self._player.show_player(view.player)

    def _make(self) -> None:
        self._made = True
        self._lines = QVBoxLayout()
        self._lines.setSpacing(px(4))
        self._reasons = PlayReasons()
        self._reasons.given.connect(self._listen)
        self._said = Label(size="small", tone="soft", wrap=True)
        self._again = KeyButton(t("recordings.look_again"), tone="link")
        self._again.set_compact()
        self._again.clicked.connect(lambda: self.look_wanted.emit(self._call))
        self._player = Player()
        for name in ("pause_wanted", "go_on_wanted", "seek_wanted", "stop_wanted"):
            getattr(self._player, name).connect(getattr(self, name))
        foot = row(self._said, self._again, gap=6)
        foot.setStretch(0, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(4))
        column.addLayout(self._lines)
        column.addLayout(foot)
        column.addWidget(self._reasons)
        column.addWidget(self._player)

    def _line(self, line: RecordingLine | None) -> QVBoxLayout:
        column = QVBoxLayout()
        tag = Tag(t("recordings.there"), "accent")
        if line is None:
            column.addLayout(row(tag, 1))
            return column
        words = Label(_words(line), wrap=True)
        listen = KeyButton(
            t("recordings.listen"),
            tone="soft",
            name=t("recordings.listen_name", time=f"{line.began_at:%H:%M}"),
        )
        listen.set_compact()
        listen.setEnabled(line.playable)
        listen.clicked.connect(partial(self._ask, line.id))
        across = row(tag, words, listen, gap=8)
        across.setStretch(1, 1)
        column.addLayout(across)
        return column

    def _ask(self, recording: str) -> None:
        self._asked = recording
        self._reasons.open_or_close()

    def _listen(self, reason: str, words: str) -> None:
        self.listen_wanted.emit(self._call, self._asked, reason, words)


def _words(line: RecordingLine) -> str:
    time, length = f"{line.began_at:%m-%d %H:%M}", short_text(round(line.seconds))
    if not line.silent:
        return t("recordings.line", time=time, length=length)
    paused = short_text(round(sum(end - start for start, end in line.silent)))
    return t("recordings.line_paused", time=time, length=length, n=len(line.silent), paused=paused)
