"""One device of the telephone: which it is, how loud it is, and a tone to try it."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from models.softphone.devices import Use
from resources.texts import t
from widgets.base.buttons import KeyButton
from widgets.base.card import row
from widgets.base.labels import Label
from widgets.softphone.meter import LevelMeter
from widgets.theme import px


class DeviceChoice(QWidget):
    """``chosen(name)``, "" for the system's own; ``test_wanted(on)``, for what can be heard."""

    chosen = Signal(str)
    test_wanted = Signal(bool)

    def __init__(self, use: Use, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        title = t(f"softphone.{use}")
        self._box = QComboBox()
        self._box.setAccessibleName(title)
        self._box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._box.activated.connect(self._choose)
        self.meter = LevelMeter(t("softphone.level_of", what=title))
        self._test = KeyButton(t("softphone.test"), name=t("softphone.test_of", what=title))
        self._test.setCheckable(True)
        self._test.toggled.connect(self._try)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(6))
        column.addWidget(Label(title, strong=True))
        column.addWidget(Label(t(f"softphone.{use}_for"), tone="soft", size="small", wrap=True))
        column.addWidget(self._box)
        line = row(self.meter, self._test, gap=12)
        line.setStretch(0, 1)
        column.addLayout(line)
        self._test.setVisible(use is not Use.MICROPHONE)
        self.setFocusProxy(self._box)

    def show_devices(self, names: Sequence[str], chosen: str) -> None:
        """Offer what is there; a chosen device that is not stays in sight as such."""
        if self._box.view().isVisible():
            # Not under the hand of who is choosing; the next look follows soon.
            return
        self._box.clear()
        self._box.addItem(t("softphone.system"), "")
        for name in names:
            self._box.addItem(name, name)
        if chosen and chosen not in names:
            self._box.addItem(t("softphone.not_there", name=chosen), chosen)
        self._box.setCurrentIndex(self._box.findData(chosen))

    def offer_test(self, offered: bool) -> None:
        """Whether a tone may be played now; one that plays is over where it may not."""
        if not offered:
            self.stop_test()
        self._test.setEnabled(offered)

    def stop_test(self) -> None:
        """Let the tone be over."""
        self._test.setChecked(False)

    def _choose(self, index: int) -> None:
        self.chosen.emit(self._box.itemData(index))

    def _try(self, on: bool) -> None:
        self._test.show_label(t("softphone.test_stop" if on else "softphone.test"))
        self.test_wanted.emit(on)
