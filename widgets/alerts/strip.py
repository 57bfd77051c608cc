"""Alerts that nobody has seen yet: above everything else, on every page, until somebody says so."""

from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from resources.texts import t
from widgets.alerts.view import WaitingAlert
from widgets.base.buttons import KeyButton
from widgets.base.durations import elapsed_seconds, short_text
from widgets.base.keys import key_for
from widgets.base.labels import ElidedLabel, Label
from widgets.base.tag import LevelTag, Tag
from widgets.theme import px

_MOST = 3


class AlertRow(QWidget):
    """One alert: what, who, since when; seen, and to be looked into."""

    seen_wanted = Signal(str)
    look_wanted = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._alert: WaitingAlert | None = None
        self._level = LevelTag()
        self._help = Tag(t("alerts.help"), "urgent")
        self._second = Tag(t("alerts.second"), "care")
        self._words = ElidedLabel(strong=True)
        self._passed = Label(tone="care", strong=True)
        self._look = KeyButton(t("alerts.look"))
        self._seen = KeyButton(t("alerts.seen"), tone="urgent")
        for button in (self._look, self._seen):
            button.set_compact()
        self._look.clicked.connect(self._wish_look)
        self._seen.clicked.connect(self.acknowledge)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(px(10))
        line.addWidget(self._help)
        line.addWidget(self._second)
        line.addWidget(self._level)
        line.addWidget(self._words, 1)
        line.addWidget(self._passed)
        line.addWidget(self._look)
        line.addWidget(self._seen)

    def show_alert(self, alert: WaitingAlert, first: bool, locked: bool) -> None:
        """Show it; the key is that of the first, and none acts while the screen is locked."""
        self._alert = alert
        self._help.setVisible(alert.help)
        self._second.setVisible(alert.second)
        self._level.setVisible(bool(alert.level))
        if alert.level:
            self._level.show_level(alert.level)
        what = t("alerts.words", who=alert.operator, seat=alert.seat, time=f"{alert.at:%H:%M}")
        self._words.setText(what)
        self._look.setVisible(not locked and bool(alert.note))
        self._look.setAccessibleName(t("alerts.look_name", who=alert.operator))
        self._seen.setVisible(not locked)
        self._seen.show_label(t("alerts.seen"), key_for("alert_seen") if first else "")
        self.setAccessibleName(f"{self._level.text() if alert.level else ''} {what}".strip())

    def show_now(self, now: datetime) -> None:
        """Bring the waiting time up to a moment."""
        if self._alert is not None:
            passed = short_text(elapsed_seconds(self._alert.at, now))
            self._passed.setText(t("alerts.unseen_for", passed=passed))

    def acknowledge(self) -> None:
        """Say that it was seen."""
        if self._alert is not None:
            self.seen_wanted.emit(self._alert.id)

    def _wish_look(self) -> None:
        if self._alert is not None:
            self.look_wanted.emit(self._alert.id, self._alert.note)


class AlertStrip(QFrame):
    """The most urgent alerts, how many more there are, and whether they are heard."""

    seen_wanted = Signal(str)
    look_wanted = Signal(str, str)
    sound_wanted = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "alerts")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._alerts: tuple[WaitingAlert, ...] = ()
        self._locked = False
        self._sounds = True
        self._rows = [AlertRow() for _ in range(_MOST)]
        self._more = Label(tone="care", strong=True)
        self._silent = Label(tone="care")
        self._sound = KeyButton(t("alerts.sound_off"), tone="link")
        self._sound.clicked.connect(lambda: self.sound_wanted.emit(not self._sounds))
        column = QVBoxLayout(self)
        column.setContentsMargins(px(12), px(6), px(12), px(6))
        column.setSpacing(px(4))
        for one in self._rows:
            one.seen_wanted.connect(self.seen_wanted)
            one.look_wanted.connect(self.look_wanted)
            column.addWidget(one)
        below = QHBoxLayout()
        below.setSpacing(px(10))
        below.addWidget(self._more)
        below.addStretch(1)
        below.addWidget(self._silent)
        below.addWidget(self._sound)
        column.addLayout(below)
        self.show_alerts(())
        self.show_sound(True)

    def show_alerts(self, alerts: tuple[WaitingAlert, ...]) -> None:
        """Show these, the most urgent first; none puts the strip away."""
        self._alerts = alerts
        self.setVisible(bool(alerts))
        for place, row in enumerate(self._rows):
            row.setVisible(place < len(alerts))
            if place < len(alerts):
                row.show_alert(alerts[place], place == 0, self._locked)
        hidden = len(alerts) - _MOST
        self._more.setVisible(hidden > 0)
        self._more.setText(t("alerts.more", n=hidden) if hidden > 0 else "")

    def show_sound(self, on: bool, until: str = "") -> None:
        """Show whether they are heard, and until when they are not."""
        self._sounds = on
        self._silent.setVisible(not on)
        self._silent.setText("" if on else t("alerts.silent", time=until))
        self._sound.show_label(t("alerts.sound_off" if on else "alerts.sound_on"))

    def show_locked(self, locked: bool) -> None:
        """While the screen is locked nobody can say that they have seen one: who it was is not known."""
        self._locked = locked
        self._sound.setVisible(not locked)
        self.show_alerts(self._alerts)

    def show_now(self, now: datetime) -> None:
        """Bring the waiting times up to a moment."""
        for row in self._rows:
            row.show_now(now)

    def acknowledge_first(self) -> None:
        """The one key: the most urgent one was seen."""
        if self._alerts and not self._locked:
            self._rows[0].acknowledge()
