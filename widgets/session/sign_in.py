"""The page where somebody signs in, or comes back after a lock."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QKeyEvent
from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from resources.texts import available_languages, language, t
from widgets.base.buttons import KeyButton
from widgets.base.card import Card
from widgets.base.labels import Label
from widgets.base.segment import Option, Segment
from widgets.session.practice import PracticeMark
from widgets.session.view import SignIn
from widgets.theme import PALETTES, colours, icon_path, px

_CODE_DIGITS = 6


class SignInPage(QWidget):
    """Operator, password, seat; what went wrong is said in place.

    A code of the second factor and the password before the last change are asked for only where needed.
    """

    sign_in_wanted = Signal(SignIn)
    other_wanted = Signal()
    language_wanted = Signal(str)
    theme_wanted = Signal(str)

    def __init__(self, practice: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._operator = self._field("session.operator")
        self._password = self._field("session.password")
        self._password.setEchoMode(QLineEdit.EchoMode.Password)
        self._password.installEventFilter(self)
        self._seat = self._field("session.seat")
        self._code = self._field("session.code")
        self._code.setMaxLength(_CODE_DIGITS)
        self._former = self._field("session.former")
        self._former.setEchoMode(QLineEdit.EchoMode.Password)
        self._asked: dict[QLineEdit, Label] = {}
        self._filled = ""
        """The password that nobody has to know."""
        self._wish_text = t("session.sign_in")
        self._caps = Label(t("session.caps_lock"), size="small", tone="care", wrap=True)
        self._caps.hide()
        self._error = Label(tone="care", strong=True, wrap=True)
        self._error.hide()
        self._enter = KeyButton(self._wish_text, "Enter", tone="accent", big=True)
        self._other = KeyButton(t("session.other_operator"))
        self._other.hide()
        self._language = self._choice("language", available_languages(), language())
        self._theme = self._choice("theme", tuple(PALETTES), colours().name)
        self._arrange(practice)
        self._connect()

    def show_last(self, operator: str, seat: str) -> None:
        """Fill in who signed in here last, and the seat."""
        self._operator.setText(operator)
        self._seat.setText(seat)
        (self._password if operator else self._operator).setFocus()

    def show_locked(self, operator: str, seat: str, password: str = "") -> None:
        """Ask the same operator for the password again; fill in one that nobody had to know."""
        self.show_last(operator, seat)
        for fixed in (self._operator, self._seat, self._language, self._theme):
            fixed.setEnabled(False)
        self._filled = password
        self._password.setText(password)
        # Where nobody knows a password, nobody else could sign in either.
        self._other.setVisible(not password)
        self._title.setText(t("session.locked_filled" if password else "session.locked"))
        self._wish_text = t("session.unlock")
        self._enter.show_label(self._wish_text)

    def show_theme(self, name: str) -> None:
        """Show which colours are in use."""
        self._theme.show_choice(name)

    def show_error(self, sentence: str) -> None:
        """Say what went wrong and what to do; a password that somebody typed is asked for again."""
        self._say(sentence)
        for field in (self._password, self._code, self._former):
            field.clear()
        self._password.setText(self._filled)
        self._password.setFocus()

    def ask_code(self, sentence: str) -> None:
        """Ask for the code of the second factor too; what was typed stays."""
        self._ask(self._code, sentence)

    def ask_former(self, sentence: str) -> None:
        """Ask for the password before the last change too; what was typed stays."""
        self._ask(self._former, sentence)

    def show_busy(self, busy: bool, label: str = "") -> None:
        """Show that the password is being checked, or what else is being done."""
        self._enter.setEnabled(not busy)
        self._other.setEnabled(not busy)
        self._enter.show_label((label or t("session.checking")) if busy else self._wish_text)
        if busy:
            self._error.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Notice a capital letter typed without Shift, the sign of a caps lock."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.text().isalpha():
            shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._caps.setVisible(event.text().isupper() != shifted)
        return super().eventFilter(watched, event)

    def _ask(self, field: QLineEdit, sentence: str) -> None:
        self._say(sentence)
        self._asked[field].show()
        field.show()
        field.clear()
        field.setFocus()

    def _say(self, sentence: str) -> None:
        self.show_busy(False)
        self._error.setText(sentence)
        self._error.setVisible(bool(sentence))

    def _field(self, key: str) -> QLineEdit:
        field = QLineEdit()
        field.setAccessibleName(t(key))
        return field

    def _choice(self, name: str, codes: tuple[str, ...], now: str) -> Segment:
        options = [Option(code, t(f"session.{name}_{code}"), tone="accent") for code in codes]
        segment = Segment(options, t(f"session.{name}"))
        segment.show_choice(now)
        return segment

    def _arrange(self, practice: bool) -> None:
        card = Card(gap=10)
        card.setFixedWidth(px(400))
        card.body.setContentsMargins(px(28), px(24), px(28), px(24))
        self._title = Label(t("session.sign_in_title"), tone="soft")
        card.body.addLayout(self._brand(practice))
        card.body.addWidget(self._title)
        card.body.addSpacing(px(6))
        fields = (
            ("operator", self._operator),
            ("password", self._password),
            ("code", self._code),
            ("former", self._former),
            ("seat", self._seat),
        )
        for key, field in fields:
            self._add_field(card, key, field)
        card.body.addWidget(self._caps)
        card.body.addWidget(self._error)
        card.body.addSpacing(px(4))
        card.body.addWidget(self._enter)
        card.body.addWidget(self._other)
        card.body.addSpacing(px(6))
        choices = QFormLayout()
        choices.setHorizontalSpacing(px(12))
        choices.addRow(Label(t("session.language"), tone="soft"), self._language)
        choices.addRow(Label(t("session.theme"), tone="soft"), self._theme)
        card.body.addLayout(choices)
        page = QVBoxLayout(self)
        page.addStretch(2)
        # Not by an alignment: that would take no notice of a sentence over two lines.
        across = QHBoxLayout()
        across.addStretch(1)
        across.addWidget(card)
        across.addStretch(1)
        page.addLayout(across)
        page.addStretch(3)

    def _add_field(self, card: Card, key: str, field: QLineEdit) -> None:
        label = Label(t(f"session.{key}"), size="small", tone="soft")
        label.setBuddy(field)
        together = QVBoxLayout()
        together.setSpacing(px(3))
        together.addWidget(label)
        together.addWidget(field)
        card.body.addLayout(together)
        if field in (self._code, self._former):
            self._asked[field] = label
            label.hide()
            field.hide()

    def _brand(self, practice: bool) -> QHBoxLayout:
        mark = Label()
        mark.setPixmap(QIcon(icon_path("xinqiao")).pixmap(QSize(px(36), px(36))))
        brand = QHBoxLayout()
        brand.setSpacing(px(12))
        brand.addWidget(mark)
        brand.addWidget(Label(t("session.product"), size="figure", strong=True))
        brand.addStretch(1)
        if practice:
            brand.addWidget(PracticeMark(t("session.practice")), 0, Qt.AlignmentFlag.AlignVCenter)
        return brand

    def _connect(self) -> None:
        self._enter.clicked.connect(self._wish)
        self._other.clicked.connect(self.other_wanted)
        for field in (self._operator, self._password, self._code, self._former, self._seat):
            field.returnPressed.connect(self._wish)
        self._language.chosen.connect(self.language_wanted)
        self._theme.chosen.connect(self.theme_wanted)

    def _wish(self) -> None:
        if not self._enter.isEnabled():
            return
        operator, seat = self._operator.text().strip(), self._seat.text().strip()
        needed = (self._operator, self._password, self._code, self._former, self._seat)
        missing = next((one for one in needed if not one.isHidden() and not one.text().strip()), None)
        if missing is not None:
            missing.setFocus()
            return
        code, former = self._code.text().strip(), self._former.text()
        self.sign_in_wanted.emit(SignIn(operator, self._password.text(), seat, code, former))
