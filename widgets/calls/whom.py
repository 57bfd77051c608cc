"""Who can be asked into a conversation: rows of which one is taken, the first nine by their digit."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from resources.texts import t
from widgets.base.labels import ElidedLabel, Label
from widgets.base.tag import Tag
from widgets.calls.asking_view import WhomView
from widgets.theme import colour, px

_HEIGHT = 36
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class _Row(QAbstractButton):
    def __init__(self, digit: int, view: WhomView) -> None:
        super().__init__()
        self.view = view
        self.setCheckable(True)
        self.setEnabled(view.free)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(f"{digit} · {view.name} · {view.about} · {view.note}")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(px(10), px(4), px(10), px(4))
        layout.setSpacing(px(10))
        if digit <= 9:
            cap = Label(str(digit))
            cap.setProperty("surface", "key")
            layout.addWidget(cap, 0, Qt.AlignmentFlag.AlignVCenter)
        tone = "plain" if view.free else "soft"
        layout.addWidget(Label(view.name, tone=tone, strong=view.free))
        layout.addWidget(ElidedLabel(view.about, tone="soft"), 1)
        if view.note:
            layout.addWidget(Tag(view.note, "care" if not view.free else "plain"))
        for child in self.findChildren(QWidget):
            child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def sizeHint(self) -> QSize:
        """Ask for one line."""
        return QSize(px(320), px(_HEIGHT))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave the arrows to the list, which passes over who cannot be asked."""
        if event.key() in _STEPS:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the frame, in the accent where it is taken."""
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            taken = self.isChecked()
            painter.setBrush(colour("accent_soft" if taken else "hover" if self.underMouse() else "surface"))
            width = px(2) if taken else max(1, px(1))
            painter.setPen(QPen(colour("accent" if taken or self.hasFocus() else "line"), width))
            box = QRectF(self.rect()).adjusted(width / 2, width / 2, -width / 2, -width / 2)
            painter.drawRoundedRect(box, px(5), px(5))


class WhomList(QWidget):
    """All who can be asked, colleagues first; nobody is taken until somebody chooses."""

    taken = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: list[_Row] = []
        self._group = QButtonGroup(self)
        self._group.buttonClicked.connect(lambda _: self._take())
        self._nobody = Label(t("handing.nobody"), tone="soft", wrap=True)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, px(2), 0)
        self._column.setSpacing(px(4))
        self._column.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._column.addWidget(self._nobody)

    @property
    def whom(self) -> WhomView | None:
        """Who is taken."""
        return next((row.view for row in self._rows if row.isChecked()), None)

    @property
    def digit(self) -> int:
        """The digit of who is taken, 0 where nobody is or there is none."""
        place = next((place for place, row in enumerate(self._rows, 1) if row.isChecked()), 0)
        return place if place <= 9 else 0

    def show_whom(self, whom: Sequence[WhomView]) -> None:
        """Show these; who was taken stays so while they can be asked."""
        known = self.whom
        had_focus = any(row.hasFocus() for row in self._rows)
        for row in self._rows:
            self._group.removeButton(row)
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows = [_Row(digit, view) for digit, view in enumerate(whom, 1)]
        for row in self._rows:
            self._group.addButton(row)
            self._column.addWidget(row)
            # Now, not with the next round of the loop: what is not in sight takes no focus.
            row.show()
            row.setChecked(known is not None and row.view.id == known.id and row.view.free)
        self._nobody.setVisible(not self._rows)
        self._point_focus()
        if had_focus:
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def take(self, digit: int) -> bool:
        """Take whoever has this digit; False where nobody has, or they cannot be asked."""
        if not 1 <= digit <= min(9, len(self._rows)) or not self._rows[digit - 1].isEnabled():
            return False
        self._rows[digit - 1].setChecked(True)
        self._take()
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk by the arrows."""
        step = _STEPS.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        free = [row for row in self._rows if row.isEnabled()]
        here = next((place for place, row in enumerate(free) if row.hasFocus()), -1 if step > 0 else 0)
        if free:
            row = free[max(0, min(len(free) - 1, here + step))]
            row.setChecked(True)
            row.setFocus(Qt.FocusReason.OtherFocusReason)
            self._take()

    def _take(self) -> None:
        self._point_focus()
        self.taken.emit()

    def _point_focus(self) -> None:
        free = [row for row in self._rows if row.isEnabled()]
        for row in [row for row in free if row.isChecked()] or free[:1]:
            self.setFocusProxy(row)
