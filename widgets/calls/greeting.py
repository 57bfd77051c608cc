"""The site's greeting, in sight when a call was answered and put away when it was said."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from resources.texts import t
from widgets.base.buttons import IconButton
from widgets.base.card import Card, row
from widgets.base.keys import key_for
from widgets.base.labels import Label
from widgets.calls.view import GreetingView


class Greeting(Card):
    """A card with the words to say."""

    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tone="accent", gap=4, parent=parent)
        self._view: GreetingView | None = None
        self._text = Label(wrap=True)
        self._note = Label(size="small", tone="soft", wrap=True)
        close = IconButton("close", t("base.close_named", what=t("calls.greeting")))
        close.clicked.connect(self._close)
        title = Label(t("calls.greeting"), tone="accent", strong=True)
        key = Label(key_for("greeting"), size="small", tone="faint")
        self.body.addLayout(row(title, key, 1, close))
        self.body.addWidget(self._text)
        self.body.addWidget(self._note)
        self.hide()

    def show_greeting(self, greeting: GreetingView | None) -> None:
        """Set the words; None where the site has none."""
        self._view = greeting
        if greeting is None:
            self.hide()
            return
        self._text.setText(greeting.text)
        self._note.setText(greeting.note)
        self._note.setVisible(bool(greeting.note))

    def open_or_close(self) -> None:
        """Show the words, or put them away."""
        self.setVisible(self._view is not None and self.isHidden())

    def open_greeting(self) -> None:
        """Show the words if there are any."""
        self.setVisible(self._view is not None)

    def _close(self) -> None:
        self.hide()
        self.closed.emit()
