"""A window is built as the console builds it: before the style sheet is on."""

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtWidgets import QApplication


@contextmanager
def undressed() -> Iterator[None]:
    """Take the style sheet off for a block; after it everything there is wears it, as `dress` does it.

    With the sheet on, Qt would look up the rules of every part again each time it is put into another one.
    """
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    sheet = app.styleSheet()
    app.setStyleSheet("")
    try:
        yield
    finally:
        app.setStyleSheet(sheet)
