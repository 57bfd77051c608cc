"""The level on top: code, word, shape, colour, the rule that fired it, and who has seen it."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from models.risk.assessment import Assessment
from resources.texts import t
from widgets.base.labels import Label
from widgets.base.levels import LEVELS, level_text, level_word
from widgets.base.tag import paint_level_shape, paint_stripes
from widgets.risk.reasons import reasons
from widgets.risk.view import AlertView, Attention
from widgets.theme import colour, px

NOT_ASSESSED = "RX"
_TONES = {"text_soft": "soft"}
_SIDE = 12


class _Shape(QWidget):
    """The shape of a level."""

    def __init__(self) -> None:
        super().__init__()
        self._code = NOT_ASSESSED
        self.setFixedSize(px(18), px(18))

    def show_code(self, code: str) -> None:
        """Show the shape of this level."""
        self._code = code
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint it a little inside its room, for the width of the line."""
        inset = px(2)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            paint_level_shape(painter, self._code, QRectF(self.rect()).adjusted(inset, inset, -inset, -inset))


class LevelBanner(QWidget):
    """The shown level of an assessment; never R0 while something with a level is open."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._code = NOT_ASSESSED
        self._shape = _Shape()
        self._title = Label(size="title", strong=True)
        self._lines = Label(size="small", wrap=True)
        self._alert = ""
        self._beside = Label(size="small", strong=True)
        self._seen = Label(size="small", strong=True, wrap=True)
        head = QHBoxLayout()
        head.setSpacing(px(8))
        head.addWidget(self._shape)
        head.addWidget(self._title, 1)
        head.addWidget(self._beside)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(_SIDE), px(9), px(_SIDE), px(9))
        column.setSpacing(px(2))
        column.addLayout(head)
        column.addWidget(self._lines)
        column.addWidget(self._seen)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.show_alert(AlertView())

    @property
    def code(self) -> str:
        """The code of the level that is shown, RX while there is none."""
        return self._code

    def texts(self) -> tuple[str, ...]:
        """Return all that is written on it."""
        return tuple(text for label in self.findChildren(Label) if (text := label.text()))

    def show_assessment(self, assessment: Assessment | None) -> None:
        """Show level, reasons and what is open; None is an assessment nobody began."""
        level = assessment.level if assessment else None
        self._code = level.value if level else NOT_ASSESSED
        look = LEVELS[self._code]
        tone = _TONES.get(look.front, look.front)
        for label in (self._title, self._lines, self._beside, self._seen):
            label.show_tone(tone)
        self._shape.show_code(self._code)
        self._title.setText(level_text(self._code))
        self._lines.setText("\n".join(reasons(assessment)))
        self.setAccessibleName(
            t("base.level_name", code=self._code, word=level_word(self._code)) + "\n" + self._lines.text()
        )
        self._place_alert()
        self.update()

    def show_alert(self, alert: AlertView) -> None:
        """Show who has seen the level, or whom to call because nobody has."""
        match alert.attention:
            case Attention.NONE:
                text = ""
            case Attention.SENT:
                text = t("risk.alert_sent")
            case Attention.SEEN:
                text = t("risk.alert_seen", who=alert.who)
            case Attention.NOBODY:
                key = "risk.alert_nobody" if alert.supervisor else "risk.alert_nobody_undialled"
                text = t(key, supervisor=alert.supervisor)
        self._alert = text
        self._place_alert()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """See where the words about the alert fit."""
        super().resizeEvent(event)
        self._place_alert()

    def _place_alert(self) -> None:
        """Beside the level where they fit: a line more would be taken from what happens below."""
        room = self.width() - 2 * px(_SIDE) - self._shape.width() - 3 * px(8)
        self._beside.ensurePolished()
        self._title.ensurePolished()
        words = self._beside.fontMetrics().horizontalAdvance(self._alert)
        fits = words <= room - self._title.sizeHint().width()
        for label, here in ((self._beside, fits), (self._seen, not fits)):
            label.setText(self._alert if here else "")
            label.setVisible(here and bool(self._alert))

    def minimumSizeHint(self) -> QSize:
        """Never cut a line."""
        hint = super().minimumSizeHint()
        return QSize(hint.width(), self.heightForWidth(max(self.width(), hint.width())))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the ground, striped while there is no level."""
        look = LEVELS[self._code]
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour(look.back))
            painter.drawRoundedRect(box, px(5), px(5))
            if look.striped:
                band = QRectF(box.right() - px(56), box.top(), px(56), box.height())
                paint_stripes(painter, band, px(5))
            if look.back != "urgent":
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(QPen(colour(look.front), 1))
                painter.drawRoundedRect(box, px(5), px(5))
