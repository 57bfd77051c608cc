"""The course of the call: lines that each carry the time at which they were begun."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QVBoxLayout, QWidget
from shiboken6 import isValid

from models.notes.note import LogLine
from resources.texts import t
from widgets.base.buttons import KeyButton
from widgets.base.card import scrolling
from widgets.base.keys import key_for
from widgets.base.labels import Label
from widgets.notes.writing import LineWriting
from widgets.theme import px


class _Line(QWidget):
    """One line: its time and its text."""

    def __init__(self, line: LogLine) -> None:
        super().__init__()
        self.id = line.id
        self.writing = LineWriting("")
        self.writing.show_text(line.text)
        self._time = Label(tone="faint")
        self.show_time(line.at)
        row = QHBoxLayout(self)
        row.setContentsMargins(px(8), 0, px(4), 0)
        row.setSpacing(px(6))
        self._time.setContentsMargins(0, px(3), 0, 0)
        row.addWidget(self._time, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.writing, 1)

    def show_time(self, at: datetime) -> None:
        """Show when it was begun."""
        time = f"{at.astimezone():%H:%M}"
        self._time.setText(time)
        self.writing.setAccessibleName(t("notes.log_line", time=time))


class TimedLog(QWidget):
    """The lines under each other; the time of a new one comes from outside, by `show_line`.

    ``written(line id, text)`` tells what changed, ``line_wanted()`` asks for a new line.
    """

    written = Signal(str, str)
    line_wanted = Signal()
    left = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.label = Label(name, tone="soft")
        self._lines: list[_Line] = []
        self._before: QWidget | None = None
        self._stamp = KeyButton(t("notes.stamp"), key_for("stamp_time"), tone="link")
        self._stamp.clicked.connect(self.line_wanted)
        self._hint = Label(t("notes.log_empty"), tone="faint", wrap=True)
        self._hint.setContentsMargins(px(8), 0, px(8), 0)
        content = QWidget()
        self._column = QVBoxLayout(content)
        self._column.setContentsMargins(0, px(4), 0, px(4))
        self._column.setSpacing(0)
        self._column.addWidget(self._hint)
        self._column.addStretch(1)
        self._area = scrolling(content)
        self._area.setMinimumHeight(px(120))
        self._area.verticalScrollBar().rangeChanged.connect(lambda _, end: self._follow(end))
        head = QHBoxLayout()
        head.addWidget(self.label, 1)
        head.addWidget(self._stamp)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(4))
        column.addLayout(head)
        frame = QFrame()
        frame.setProperty("surface", "card")
        inside = QVBoxLayout(frame)
        inside.setContentsMargins(px(1), px(1), px(1), px(1))
        inside.addWidget(self._area)
        column.addWidget(frame, 1)

    def show_lines(self, lines: Sequence[LogLine]) -> None:
        """Show these lines instead of all others."""
        for line in self._lines:
            line.hide()
            line.deleteLater()
        self._lines = []
        for place, each in enumerate(lines):
            self._add(each, place)
        self._hint.setVisible(not lines)

    def show_line(self, line_id: str, at: datetime) -> None:
        """Show the new line that was asked for and let it be written in; a line that is there stays."""
        known = [line for line in self._lines if line.id == line_id]
        line = known[0] if known else self._add(LogLine(line_id, at, ""), len(self._lines))
        self._hint.hide()
        focus = QApplication.focusWidget()
        if focus is not None and not self.isAncestorOf(focus):
            self._before = focus
        # At once, not when the layout gets to it: the next key may be on its way.
        line.show()
        line.writing.setFocus(Qt.FocusReason.OtherFocusReason)

    def take_lines(self, lines: Sequence[LogLine]) -> None:
        """Show the lines that are new among these in their places, and all with their times.

        Nobody is taken to them, and no words are changed.
        """
        known = {row.id: row for row in self._lines}
        for place, line in enumerate(lines):
            if line.id in known:
                known[line.id].show_time(line.at)
            else:
                self._add(line, place)
        self._hint.setVisible(not self._lines)

    def take_focus(self) -> None:
        """Go to the last line; ask for one where there is none."""
        if self._lines:
            self._lines[-1].writing.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            self.line_wanted.emit()

    def commit(self) -> None:
        """Take what is still being composed into the text."""
        for line in self._lines:
            line.writing.commit()

    def _add(self, line: LogLine, place: int) -> _Line:
        row = _Line(line)
        self._lines.insert(place, row)
        self._column.insertWidget(place, row)
        row.writing.written.connect(lambda text, line=line.id: self.written.emit(line, text))
        row.writing.next_wanted.connect(self.line_wanted)
        row.writing.back_wanted.connect(self._go_back)
        row.writing.stepped.connect(lambda step: self._go(self._lines.index(row) + step))
        row.writing.left.connect(self.left)
        return row

    def _go_back(self) -> None:
        """Go back to where somebody was before the time was stamped: another field, the risk panel."""
        before, self._before = self._before, None
        if before is not None and isValid(before) and before.isEnabled():
            before.setFocus(Qt.FocusReason.OtherFocusReason)

    def _follow(self, end: int) -> None:
        if self._lines and self._lines[-1].writing.hasFocus():
            self._area.verticalScrollBar().setValue(end)

    def _go(self, place: int) -> None:
        if 0 <= place < len(self._lines):
            self._lines[place].writing.setFocus(Qt.FocusReason.OtherFocusReason)
