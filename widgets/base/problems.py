"""Known trouble, shown as long as it lasts: a quiet count, and a list that says what to do."""

from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QVBoxLayout, QWidget

from resources.texts import t
from widgets.base.buttons import IconButton, KeyButton
from widgets.base.card import Rule, clear, row, scrolling
from widgets.base.keys import key_for
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
        self._content = QWidget()
        self._list = QVBoxLayout(self._content)
        self._list.setContentsMargins(0, 0, px(4), 0)
        self._list.setSpacing(px(8))
        self.area = scrolling(self._content)
        self.area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.area.setAccessibleName(t("base.problems"))
        column.addWidget(self.area)
        self.setAccessibleName(t("base.problems"))
        # Wherever the focus is: the list lies over the level, and its key leaves the focus elsewhere.
        QShortcut(QKeySequence(Qt.Key.Key_Escape), self).activated.connect(self.hide)
        self.hide()

    def show_problems(self, problems: tuple[ProblemView, ...]) -> None:
        """Show these; the list puts itself away when nothing is wrong any more."""
        clear(self._list)
        for place, problem in enumerate(problems):
            if place:
                self._list.addWidget(Rule())
            self._list.addWidget(_one(problem))
        self._list.addStretch(1)
        if not problems:
            self.hide()
        self._fit()

    def open_under(self, anchor: QWidget) -> None:
        """Open below a button, inside the window."""
        at = anchor.mapTo(self._host, QPoint(0, anchor.height() + px(12)))
        self.move(min(at.x(), self._host.width() - self.width() - px(8)), at.y())
        self.show()
        self._fit()
        self.raise_()

    def showEvent(self, event: QShowEvent) -> None:
        """Look on at the window from now on."""
        super().showEvent(event)
        self._host.installEventFilter(self)

    def hideEvent(self, event: QHideEvent) -> None:
        """Look on no more: the window need tell nobody of its painting."""
        super().hideEvent(event)
        self._host.removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Go away when the window changes its size under it."""
        if watched is self._host and event.type() == QEvent.Type.Resize:
            self.hide()
        return super().eventFilter(watched, event)

    def _fit(self) -> None:
        """Be as high as the list, but stay in the window: what is more than that is scrolled."""
        layout = self.layout()
        if layout is None:
            return
        sides = layout.contentsMargins()
        inner = self.width() - sides.left() - sides.right()
        for part in self._content.findChildren(QWidget):
            part.ensurePolished()
        self._list.invalidate()
        self.area.setFixedHeight(max(0, self._list.heightForWidth(inner)))
        layout.activate()
        room = self._host.height() - self.y() - px(8)
        over = layout.sizeHint().height() - room
        if self.isVisible() and over > 0:
            self.area.setFixedHeight(max(px(60), self.area.height() - over))
            layout.activate()
        self.setFixedHeight(layout.sizeHint().height())


def _one(problem: ProblemView) -> QWidget:
    since = t("base.since", time=f"{problem.since:%m-%d %H:%M}")
    labels = (
        Label(problem.title, tone="care", strong=True, wrap=True),
        Label(problem.advice, wrap=True),
        Label(since, size="small", tone="soft"),
    )
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(px(3))
    for label in labels:
        # As high as its lines are at this width, not as at the width that a label would choose itself.
        policy = label.sizePolicy()
        policy.setVerticalPolicy(QSizePolicy.Policy.Preferred)
        label.setSizePolicy(policy)
        column.addWidget(label)
    return made


class ProblemBar(KeyButton):
    """The count of troubles; nothing is shown while nothing is wrong."""

    opened = Signal()

    def __init__(self, host: QWidget, parent: QWidget | None = None) -> None:
        super().__init__("", tone="barcare", name=t("base.problems"), parent=parent)
        self.setToolTip(f"{t('base.problems')}  {key_for('problems')}")
        self._list = ProblemList(host)
        self.clicked.connect(self._toggle)
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

    def toggle(self) -> None:
        """Open the list, or put it away; nothing where nothing is wrong."""
        if self.isVisible():
            self._toggle()

    def _toggle(self) -> None:
        if self._list.isVisible():
            self._list.hide()
        else:
            self._list.open_under(self)
            QWidget.setTabOrder(self, self._list.area)
            self.opened.emit()
