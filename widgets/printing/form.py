"""The wish for a record on pages: why, and into which folder; nothing of it blocks the work."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from models.notes.printing import PrintReason
from resources.texts import t
from widgets.base.buttons import Chip, KeyButton
from widgets.base.card import row
from widgets.base.composition import LineEdit
from widgets.base.flow import Flow
from widgets.base.labels import Label
from widgets.printing.view import PrintView
from widgets.theme import px


class PrintForm(QWidget):
    """``wanted(note, folder, reason)``, ``printer_wanted(note, reason)``; no reason is preselected."""

    wanted = Signal(str, str, PrintReason)
    printer_wanted = Signal(str, PrintReason)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._note = ""
        self._reason: PrintReason | None = None
        self._view = PrintView()
        self._chips = {one: Chip(t(f"printing.reason_{one}"), one.value) for one in PrintReason}
        self._folder = LineEdit()
        self._folder.setAccessibleName(t("printing.folder"))
        self._folder.setPlaceholderText(t("printing.folder"))
        self._folder.textChanged.connect(self._look)
        self._folder.returnPressed.connect(self._wish)
        self._choose = KeyButton(t("printing.choose"))
        self._choose.clicked.connect(self._open_dialog)
        self._begin = KeyButton(t("printing.begin"), tone="accent")
        self._begin.clicked.connect(self._wish)
        self._paper = KeyButton(t("printing.on_paper"))
        self._paper.clicked.connect(self._wish_paper)
        self._state = Label(wrap=True, strong=True)
        self._arrange()
        self.setFocusProxy(next(iter(self._chips.values())))
        self._look()

    def ask(self, note: str) -> None:
        """Begin for a note; the folder of the last time stays."""
        self._note, self._reason = note, None
        for chip in self._chips.values():
            chip.show_on(False)
        self.show_print(PrintView())

    def show_print(self, view: PrintView) -> None:
        """Show how far it came."""
        self._view = view
        self._state.setText(view.state)
        self._state.show_tone(view.tone)
        self._state.setVisible(bool(view.state))
        self._look()

    def _arrange(self) -> None:
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(px(10))
        page.addWidget(Label(t("printing.what"), tone="soft", wrap=True))
        page.addWidget(Label(t("printing.why"), strong=True))
        for one, chip in self._chips.items():
            chip.toggled.connect(lambda _on, one=one: self._choose_reason(one))
        page.addWidget(Flow(*self._chips.values(), gap=6))
        line = row(self._folder, self._choose, gap=8)
        line.setStretch(0, 1)
        page.addLayout(line)
        page.addLayout(row(1, self._paper, self._begin, gap=8))
        page.addWidget(self._state)
        page.addStretch(1)

    def _choose_reason(self, reason: PrintReason) -> None:
        self._reason = reason
        for one, chip in self._chips.items():
            chip.show_on(one is reason)
        self._look()

    def _look(self) -> None:
        ready = bool(self._note and self._reason and self._folder.text().strip())
        self._begin.setEnabled(ready and not self._view.under_way)
        self._paper.setEnabled(bool(self._note and self._reason))

    def _wish(self) -> None:
        if self._begin.isEnabled() and self._reason is not None:
            self.wanted.emit(self._note, self._folder.text().strip(), self._reason)

    def _wish_paper(self) -> None:
        if self._reason is not None:
            self.printer_wanted.emit(self._note, self._reason)

    def _open_dialog(self) -> None:
        """The system's own dialog, not modal: the call goes on."""
        for former in self.findChildren(QFileDialog):
            former.reject()
        dialog = QFileDialog(self, t("printing.choose"), self._folder.text())
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setModal(False)
        dialog.fileSelected.connect(self._folder.setText)
        dialog.finished.connect(dialog.deleteLater)
        dialog.show()
