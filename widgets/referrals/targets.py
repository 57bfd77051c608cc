"""Who can be brought in: numbered rows of which one is taken."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from resources.texts import t
from widgets.base.labels import ElidedLabel, Label
from widgets.base.tag import Tag
from widgets.referrals.view import Mark, TargetView
from widgets.theme import colour, px

_HEIGHT = 54


class TargetRow(QAbstractButton):
    """One target: its digit, who it is, what is dialled and why; pressing it takes it and dials nothing."""

    def __init__(self, digit: int, view: TargetView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view = view
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(f"{digit} · {view.name} · {_dial_text(view)} · {view.reason}")
        cap = Label(str(digit))
        cap.setProperty("surface", "key")
        row = QHBoxLayout(self)
        row.setContentsMargins(px(10), px(6), px(10), px(6))
        row.setSpacing(px(10))
        row.addWidget(cap, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addLayout(self._words(), 1)
        for tag in self._tags():
            row.addWidget(tag)
        for child in self.findChildren(QWidget):
            child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def sizeHint(self) -> QSize:
        """Ask for two lines."""
        return QSize(px(320), px(_HEIGHT))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the frame: red where a rescue is taken, the accent for another taken one."""
        strong, ground = ("urgent", "urgent_soft") if self.view.emergency else ("accent", "accent_soft")
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            taken = self.isChecked()
            painter.setBrush(colour(ground if taken else "hover" if self.underMouse() else "surface"))
            width = px(2) if taken else max(1, px(1))
            painter.setPen(QPen(colour(strong if taken else "line"), width))
            box = QRectF(self.rect()).adjusted(width / 2, width / 2, -width / 2, -width / 2)
            painter.drawRoundedRect(box, px(5), px(5))
            if self.hasFocus() and not taken:
                painter.setPen(QPen(colour("accent"), px(2)))
                painter.drawRoundedRect(box, px(5), px(5))

    def _words(self) -> QVBoxLayout:
        later = "soft" if self.view.mark is Mark.LATER else "plain"
        head = QHBoxLayout()
        head.setSpacing(px(10))
        # A long name may be shortened, a number never.
        head.addWidget(ElidedLabel(self.view.name, tone=later, strong=True))
        number = ElidedLabel(_dial_text(self.view), tone=later if self.view.dial else "care")
        number.setMinimumWidth(number.sizeHint().width())
        head.addWidget(number)
        head.addStretch(1)
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(ElidedLabel(_reason_text(self.view), size="small", tone="soft"))
        return column

    def _tags(self) -> list[Tag]:
        tags = [] if self.view.verified else [Tag(t("referrals.unverified"), "care")]
        first = self.view.mark is Mark.FIRST
        tone = "plain" if not first else "urgent" if self.view.emergency else "accent"
        return [*tags, Tag(t(f"referrals.mark_{self.view.mark}"), tone)]


class TargetList(QWidget):
    """All targets, one of them taken."""

    taken = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: list[TargetRow] = []
        self._group = QButtonGroup(self)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(px(6))
        self._column.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._group.buttonClicked.connect(lambda _: self._take())

    @property
    def target(self) -> TargetView | None:
        """The taken target, None where there are no targets."""
        return next((row.view for row in self._rows if row.isChecked()), None)

    @property
    def digit(self) -> int:
        """The digit of the taken target, 0 where there are no targets."""
        return next((place for place, row in enumerate(self._rows, 1) if row.isChecked()), 0)

    def show_targets(self, targets: Sequence[TargetView], taken: str = "") -> None:
        """Show the targets; the one with this id stays taken, otherwise the one to take first is."""
        had_focus = any(row.hasFocus() for row in self._rows)
        for row in self._rows:
            self._group.removeButton(row)
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows = [TargetRow(digit, view) for digit, view in enumerate(targets[:9], 1)]
        for row in self._rows:
            self._group.addButton(row)
            self._column.addWidget(row)
        wanted = [row for row in self._rows if row.view.id == taken]
        first = [row for row in self._rows if row.view.mark is Mark.FIRST]
        for row in (wanted or first or self._rows)[:1]:
            row.setChecked(True)
        self._point_focus()
        if had_focus:
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def take(self, digit: int) -> bool:
        """Take the target of a digit; False where there is none."""
        if not 1 <= digit <= len(self._rows):
            return False
        self._rows[digit - 1].setChecked(True)
        self._take()
        return True

    def _take(self) -> None:
        self._point_focus()
        self.taken.emit()

    def _point_focus(self) -> None:
        for row in self._rows:
            if row.isChecked():
                self.setFocusProxy(row)


def _dial_text(view: TargetView) -> str:
    return view.dial or t("referrals.place_first")


def _reason_text(view: TargetView) -> str:
    if view.verified or not view.landline:
        return view.reason
    return t("referrals.reason_landline", reason=view.reason, number=view.landline)
