"""The system's own questions for a printer and for a file; nothing waits for them."""

from collections.abc import Callable

from PySide6.QtCore import QStandardPaths
from PySide6.QtGui import QPagedPaintDevice
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

_NAME = "asked-by-the-system"


def ask_printer(window: QWidget, dots: int, paint: Callable[[QPagedPaintDevice], object]) -> None:
    """Ask which printer; `paint` is called with it, at so many dots an inch, once somebody agreed."""
    # Only who prints needs this part of Qt.
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter

    put_away(window)
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setResolution(dots)
    dialog = QPrintDialog(printer, window)
    dialog.accepted.connect(lambda: paint(printer))
    _show(dialog)


def ask_file(window: QWidget, title: str, name: str, save: Callable[[str], object]) -> None:
    """Ask where a PDF goes; `save` gets its path once somebody agreed. The call goes on beside it."""
    put_away(window)
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    dialog = QFileDialog(window, title, folder, "PDF (*.pdf)")
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix("pdf")
    dialog.selectFile(name)
    dialog.fileSelected.connect(save)
    dialog.setModal(False)
    _show(dialog)


def put_away(window: QWidget) -> None:
    """Take away what is being asked over a window still: the newest question alone is one."""
    for dialog in window.findChildren(QDialog, _NAME):
        dialog.reject()


def _show(dialog: QDialog) -> None:
    dialog.setObjectName(_NAME)
    dialog.finished.connect(dialog.deleteLater)
    dialog.show()
