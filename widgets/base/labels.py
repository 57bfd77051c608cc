"""Text on the screen: labels in the roles of the type scale, text that shortens itself, a dot with a word."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from widgets.theme import colour, px, restyle


class Label(QLabel):
    """A label in one of the four sizes and one of the tones of the palette; the text is never mark-up."""

    def __init__(
        self,
        text: str = "",
        size: str = "text",
        tone: str = "plain",
        strong: bool = False,
        wrap: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("type", size)
        self.setProperty("tone", tone)
        self.setProperty("strong", strong)
        self.setWordWrap(wrap)
        if wrap:
            policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
            policy.setHeightForWidth(True)
            self.setSizePolicy(policy)

    def show_tone(self, tone: str) -> None:
        """Change the tone, for a text whose meaning changed."""
        restyle(self, tone=tone)


class ElidedLabel(Label):
    """One line that shortens itself with … and then keeps its full text in the tool tip."""

    def __init__(
        self,
        text: str = "",
        size: str = "text",
        tone: str = "plain",
        strong: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, size, tone, strong, parent=parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:
        """Allow the line to shrink to a few characters."""
        return QSize(px(24), super().minimumSizeHint().height())

    def sizeHint(self) -> QSize:
        """Ask for the room of the whole line."""
        whole = self.fontMetrics().horizontalAdvance(self.text()) + px(2)
        return QSize(whole, super().sizeHint().height())

    def is_cut(self) -> bool:
        """Tell whether the line is shortened at its present width."""
        return self.fontMetrics().horizontalAdvance(self.text()) > self.width()

    def setText(self, text: str) -> None:
        """Show another line."""
        super().setText(text)
        self._refresh_tip()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the tool tip in step with what can be read."""
        super().resizeEvent(event)
        self._refresh_tip()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the shortened line in the colour that the style sheet gave."""
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        with QPainter(self) as painter:
            painter.setFont(self.font())
            painter.setPen(self.palette().color(self.foregroundRole()))
            painter.drawText(self.rect(), self.alignment() | Qt.AlignmentFlag.AlignVCenter, shown)

    def _refresh_tip(self) -> None:
        tip = self.text() if self.is_cut() else ""
        if tip != self.toolTip():
            self.setToolTip(tip)


class StatusDot(QWidget):
    """A round dot; the word that goes with it stands beside it, because colour never stands alone."""

    def __init__(self, tone: str = "bar_good", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tone = tone
        self.setFixedSize(px(8), px(10))  # a little low, as Chinese glyphs sit in their line

    @property
    def tone(self) -> str:
        """The name of the palette's colour it has."""
        return self._tone

    def show_tone(self, tone: str) -> None:
        """Paint it in another colour of the palette."""
        if tone != self._tone:
            self._tone = tone
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the dot; hollow where the thing is off, so that its shape says so too."""
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            filled = self._tone not in ("bar_off", "text_faint")
            painter.setPen(colour(self._tone))
            painter.setBrush(colour(self._tone) if filled else Qt.BrushStyle.NoBrush)
            painter.drawEllipse(self.rect().adjusted(0, px(2), -1, -1))
