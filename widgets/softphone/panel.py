"""The telephone inside the console: how it is, and its devices."""

from dataclasses import replace
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from models.softphone.devices import Use
from resources.texts import t
from widgets.base.card import Rule, row
from widgets.base.labels import Label, StatusDot
from widgets.softphone.device import DeviceChoice
from widgets.softphone.view import LevelView, PhoneView, Standing
from widgets.theme import px

_TONES = {
    Standing.STARTING: "text_faint",
    Standing.AWAY: "care",
    Standing.READY: "good",
    Standing.RINGING: "accent",
    Standing.TALKING: "good",
}


class PhonePanel(QWidget):
    """``chosen(Choice)``, ``test_wanted(Use, bool)``, ``watched(bool)``: whether levels are wanted."""

    chosen = Signal(object)
    test_wanted = Signal(object, bool)
    watched = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view = PhoneView()
        self._dot = StatusDot("text_faint")
        self._standing = Label(strong=True)
        self._devices = {use: DeviceChoice(use) for use in Use}
        for use, device in self._devices.items():
            device.chosen.connect(partial(self._choose, use))
            device.test_wanted.connect(partial(self.test_wanted.emit, use))
        self.setFocusProxy(self._devices[Use.MICROPHONE])
        self._arrange()
        self.show_phone(PhoneView())

    def show_phone(self, view: PhoneView) -> None:
        """Show the telephone as it is."""
        self._view = view
        self._dot.show_tone(_TONES[view.standing])
        self._standing.setText(t(f"softphone.standing_{view.standing}"))
        for use, device in self._devices.items():
            names = view.microphones if use is Use.MICROPHONE else view.outputs
            device.show_devices(names, view.chosen.device(use))
        # A tone over the caller's voice or the ring helps nobody.
        self._devices[Use.HEADSET].offer_test(view.standing is not Standing.TALKING)
        self._devices[Use.LOUDSPEAKER].offer_test(view.standing is not Standing.RINGING)

    def show_levels(self, levels: LevelView) -> None:
        """Show how loud the devices are now."""
        self._devices[Use.MICROPHONE].meter.show_level(levels.microphone)
        self._devices[Use.HEADSET].meter.show_level(levels.headset)
        self._devices[Use.LOUDSPEAKER].meter.show_level(levels.loudspeaker)

    def showEvent(self, event: QShowEvent) -> None:
        """In sight: the meters move."""
        super().showEvent(event)
        self.watched.emit(True)

    def hideEvent(self, event: QHideEvent) -> None:
        """Out of sight: no tone goes on, no microphone stays open for it."""
        super().hideEvent(event)
        for device in self._devices.values():
            device.stop_test()
        self.watched.emit(False)

    def _choose(self, use: Use, name: str) -> None:
        self._view = replace(self._view, chosen=replace(self._view.chosen, **{use.value: name}))
        self.chosen.emit(self._view.chosen)

    def _arrange(self) -> None:
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(px(12))
        line = row(self._dot, self._standing, gap=8)
        line.addStretch(1)
        page.addLayout(line)
        for device in self._devices.values():
            page.addWidget(Rule())
            page.addWidget(device)
        page.addWidget(Rule())
        page.addWidget(Label(t("softphone.kept_here"), tone="soft", size="small", wrap=True))
        page.addStretch(1)
