"""A form as an operator will see it, before it is used: the note panel with nothing behind it, a window."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from resources.texts import t
from widgets.base.buttons import KeyButton
from widgets.base.card import Card, clear, scrolling
from widgets.base.labels import Label
from widgets.notes.panel import NotePanel
from widgets.theme import px

_TALLEST = 180


class _Choosing(QWidget):
    """Which file is to be seen; out of sight where there is but one."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._dialog: QFileDialog | None = None
        self._files = QComboBox()
        self._files.setAccessibleName(t("forms.which"))
        self._files.setPlaceholderText(t("forms.other_shown"))
        self._files.activated.connect(lambda at: self.chosen.emit(str(self._files.itemData(at))))
        other = KeyButton(t("forms.other_file"))
        other.clicked.connect(self._open_dialog)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self._files, 1)
        line.addWidget(other)
        self.hide()

    def offer(self, files: Sequence[tuple[str, str]]) -> None:
        """Offer these, each as its path and its name."""
        self._files.clear()
        for path, name in files:
            self._files.addItem(name, path)
        self.setVisible(bool(files))

    def show_chosen(self, path: str) -> None:
        """Show which of them it is, none where it is another."""
        self._files.setCurrentIndex(self._files.findData(path))

    def _open_dialog(self) -> None:
        """Beside the work, never in its way: a call may ring meanwhile."""
        if self._dialog is None:
            self._dialog = QFileDialog(self, t("forms.other_file"), "", "TOML (*.toml)")
            self._dialog.setModal(False)
            self._dialog.fileSelected.connect(self.chosen)
        self._dialog.show()


class FormPreview(QWidget):
    """The panel, and above it what file this is and what is wrong in it.

    ``again_wanted()``: read it anew (`key` stands on its button); ``file_chosen(path)``: show another.
    """

    again_wanted = Signal()
    file_chosen = Signal(str)

    def __init__(self, key: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        # The keys of the note act in here while it is in front, and never beside those of the desk.
        self.setWindowFlag(Qt.WindowType.Window)
        self.panel = NotePanel()
        self._choosing = _Choosing()
        self._choosing.chosen.connect(self.file_chosen)
        self._file = Label(strong=True, wrap=True)
        self._said = Label(tone="soft", wrap=True)
        self._again = KeyButton(t("forms.again"), key)
        self._again.clicked.connect(self.again_wanted)
        inside = QWidget()
        self._faults = QVBoxLayout(inside)
        self._faults.setContentsMargins(0, 0, 0, 0)
        self._faults.setSpacing(px(4))
        self._area = scrolling(inside)
        self._area.setMaximumHeight(px(_TALLEST))
        self._arrange()
        self.setWindowTitle(t("forms.preview"))

    def offer_files(self, files: Sequence[tuple[str, str]]) -> None:
        """Offer these files, each as its path and its name; none: there is but one."""
        self._choosing.offer(files)

    def show_file(self, path: str, said: str, faults: Sequence[str]) -> None:
        """Show which file it is, what it is worth, and each fault in words."""
        self._choosing.show_chosen(path)
        self._file.setText(path)
        self._said.setText(said)
        self._said.show_tone("care" if faults else "soft")
        clear(self._faults)
        for fault in faults:
            label = Label(fault, wrap=True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self._faults.addWidget(label)
        self._area.setVisible(bool(faults))

    def _arrange(self) -> None:
        head = Card()
        line = QHBoxLayout()
        line.addWidget(self._file, 1)
        line.addWidget(self._again)
        head.body.addWidget(self._choosing)
        head.body.addLayout(line)
        head.body.addWidget(self._said)
        head.body.addWidget(self._area)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(12), px(12), px(12), px(12))
        column.setSpacing(px(10))
        column.addWidget(head)
        column.addWidget(self.panel, 1)
