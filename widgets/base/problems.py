"""Known trouble, shown as long as it lasts: a quiet count, and a list that says what to do."""

from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from resources.texts import t
from widgets.base.buttons import IconButton, KeyButton
from widgets.base.card import Rule, clear, row
from widgets.base.labels import Label
from widgets.theme import px


@dataclass(frozen=True)
class ProblemView:
    """A trouble in words: what is wrong, what to do, since when."""

    title: str
    advice: str
    since: datetime


class ProblemList(QFrame):
    """The list of what is wrong, which opens under its count and never takes the focus by itself."""

    def __init__(self, host: QWidget) -> None:
        super().__init__(host)
        self._host = host
        self.setProperty("surface", "popover")
        self.setFixedWidth(px(420))
        column = QVBoxLayout(self)
        column.setContentsMargins(px(14), px(8), px(10), px(12))
        column.setSpacing(px(8))
        close = IconButton("close", t("base.close_named", what=t("base.problems")))
        close.clicked.connect(self.hide)
        column.addLayout(row(Label(t("base.problems"), strong=True), 1, close))
        self._list = QVBoxLayout()
        self._list.setSpacing(px(8))
        column.addLayout(self._list)
        self.setAccessibleName(t("base.problems"))
        self.hide()

    def show_problems(self, problems: tuple[ProblemView, ...]) -> None:
        """Show these; the list puts itself away when nothing is wrong any more."""
        clear(self._list)
        for place, problem in enumerate(problems):
            if place:
                self._list.addWidget(Rule())
            self._list.addLayout(row(Label(problem.title, tone="care", strong=True, wrap=True), gap=8))
            self._list.addWidget(Label(problem.advice, wrap=True))
            since = t("base.since", time=f"{problem.since:%m-%d %H:%M}")
            self._list.addWidget(Label(since, size="small", tone="soft"))
        if not problems:
            self.hide()
        self._fit()

    def open_under(self, anchor: QWidget) -> None:
        """Open below a button, inside the window."""
        self.show()
        self._fit()
        at = anchor.mapTo(self._host, QPoint(0, anchor.height() + px(12)))
        self.move(min(at.x(), self._host.width() - self.width() - px(8)), at.y())
        self.raise_()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Put it away on Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
        else:
            super().keyPressEvent(event)

    def _fit(self) -> None:
        layout = self.layout()
        if layout is not None:
            layout.activate()
            self.setFixedHeight(max(layout.heightForWidth(self.width()), layout.minimumSize().height()))


class ProblemBar(KeyButton):
    """The count of troubles; nothing is shown while nothing is wrong."""

    opened = Signal()

    def __init__(self, host: QWidget, parent: QWidget | None = None) -> None:
        super().__init__("", tone="barcare", name=t("base.problems"), parent=parent)
        self._list = ProblemList(host)
        self.clicked.connect(self._toggle)
        host.installEventFilter(self)
        self.hide()

    @property
    def list(self) -> ProblemList:
        """The list it opens."""
        return self._list

    def show_problems(self, problems: tuple[ProblemView, ...]) -> None:
        """Show how many there are, and keep the list in step."""
        self.show_label(t("base.problem_count", n=len(problems)))
        self.setVisible(bool(problems))
        self._list.show_problems(problems)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Put the list away when the window changes its size under it."""
        if event.type() == QEvent.Type.Resize:
            self._list.hide()
        return super().eventFilter(watched, event)

    def _toggle(self) -> None:
        if self._list.isVisible():
            self._list.hide()
        else:
            self._list.open_under(self)
            self.opened.emit()
