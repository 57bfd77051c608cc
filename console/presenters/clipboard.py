"""What was copied out of the window does not outlive the sight of it."""

from PySide6.QtGui import QClipboard, QGuiApplication

_PLACES = (QClipboard.Mode.Clipboard, QClipboard.Mode.Selection)


def forget_copied() -> None:
    """Empty the clipboard, and the selection where the desktop has one, as far as this program filled them.

    What another program put there is nobody's business here.
    """
    clipboard = QGuiApplication.clipboard()
    owns = {
        QClipboard.Mode.Clipboard: clipboard.ownsClipboard,
        QClipboard.Mode.Selection: clipboard.ownsSelection,
    }
    for place in _PLACES:
        if owns[place]():
            clipboard.clear(place)
