"""The three 0–100 ratings, before the talk and now."""

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from models.risk.assessment import Assessment
from models.risk.trail import Dial, Phase
from resources.instruments import Screen
from resources.texts import t
from widgets.base.buttons import KeyButton
from widgets.base.dial import Dial as DialRow
from widgets.base.labels import ElidedLabel
from widgets.risk.screen import wording
from widgets.theme import px

SETTLE_MS = 500
"""How long a value must rest before it counts as rated: a drag passes many values, 92 is typed as 9 and 2."""


AGAIN_KEY = "a"
"""Goes from the ratings before the talk to those of now, and back."""


class RatingRow(DialRow):
    """One dial that tells a value once it has come to rest or the dial was left."""

    settled = Signal(int)
    again_wanted = Signal()

    def __init__(self, label: str, parent: QWidget | None = None) -> None:
        super().__init__(label, parent)
        self._pending: int | None = None
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(SETTLE_MS)
        self._rest.timeout.connect(self.settle)
        self.rated.connect(self._wait)
        self.bar.installEventFilter(self)

    @property
    def resting(self) -> bool:
        """True while no value waits to be told."""
        return self._pending is None

    def settle(self) -> None:
        """Tell the value that waits, at once."""
        self._rest.stop()
        value, self._pending = self._pending, None
        if value is not None:
            self.settled.emit(value)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take letting go of the mouse and leaving the dial as the end of rating."""
        if event.type() in (QEvent.Type.MouseButtonRelease, QEvent.Type.FocusOut):
            self.settle()
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and _asks_again(event):
            self.again_wanted.emit()
            return True
        return super().eventFilter(watched, event)

    def _wait(self, value: int) -> None:
        self._pending = value
        self._rest.start()


def _asks_again(event: QKeyEvent) -> bool:
    return event.text().lower() == AGAIN_KEY and not event.isAutoRepeat()


class Ratings(QWidget):
    """The dials of an assessment; which of the two ratings is given now is said above them."""

    rated = Signal(object, object, int)

    def __init__(self, screen: Screen, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._assessment: Assessment | None = None
        self._phase = Phase.BEFORE
        self._header = ElidedLabel(size="small", tone="soft")
        self._switch = KeyButton(t("risk.rate_again"), tone="link")
        self._switch.setToolTip(f"{t('risk.rate_again')} / {t('risk.rate_before')}  {AGAIN_KEY.upper()}")
        self._switch.clicked.connect(self._switch_phase)
        head = QHBoxLayout()
        head.addWidget(self._header, 1)
        head.addWidget(self._switch)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(1))
        column.addLayout(head)
        self._rows = {Dial(label.id): RatingRow(wording(label)) for label in screen.ratings}
        for dial, row in self._rows.items():
            column.addWidget(row)
            row.settled.connect(lambda value, dial=dial: self.rated.emit(dial, self._phase, value))
            row.again_wanted.connect(self._rate_again)
        self._show()

    @property
    def phase(self) -> Phase:
        """Which rating a dial gives now."""
        return self._phase

    def show_assessment(self, assessment: Assessment | None) -> None:
        """Show the latest values; a value that is just being given is left alone."""
        known = self._assessment
        self._assessment = assessment
        if assessment is None or known is None or assessment.id != known.id:
            again = assessment is not None and any(one.phase is Phase.AFTER for one in assessment.ratings)
            self._phase = Phase.AFTER if again else Phase.BEFORE
        self._show()

    def take_focus(self) -> None:
        """Go to the first dial that was not rated in this phase, to the first of all where each was."""
        place = 0 if self._phase is Phase.BEFORE else 1
        unrated = [row for dial, row in self._rows.items() if self._values(dial)[place] is None]
        row = (unrated or list(self._rows.values()))[0]
        row.bar.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def go_on(self) -> None:
        """Go to what is not rated yet; where all was rated before the talk, to the ratings of now."""
        if self._phase is Phase.BEFORE and all(self._values(dial)[0] is not None for dial in self._rows):
            self._switch_phase()
        self.take_focus()

    def settle(self) -> None:
        """Tell every value that waits, at once."""
        for row in self._rows.values():
            row.settle()

    def _rate_again(self) -> None:
        self._switch_phase()
        next(iter(self._rows.values())).bar.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _switch_phase(self) -> None:
        self.settle()
        self._phase = Phase.AFTER if self._phase is Phase.BEFORE else Phase.BEFORE
        self._show()

    def _show(self) -> None:
        first = self._phase is Phase.BEFORE
        self._header.setText(t("risk.ratings_before" if first else "risk.ratings_after"))
        self._switch.show_label(t("risk.rate_again") if first else t("risk.rate_before"))
        rated = any(self._values(dial)[0] is not None for dial in self._rows)
        self._switch.setVisible(rated or not first)
        for dial, row in self._rows.items():
            if row.resting:
                before, after = self._values(dial)
                row.show_values(*((None, before) if first else (before, after)))

    def _values(self, dial: Dial) -> tuple[int | None, int | None]:
        if self._assessment is None:
            return None, None
        return self._assessment.rating(dial, Phase.BEFORE), self._assessment.rating(dial, Phase.AFTER)
