"""The sheet after a practice call: asked, missed and decided beside the key, in words and without points."""

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from resources.texts import t
from widgets.base.buttons import KeyButton
from widgets.base.card import Rule, clear, row, scrolling
from widgets.base.labels import Label
from widgets.base.tag import Tag, widest
from widgets.practice.view import PartView, RowView, SheetView
from widgets.printing.view import PrintView
from widgets.session.practice import PracticeMark
from widgets.theme import px


class Comparison(QWidget):
    """Read from top to bottom; what can be done next is below."""

    again_wanted = Signal()
    choose_wanted = Signal()
    printer_wanted = Signal(SheetView)
    file_wanted = Signal(SheetView)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._heading = Label(size="title", strong=True, wrap=True)
        self._about = Label(tone="soft", wrap=True)
        self._note = Label(size="small", tone="soft", wrap=True)
        self._content = QWidget()
        self._column = QVBoxLayout(self._content)
        self._column.setContentsMargins(0, 0, px(8), 0)
        self._column.setSpacing(px(8))
        self._area = scrolling(self._content)
        self._area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._area.setAccessibleName(t("practice.sheet"))
        self._again = KeyButton(t("practice.again"), tone="soft")
        self._again.clicked.connect(self.again_wanted)
        self._printed = Label(wrap=True, strong=True)
        self._printed.hide()
        self._view: SheetView | None = None
        self._arrange()
        self.setFocusProxy(self._area)

    def show_sheet(self, view: SheetView, can_play: bool) -> None:
        """Show a sheet from its top."""
        self._view = view
        self.show_print(PrintView())
        self._heading.setText(view.title)
        self._about.setText(view.about)
        self._note.setText(view.note)
        self._again.setEnabled(can_play)
        clear(self._column)
        tags = [row.outcome for part in view.parts for row in part.rows]
        width = widest(tags, Tag())
        for place, part in enumerate(view.parts):
            if place:
                self._column.addWidget(Rule())
            self._column.addWidget(Label(part.title, tone="accent", strong=True))
            self._column.addLayout(_rows(part, width))
        self._column.addStretch(1)
        self._area.verticalScrollBar().setValue(0)

    def show_print(self, view: PrintView) -> None:
        """Show what became of the wish to print it."""
        self._printed.setText(view.state)
        self._printed.show_tone(view.tone)
        self._printed.setVisible(bool(view.state))

    def _arrange(self) -> None:
        mark = PracticeMark(t("session.practice"), t("session.practice_long"))
        head = row(mark, self._heading)
        head.setStretch(1, 1)
        choose = KeyButton(t("practice.another"), tone="accent")
        choose.clicked.connect(self.choose_wanted)
        paper, file = KeyButton(t("printing.on_paper")), KeyButton(t("printing.begin"))
        paper.clicked.connect(lambda: self._wish(self.printer_wanted))
        file.clicked.connect(lambda: self._wish(self.file_wanted))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(px(8))
        whole.addLayout(head)
        whole.addWidget(self._about)
        whole.addWidget(self._area, 1)
        whole.addWidget(self._note)
        whole.addWidget(self._printed)
        whole.addLayout(row(paper, file, 1, self._again, choose))

    def _wish(self, wanted: SignalInstance) -> None:
        if self._view is not None:
            wanted.emit(self._view)


def _rows(part: PartView, width: int) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(px(10))
    grid.setVerticalSpacing(px(6))
    grid.setColumnMinimumWidth(0, width)
    grid.setColumnStretch(1, 1)
    for line, one in enumerate(part.rows):
        top = Qt.AlignmentFlag.AlignTop
        grid.addWidget(Tag(one.outcome, one.tone), line, 0, top | Qt.AlignmentFlag.AlignLeft)
        grid.addWidget(_words(one), line, 1)
    return grid


def _words(one: RowView) -> QWidget:
    words = QWidget()
    column = QVBoxLayout(words)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(px(1))
    column.addWidget(Label(one.text, wrap=True))
    if one.more:
        column.addWidget(Label(one.more, tone="soft", wrap=True))
    if one.source:
        column.addWidget(Label(one.source, size="small", tone="faint", wrap=True))
    return words
