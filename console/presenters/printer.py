"""The system's own question for a printer; nothing waits for it."""

from collections.abc import Callable

from PySide6.QtGui import QPagedPaintDevice
from PySide6.QtWidgets import QWidget


def ask_printer(window: QWidget, dots: int, paint: Callable[[QPagedPaintDevice], object]) -> None:
    """Ask which printer; `paint` is called with it, at so many dots an inch, once somebody agreed."""
    # Only who prints needs this part of Qt.
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter

    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setResolution(dots)
    dialog = QPrintDialog(printer, window)
    dialog.accepted.connect(lambda: paint(printer))
    dialog.finished.connect(dialog.deleteLater)
    dialog.show()
