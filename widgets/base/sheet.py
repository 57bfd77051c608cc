"""The sheet that lies over the right part of the window and blocks nothing."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QLinearGradient, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QVBoxLayout, QWidget
from shiboken6 import isValid

from resources.texts import t
from widgets.base.buttons import IconButton
from widgets.base.labels import Label
from widgets.base.later import Later
from widgets.theme import colour, px

_SHADOW = 24
_CORNER = 8


class Sheet(QWidget):
    """A surface over the right part of its parent, which stays usable beside it; Esc puts it away.

    What is to be made later is made, with the line above it, when the sheet is first opened.
    """

    closed = Signal()

    def __init__(
        self,
        title: str,
        host: QWidget,
        content: QWidget | Later[QWidget] | None = None,
        width: int = 560,
    ) -> None:
        super().__init__(host)
        self._width = width
        self._host = host
        self._title = title
        self._content: QWidget | None = None
        self._later = content if isinstance(content, Later) else None
        self._before: QWidget | None = None
        # In its place before it has anything inside: what comes in is dressed once.
        self._frame = QFrame(self)
        self._frame.setProperty("surface", "popover")
        around = QHBoxLayout(self)
        around.setContentsMargins(px(_SHADOW), 0, 0, 0)
        around.addWidget(self._frame)
        self.hide()
        self.body = QVBoxLayout(self._frame)
        self.body.setContentsMargins(px(16), px(10), px(16), px(14))
        self.body.setSpacing(px(10))
        self.setAccessibleName(title)
        if isinstance(content, Later):
            # Qt keeps this object beyond the window: nothing of whoever worked there may hang on it.
            self.destroyed.connect(content.forget)
        else:
            self._fill(content)

    def open_sheet(self) -> None:
        """Lay it over the right part and give it the focus."""
        if self.isHidden():
            self._before = QApplication.focusWidget()
        self.make()
        self._place()
        self.show()
        self.raise_()
        own = self._content.focusProxy() if self._content is not None else None
        target = own or self._first_control()
        if target is not None:
            target.setFocus(Qt.FocusReason.PopupFocusReason)

    def make(self) -> None:
        """Make what is in it, and put it in its place: what it is told then stands there when it opens."""
        if self._later is not None:
            content, self._later = self._later, None
            self._fill(content.made)

    def close_sheet(self) -> None:
        """Put it away; the focus goes back to where it was, never on to whatever button comes next."""
        if not self.isHidden():
            had_focus = self.isAncestorOf(QApplication.focusWidget() or self)
            before, self._before = self._before, None
            self.hide()
            if had_focus:
                known = before is not None and isValid(before) and before.isVisible()
                (before if before is not None and known else self._host).setFocus()
            self.closed.emit()

    def showEvent(self, event: QShowEvent) -> None:
        """Follow the host from now on."""
        super().showEvent(event)
        self._place()
        for watched in (self._host, self.window()):
            watched.installEventFilter(self)

    def hideEvent(self, event: QHideEvent) -> None:
        """Follow it no more: what the host does, painting above all, is told to nobody."""
        super().hideEvent(event)
        for watched in (self._host, self.window()):
            watched.removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the size of the host; go on an Esc for which nobody else in the window had a use."""
        if watched is self._host and event.type() == QEvent.Type.Resize:
            self._place()
        if watched is self.window() and _is_escape(event):
            self.close_sheet()
            return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Put it away on Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_sheet()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the shadow to the left of the surface, and the ground under its right edge."""
        fade = QLinearGradient(0, 0, px(_SHADOW), 0)
        dark, none = colour("shadow"), colour("shadow")
        none.setAlpha(0)
        dark.setAlpha(36)
        fade.setColorAt(0, none)
        fade.setColorAt(1, dark)
        with QPainter(self) as painter:
            painter.fillRect(0, px(6), px(_SHADOW), self.height() - px(12), fade)
            # Else the red button below would show through the round corners.
            painter.fillRect(self.width() - px(_CORNER), 0, px(_CORNER), self.height(), colour("background"))

    def _fill(self, content: QWidget | None) -> None:
        if self._title:
            self.body.addLayout(self._head(self._title))
        if content is None:
            return
        self._content = content
        self.body.addWidget(content, 1)
        # a content that says where its work begins gets the focus there
        start = content.focusProxy()
        if start is not None:
            self._frame.setFocusProxy(start)

    def _place(self) -> None:
        margin = px(8)
        width = min(px(self._width) + px(_SHADOW), self._host.width() - 2 * margin)
        left = self._host.width() - margin - width
        self.setGeometry(left, margin, width, self._host.height() - 2 * margin)

    def _first_control(self) -> QWidget | None:
        for widget in self._frame.findChildren(QWidget):
            if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and not isinstance(widget, IconButton):
                return widget
        return None

    def _head(self, title: str) -> QHBoxLayout:
        head = QHBoxLayout()
        close = IconButton("close", t("base.close_named", what=title))
        close.clicked.connect(self.close_sheet)
        head.addWidget(Label(title, size="title", strong=True), 1)
        head.addWidget(Label("Esc", size="small", tone="faint"))
        head.addWidget(close)
        return head


def _is_escape(event: QEvent) -> bool:
    if not isinstance(event, QKeyEvent):
        return False
    return event.type() == QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Escape
