"""The two sheets of syncing over the right part of the window."""

from PySide6.QtWidgets import QWidget

from resources.texts import t
from widgets.base.sheet import Sheet
from widgets.sync.texts import TwoTexts
from widgets.sync.unsent import NotSent

_UNSENT_WIDTH = 640
_TEXTS_WIDTH = 860


class SyncSheets:
    """One of them is open at a time; the work goes on beside it."""

    def __init__(self, host: QWidget, unsent: NotSent, texts: TwoTexts) -> None:
        self._unsent = Sheet(t("sync.unsent_title"), host, unsent, width=_UNSENT_WIDTH)
        self._texts = Sheet(t("sync.texts_title"), host, texts, width=_TEXTS_WIDTH)
        unsent.texts_wanted.connect(self.toggle_texts)

    def toggle_unsent(self) -> None:
        """Lay what is not sent over the right part, or put it away."""
        self._toggle(self._unsent, self._texts)

    def toggle_texts(self) -> None:
        """Lay the two texts over the right part, or put them away."""
        self._toggle(self._texts, self._unsent)

    def close(self) -> None:
        """Put both away."""
        self._unsent.close_sheet()
        self._texts.close_sheet()

    def _toggle(self, wanted: Sheet, other: Sheet) -> None:
        other.close_sheet()
        if wanted.isHidden():
            wanted.open_sheet()
        else:
            wanted.close_sheet()
