"""A supervisor or lead says the second word here, with the own name and password."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from models.risk.assessment import Assessment
from resources.texts import t
from widgets.base.buttons import KeyButton
from widgets.base.card import row
from widgets.base.labels import Label
from widgets.theme import px

_CODE_DIGITS = 6


class SecondHere(QWidget):
    """Opened by `link`, which is there while a wish waits; ``said(operator, password, code, agrees)``.

    The password stands in the field until it was tried, no longer; a code is asked for only where needed.
    """

    said = Signal(str, str, str, bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._waiting = ""
        self.link = KeyButton(t("risk.second_here"), tone="link")
        self.link.set_compact()
        self.link.clicked.connect(self._open_or_close)
        self._operator, self._password, self._code = (
            _field(t("session.operator")),
            _field(t("session.password")),
            _field(t("session.code")),
        )
        self._password.setEchoMode(QLineEdit.EchoMode.Password)
        self._code.setMaxLength(_CODE_DIGITS)
        self._code.hide()
        self._trouble = Label(size="small", tone="care", wrap=True)
        self._trouble.hide()
        self._agree = KeyButton(t("lead.lower_agree"), tone="soft")
        self._refuse = KeyButton(t("lead.lower_refuse"))
        for button, agrees in ((self._agree, True), (self._refuse, False)):
            button.set_compact()
            button.clicked.connect(lambda _=False, agrees=agrees: self._say(agrees))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(4))
        fields = row(self._operator, self._password, self._code, gap=4)
        column.addLayout(fields)
        column.addWidget(self._trouble)
        column.addLayout(row(1, self._refuse, self._agree))
        self.hide()
        self.link.hide()

    @property
    def waiting(self) -> str:
        """Which lowering it is about, "" where none waits."""
        return self._waiting

    def show_assessment(self, assessment: Assessment | None) -> None:
        """Offer it while a wish waits; another wish begins anew."""
        waiting = assessment.standing.waiting if assessment else None
        now = waiting.op if waiting else ""
        self.link.setVisible(bool(now))
        if now != self._waiting:
            self._waiting = now
            self.show_done()

    def show_busy(self, busy: bool) -> None:
        """Show that it is being tried."""
        for part in (self._agree, self._refuse, self._operator, self._password, self._code):
            part.setEnabled(not busy)
        if busy:
            self._trouble.hide()

    def show_trouble(self, sentence: str, code_wanted: bool = False) -> None:
        """Say why it was not taken; the password is asked for again unless only the code is missing."""
        self.show_busy(False)
        self._trouble.setText(sentence)
        self._trouble.show()
        self._code.setVisible(code_wanted or not self._code.isHidden())
        again = self._code if code_wanted else self._password
        again.clear()
        again.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_done(self) -> None:
        """It was taken: nothing of who said it stays."""
        self.show_busy(False)
        self._clear()
        self.hide()

    def _open_or_close(self) -> None:
        self.setVisible(self.isHidden())
        if self.isHidden():
            self._clear()
        else:
            self._operator.setFocus(Qt.FocusReason.PopupFocusReason)

    def _say(self, agrees: bool) -> None:
        operator, code = self._operator.text().strip(), self._code.text().strip()
        needed = [one for one in (self._operator, self._password, self._code) if not one.isHidden()]
        missing = next((one for one in needed if not one.text().strip()), None)
        if missing is not None:
            missing.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        password = self._password.text()
        self.show_busy(True)
        self.said.emit(operator, password, code, agrees)

    def _clear(self) -> None:
        for field in (self._operator, self._password, self._code):
            field.clear()
        self._code.hide()
        self._trouble.hide()


def _field(name: str) -> QLineEdit:
    field = QLineEdit()
    field.setAccessibleName(name)
    field.setPlaceholderText(name)
    return field
