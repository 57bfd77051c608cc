"""Windows that tests made are taken away by Qt, at once: what Python collects goes in any order."""

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QWidget


def take_away(window: QWidget) -> None:
    """Delete a window, and whatever else waits for it, while its parts are still referred to."""
    window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
