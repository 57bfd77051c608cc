"""The tabs of the note's sections, each with the count of what is missing in it."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeySequence, QPainter, QPaintEvent, QPen, QShortcut
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from resources.texts import t
from widgets.base.card import Rule
from widgets.theme import Size, colour, font, px


class SectionTab(QAbstractButton):
    """One section: its number and name, and an orange count while something in it is missing."""

    def __init__(self, number: int, label: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = label
        self._missing = 0
        self.setText(t("notes.tab", n=number, label=label))
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setToolTip(f"{label}  Ctrl+{number}")
        self.show_missing(0)

    @property
    def missing(self) -> int:
        """How many are missing in it."""
        return self._missing

    def show_missing(self, count: int) -> None:
        """Show how many required fields of the section are empty."""
        if count == self._missing and self.accessibleName():
            return
        self._missing = count
        said = t("notes.tab_missing", label=self._name, n=count) if count else self._name
        self.setAccessibleName(said)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Ask for the words in bold, the count and the margins, so that choosing it moves nothing."""
        words = QFontMetrics(font(strong=True)).horizontalAdvance(self.text())
        return QSize(words + px(20) + (self._badge() + px(5) if self._missing else 0), px(32))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the words, the count, and the line under the open section."""
        on = self.isChecked()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            if self.hasFocus():
                painter.setPen(QPen(colour("accent"), px(1)))
                painter.drawRoundedRect(QRectF(self.rect()).adjusted(1.5, 2.5, -1.5, -4.5), px(4), px(4))
            face = font(strong=on)
            painter.setFont(face)
            painter.setPen(colour("accent" if on else "text" if self.underMouse() else "text_soft"))
            words = QFontMetrics(face).horizontalAdvance(self.text())
            room = self.rect().adjusted(px(10), 0, 0, -px(2))
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, self.text())
            if self._missing:
                box = QRectF(px(15) + words, (self.height() - px(18)) / 2, self._badge(), px(16))
                self._paint_badge(painter, box)
            if on:
                painter.fillRect(0, self.height() - px(2), self.width(), px(2), colour("accent"))

    def _badge(self) -> int:
        small = QFontMetrics(font(Size.SMALL, strong=True))
        return max(px(16), small.horizontalAdvance(str(self._missing)) + px(9))

    def _paint_badge(self, painter: QPainter, box: QRectF) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour("care"))
        painter.drawRoundedRect(box, px(8), px(8))
        painter.setPen(colour("on_care"))
        painter.setFont(font(Size.SMALL, strong=True))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(self._missing))


class SectionTabs(QWidget):
    """All tabs in a row; Ctrl and a digit opens one from anywhere in the window.

    ``opened`` tells which section is open, ``asked`` that a key asked for it, to be written in at once.
    """

    opened = Signal(int)
    asked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tabs: list[SectionTab] = []
        self._labels: tuple[str, ...] = ()
        self._keys: list[QShortcut] = []
        self._group = QButtonGroup(self)
        self._group.idToggled.connect(lambda place, on: self.opened.emit(place) if on else None)
        self._row = QHBoxLayout()
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(px(2))
        self._row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._row)
        column.addWidget(Rule())

    def show_sections(self, labels: Sequence[str]) -> None:
        """Show these sections, the first of them open."""
        if tuple(labels) == self._labels:
            self.open_section(0)
            return
        self._labels = tuple(labels)
        for tab in self._tabs:
            self._group.removeButton(tab)
            tab.hide()
            tab.deleteLater()
        self._tabs = [SectionTab(number, label) for number, label in enumerate(labels, 1)]
        for place, tab in enumerate(self._tabs):
            self._group.addButton(tab, place)
            self._row.insertWidget(place, tab)
        # The keys stay: one that was to go and its successor would both be there for a moment, and a key that
        # means two things does nothing.
        for place in range(len(self._keys), len(labels)):
            key = QShortcut(QKeySequence(f"Ctrl+{place + 1}"), self)
            key.activated.connect(partial(self._ask, place))
            self._keys.append(key)
        for place, key in enumerate(self._keys):
            key.setEnabled(place < len(labels))
        self.open_section(0)

    def open_section(self, place: int) -> None:
        """Open a section by its place."""
        if 0 <= place < len(self._tabs):
            self._tabs[place].setChecked(True)

    def _ask(self, place: int) -> None:
        self.open_section(place)
        self.asked.emit(place)

    def show_missing(self, counts: Sequence[int]) -> None:
        """Show the count of each section."""
        for tab, count in zip(self._tabs, counts, strict=True):
            tab.show_missing(count)
