"""How alerts are heard at this workstation: which sound, how loud; it cannot be turned off for good."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from models.alerts.sounding import MUTED_SECONDS, SOUNDS, VOLUMES, Sounding
from resources.texts import t
from widgets.base.buttons import KeyButton
from widgets.base.card import row
from widgets.base.labels import Label
from widgets.base.segment import Option, Segment
from widgets.theme import px

_SITE = "site"


class SoundForm(QWidget):
    """``chosen(Sounding)`` tells a choice at once, ``try_wanted()`` asks to hear it."""

    chosen = Signal(object)
    try_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        sounds = [Option(_SITE, t("alerts.sound_site"), tone="accent")]
        sounds += [Option(one, t(f"alerts.sound_{one}"), tone="accent") for one in SOUNDS]
        self._sounds = Segment(sounds, t("alerts.sound_which"))
        volumes = [Option(str(one), t("alerts.percent", n=one), tone="accent") for one in VOLUMES]
        self._volumes = Segment(volumes, t("alerts.volume"))
        for segment in (self._sounds, self._volumes):
            segment.chosen.connect(self._tell)
            segment.cleared.connect(self._restore)
        listen = KeyButton(t("alerts.try"), tone="accent")
        listen.clicked.connect(self.try_wanted)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(8))
        column.addWidget(Label(t("alerts.sound_which"), strong=True))
        column.addLayout(row(self._sounds, 1))
        column.addWidget(Label(t("alerts.volume"), strong=True))
        column.addLayout(row(self._volumes, 1))
        column.addLayout(row(listen, 1))
        hint = t("alerts.sound_hint", minutes=round(MUTED_SECONDS / 60))
        column.addWidget(Label(hint, size="small", tone="soft", wrap=True))
        column.addStretch(1)
        self._shown = Sounding()
        self.show_sounding(self._shown)

    def show_sounding(self, sounding: Sounding) -> None:
        """Show what is chosen."""
        self._shown = sounding
        self._sounds.show_choice(sounding.sound or _SITE)
        self._volumes.show_choice(str(sounding.volume))

    def _tell(self, _choice: str) -> None:
        sound, volume = self._sounds.choice or _SITE, self._volumes.choice or str(VOLUMES[-1])
        self._shown = Sounding("" if sound == _SITE else sound, int(volume))
        self.chosen.emit(self._shown)

    def _restore(self) -> None:
        self.show_sounding(self._shown)
