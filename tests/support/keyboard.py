"""A keyboard at a window of this process: keys by the window system, words by an input method."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

_MOST_STEPS = 60


class QtKeyboard:
    """Types into whatever has the focus."""

    def __init__(self, window: QWidget) -> None:
        self._window = window

    def press(self, *keys: str) -> None:
        """Press keys one after another, each as `Ctrl+T` is written."""
        for key in keys:
            handle = self._window.windowHandle()
            focus = QGuiApplication.focusWindow()
            assert focus == handle, f"another window has the keyboard: {focus}, {handle}"
            QTest.keySequence(handle, QKeySequence(key))

    def to(self, name: str, key: str = "Tab", *, begins: bool = False) -> QWidget:
        """Walk to what is called so, or begins so, as it is read out."""
        for _ in range(_MOST_STEPS):
            focus = QApplication.focusWidget()
            called = _called(focus) if focus is not None else ""
            if called == name or (begins and called.startswith(name)):
                assert focus is not None
                return focus
            self.press(key)
        raise AssertionError(f"no key leads to {name}")

    def write(self, text: str) -> None:
        """Write words in the place of what stands there, first composed, then committed."""
        self.press("Ctrl+A")
        self.add(text)

    def add(self, text: str) -> None:
        """Write words behind what stands there."""
        for composed in (QInputMethodEvent(text, []), QInputMethodEvent()):
            if not composed.preeditString():
                composed.setCommitString(text)
            field = QApplication.focusWidget()
            assert field is not None, "no field has the keyboard"
            QCoreApplication.sendEvent(field, composed)


def _called(widget: QWidget) -> str:
    own = widget.text() if isinstance(widget, QAbstractButton) else ""
    return widget.accessibleName() or own
