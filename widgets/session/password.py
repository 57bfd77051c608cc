"""The form by which somebody takes another password."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from resources.texts import t
from widgets.base.buttons import KeyButton
from widgets.base.labels import Label
from widgets.session.view import PasswordChange
from widgets.theme import px

SHORTEST = 8
_CODE_DIGITS = 6


class PasswordForm(QWidget):
    """Present password, new password twice, and a code where the server asks for one."""

    change_wanted = Signal(PasswordChange)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._old = self._field("password_old")
        self._new = self._field("password_new")
        self._again = self._field("password_again")
        self._code = self._field("code")
        self._code.setEchoMode(QLineEdit.EchoMode.Normal)
        self._code.setMaxLength(_CODE_DIGITS)
        self._said = Label(strong=True, wrap=True)
        self._enter = KeyButton(t("session.password_change"), "Enter", tone="accent", big=True)
        self._enter.clicked.connect(self._wish)
        self._arrange()
        self.setFocusProxy(self._old)
        self.clear()

    def clear(self) -> None:
        """Forget what was typed and said."""
        for field in (self._old, self._new, self._again, self._code):
            field.clear()
        self._show_code(False)
        self._said.hide()
        self.show_busy(False)

    def show_busy(self, busy: bool) -> None:
        """Show that the server is being asked."""
        self._enter.setEnabled(not busy)
        self._enter.show_label(t("session.checking") if busy else t("session.password_change"))

    def show_error(self, sentence: str) -> None:
        """Say what went wrong; what was typed stays."""
        self._say(sentence, "care")

    def ask_code(self, sentence: str) -> None:
        """Ask for the code of the second factor too."""
        self._say(sentence, "care")
        self._show_code(True)
        self._code.clear()
        self._code.setFocus()

    def show_changed(self) -> None:
        """Say that the new password counts from now on."""
        self.clear()
        self._say(t("session.password_changed"), "good")

    def _say(self, sentence: str, tone: str) -> None:
        self.show_busy(False)
        self._said.setText(sentence)
        self._said.show_tone(tone)
        self._said.show()

    def _show_code(self, shown: bool) -> None:
        self._code.setVisible(shown)
        self._code_label.setVisible(shown)

    def _field(self, key: str) -> QLineEdit:
        field = QLineEdit()
        field.setEchoMode(QLineEdit.EchoMode.Password)
        field.setAccessibleName(t(f"session.{key}"))
        field.returnPressed.connect(self._wish)
        return field

    def _arrange(self) -> None:
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(px(10))
        page.addWidget(Label(t("session.password_hint", n=SHORTEST), tone="soft", wrap=True))
        fields = (
            ("password_old", self._old),
            ("password_new", self._new),
            ("password_again", self._again),
            ("code", self._code),
        )
        for key, field in fields:
            label = Label(t(f"session.{key}"), size="small", tone="soft")
            label.setBuddy(field)
            self._code_label = label
            together = QVBoxLayout()
            together.setSpacing(px(3))
            together.addWidget(label)
            together.addWidget(field)
            page.addLayout(together)
        page.addWidget(self._said)
        page.addWidget(self._enter)
        page.addStretch(1)

    def _wish(self) -> None:
        if not self._enter.isEnabled():
            return
        needed = (self._old, self._new, self._again, self._code)
        missing = next((one for one in needed if not one.isHidden() and not one.text()), None)
        if missing is not None:
            missing.setFocus()
        elif len(self._new.text()) < SHORTEST:
            self.show_error(t("session.password_short", n=SHORTEST))
            self._new.setFocus()
        elif self._new.text() != self._again.text():
            self.show_error(t("session.password_unlike"))
            self._again.clear()
            self._again.setFocus()
        else:
            change = PasswordChange(self._old.text(), self._new.text(), self._code.text().strip())
            self.change_wanted.emit(change)
