"""A backup of what lies on this workstation, to a folder or a USB drive."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QLineEdit, QVBoxLayout, QWidget

from resources.texts import t
from widgets.base.buttons import Chip, KeyButton
from widgets.base.card import CardHeader, row
from widgets.base.flow import Flow
from widgets.base.labels import Label
from widgets.theme import px
from widgets.upkeep.view import BackupView


class BackupForm(QWidget):
    """``back_up_wanted(folder)``. Nothing of it blocks the work: it goes on while the copy is made."""

    back_up_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._folder = QLineEdit()
        self._folder.setAccessibleName(t("upkeep.folder"))
        self._folder.setPlaceholderText(t("upkeep.folder"))
        self._folder.textChanged.connect(self._look)
        self._folder.returnPressed.connect(self._wish)
        self._choose = KeyButton(t("upkeep.choose"))
        self._choose.clicked.connect(self._open_dialog)
        self._drives = QWidget()
        self._drive_chips = QVBoxLayout(self._drives)
        self._drive_chips.setContentsMargins(0, 0, 0, 0)
        self._begin = KeyButton(t("upkeep.back_up"), tone="accent", big=True)
        self._begin.clicked.connect(self._wish)
        self._state = Label(wrap=True, strong=True)
        self._view = BackupView()
        self._dialog: QFileDialog | None = None
        self._arrange()
        self.setFocusProxy(self._folder)
        self.show_drives(())
        self.show_backup(BackupView())

    def show_drives(self, drives: tuple[tuple[str, str], ...]) -> None:
        """Offer the drives that are plugged in, as pairs of folder and name."""
        while (item := self._drive_chips.takeAt(0)) is not None:
            if (former := item.widget()) is not None:
                former.deleteLater()
        chips = []
        for folder, name in drives:
            chip = Chip(name)
            chip.clicked.connect(partial(self._take, folder))
            chips.append(chip)
        if chips:
            self._drive_chips.addWidget(Flow(*chips, gap=6))
        self._drives.setVisible(bool(chips))

    def show_backup(self, view: BackupView) -> None:
        """Show how the last one stands."""
        self._view = view
        self._state.setText(view.state)
        self._state.show_tone(view.tone)
        self._state.setVisible(bool(view.state))
        self._look()

    def _arrange(self) -> None:
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(px(10))
        page.addWidget(Label(t("upkeep.what"), tone="soft", wrap=True))
        line = row(self._folder, self._choose, gap=8)
        line.setStretch(0, 1)
        page.addLayout(line)
        page.addWidget(self._drives)
        page.addWidget(self._begin)
        page.addWidget(self._state)
        page.addWidget(CardHeader(t("upkeep.way_back")))
        page.addWidget(Label(t("upkeep.way_back_how"), tone="soft", wrap=True))
        page.addStretch(1)

    def _look(self) -> None:
        self._begin.setEnabled(bool(self._folder.text().strip()) and not self._view.under_way)

    def _wish(self) -> None:
        if self._begin.isEnabled():
            self.back_up_wanted.emit(self._folder.text().strip())

    def _take(self, folder: str, _checked: bool = False) -> None:
        self._folder.setText(folder)
        self._begin.setFocus()

    def _open_dialog(self) -> None:
        """Beside the work, never in its way: a call may ring meanwhile."""
        if self._dialog is None:
            self._dialog = QFileDialog(self, t("upkeep.folder"), self._folder.text())
            self._dialog.setFileMode(QFileDialog.FileMode.Directory)
            self._dialog.setOption(QFileDialog.Option.ShowDirsOnly)
            self._dialog.setModal(False)
            self._dialog.fileSelected.connect(self._take)
        self._dialog.show()
