"""What can be pressed: buttons that name their key, chips that stay pressed, quiet links."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFocusEvent, QFont, QFontMetrics, QIcon, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QStyle, QStyleOptionButton, QStylePainter, QWidget

from widgets.theme import Size, colour, font, icon_path, px, restyle

_INK = {
    "plain": ("text", "text_faint"),
    "accent": ("on_accent", "on_accent"),
    "soft": ("accent", "accent"),
    "care": ("care", "care"),
    "urgent": ("on_urgent", "on_urgent"),
    "link": ("accent", "accent"),
    "status": ("text_soft", "text_soft"),
    "bar": ("bar_text", "bar_soft"),
    "barcare": ("bar_care", "bar_care"),
}


class Button(QPushButton):
    """A button that Enter presses too, once the keys brought the focus to it.

    Who clicked it and writes on, believing the focus to be in the note, presses it by no line end; a held key
    presses it once.
    """

    def __init__(self, label: str = "", parent: QWidget | None = None) -> None:
        super().__init__(label, parent)
        self._clicked_into = False

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Remember whether keys or the mouse brought the focus."""
        self._clicked_into = event.reason() == Qt.FocusReason.MouseFocusReason
        super().focusInEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Press it on Enter; with Ctrl or Shift the key means something else."""
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if plain and not self._clicked_into and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not event.isAutoRepeat():
                self.click()
        else:
            super().keyPressEvent(event)


class KeyButton(Button):
    """A button whose label is followed by the small name of its key.

    ``tone`` is one of plain, accent, soft, care, urgent, link, status, bar, barcare; ``big`` is for the one
    thing to do now. The key is only named here: `widgets.base.keys` binds it.
    """

    def __init__(
        self,
        label: str,
        key: str = "",
        tone: str = "plain",
        big: bool = False,
        name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(label, parent)
        self._key = key
        self._name = name
        self.setProperty("tone", tone)
        self.setProperty("big", big)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(name or label)
        self._describe_key()

    @property
    def key(self) -> str:
        """The name of the key that does the same."""
        return self._key

    def set_compact(self) -> None:
        """Make it small enough to stand in a row of text."""
        self.setProperty("compact", True)

    def show_label(self, label: str, key: str | None = None) -> None:
        """Change what it says, and its key if one is given; the same again lays nothing out anew."""
        if label == self.text() and key in (None, self._key):
            return
        if key is not None:
            self._key = key
        self.setText(label)
        if not self._name:
            self.setAccessibleName(label)
        self._describe_key()
        self.updateGeometry()

    def show_tone(self, tone: str) -> None:
        """Change how it is meant."""
        restyle(self, tone=tone)

    def sizeHint(self) -> QSize:
        """Ask for label, key and the margins of the style."""
        hint = super().sizeHint()
        if self._key:
            hint.setWidth(hint.width() + self._gap() + self._key_width())
        return hint

    def minimumSizeHint(self) -> QSize:
        """Never cut the label."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Let the style paint the button, then write label and key."""
        if not self._key:
            super().paintEvent(event)
            return
        option = QStyleOptionButton()
        self.initStyleOption(option)
        option.text = ""
        painter = QStylePainter(self)
        painter.drawControl(QStyle.ControlElement.CE_PushButton, option)
        self._write(painter)
        painter.end()

    def _write(self, painter: QPainter) -> None:
        label_width = self.fontMetrics().horizontalAdvance(self.text())
        left = (self.width() - label_width - self._gap() - self._key_width()) // 2
        ink, key_ink = self._inks()
        painter.setPen(ink)
        painter.drawText(
            QRect(left, 0, label_width + px(2), self.height()), Qt.AlignmentFlag.AlignVCenter, self.text()
        )
        painter.setPen(key_ink)
        painter.setFont(self._key_font())
        room = QRect(left + label_width + self._gap(), 0, self._key_width() + px(2), self.height())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, self._key)

    def _inks(self) -> tuple[QColor, QColor]:
        ink, key_ink = _INK[str(self.property("tone"))]
        if not self.isEnabled():
            ink = key_ink = "text_faint"
        return colour(ink), colour(key_ink)

    def _describe_key(self) -> None:
        if self._key:
            self.setToolTip(f"{self.accessibleName()}  {self._key}")

    def _key_font(self) -> QFont:
        return font(Size.SMALL)

    def _key_width(self) -> int:
        return QFontMetrics(self._key_font()).horizontalAdvance(self._key)

    def _gap(self) -> int:
        return px(6)


class Chip(QPushButton):
    """A word that is on or off."""

    def __init__(self, label: str, code: str = "", parent: QWidget | None = None) -> None:
        super().__init__(label, parent)
        self.code = code
        self.setCheckable(True)
        self.setProperty("chip", True)
        self.setAccessibleName(label)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_on(self, on: bool) -> None:
        """Set it without telling anybody."""
        self.blockSignals(True)
        self.setChecked(on)
        self.blockSignals(False)


class IconButton(Button):
    """A small button with a picture only; its name is spoken and shown as a tool tip."""

    def __init__(self, icon: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.setProperty("icon_only", True)
        self.setIcon(QIcon(icon_path(icon)))
        self.setIconSize(QSize(px(14), px(14)))
        self.setAccessibleName(name)
        self.setToolTip(name)
