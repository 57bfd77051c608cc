"""The sheet that asks somebody into the conversation, or gives it away: whom, how, with which words."""

from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from resources.texts import t
from widgets.base.buttons import IconButton, KeyButton
from widgets.base.card import row, scrolling
from widgets.base.composition import LineEdit, commit_composition
from widgets.base.labels import Label
from widgets.base.segment import Option, Segment
from widgets.calls.asking_view import AskingView
from widgets.calls.whom import WhomList
from widgets.theme import px

WAYS = ("speak_first", "at_once", "together")
_LETTERS = "ABC"
_LINES, _LONGEST = 3, 120


class AskingSheet(QWidget):
    """What lies on the sheet; the note stays usable beside it, and one act is confirmed once.

    Enter goes from field to field and asks nobody; outside the fields a letter chooses the way, and a digit
    asks whoever has it. ``confirmed(id, call, way, whom id, lines)``; ``sought(words)`` wants other rows.
    """

    confirmed = Signal(str, str, str, str, object)
    sought = Signal(str)
    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view = AskingView("", "", ())
        self._spent = ""
        self.setAccessibleName(t("handing.title"))
        self._way = Segment(
            [
                Option(way, f"{letter}  {t(f'handing.way_{way}')}", letter.lower(), "accent")
                for letter, way in zip(_LETTERS, WAYS, strict=True)
            ],
            t("handing.way"),
        )
        self._means = Label(size="small", tone="soft", wrap=True)
        self._lines = [self._field(t("handing.line", n=place + 1)) for place in range(_LINES)]
        self._sought = self._field(t("handing.seek"))
        self._whom = WhomList()
        self._area = scrolling(self._whom)
        self._missing = Label(size="small", tone="care", strong=True, wrap=True)
        self._confirm = KeyButton("", tone="accent", big=True)
        self.setFocusProxy(self._lines[0])
        self._arrange()
        self._connect()

    def show_asking(self, view: AskingView, way: str = WAYS[0]) -> None:
        """Show who can be asked; what was typed and taken stays while it is the same act."""
        if view.id != self._view.id:
            for field in (*self._lines, self._sought):
                field.clear()
            self._way.show_choice(way)
            self._whom.show_whom(())
        self._view = view
        self._whom.show_whom(view.whom)
        self._refresh()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take a digit or a letter; from a text field neither arrives here."""
        typing = isinstance(QApplication.focusWidget(), LineEdit)
        if event.key() == Qt.Key.Key_Escape:
            self.cancelled.emit()
        elif typing and event.key() == Qt.Key.Key_Down:
            self._whom.setFocus(Qt.FocusReason.OtherFocusReason)
        elif typing or event.isAutoRepeat():
            super().keyPressEvent(event)
        elif event.text().isascii() and event.text().isdigit():
            if self._whom.take(int(event.text())):
                self._go()
        elif event.text().upper() in tuple(_LETTERS):
            self._way.show_choice(WAYS[_LETTERS.index(event.text().upper())])
            self._refresh()
        else:
            super().keyPressEvent(event)

    def _go(self) -> None:
        for field in self._lines:
            commit_composition(field)
        whom, way, view = self._whom.whom, self._way.choice, self._view
        if not self.isVisible() or whom is None or way is None or view.id in ("", self._spent):
            self._refresh()
            return
        self._spent = view.id
        lines = tuple(field.text().strip() for field in self._lines)
        self.confirmed.emit(view.id, view.call, way, whom.id, lines)

    def _refresh(self) -> None:
        whom, way = self._whom.whom, self._way.choice
        self._means.setText(t(f"handing.means_{way}") if way else "")
        self._missing.setText("" if whom else t("handing.no_whom"))
        self._missing.setVisible(whom is None)
        self._confirm.setEnabled(whom is not None and way is not None)
        if whom is not None and way is not None:
            key = t("handing.press", digit=self._whom.digit) if self._whom.digit else ""
            self._confirm.show_label(t(f"handing.do_{way}", name=whom.name), key)
        else:
            self._confirm.show_label(t("handing.title"), "")

    def _field(self, name: str) -> LineEdit:
        field = LineEdit()
        field.setPlaceholderText(name)
        field.setAccessibleName(name)
        field.setMaxLength(_LONGEST)
        return field

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(8))
        column.addLayout(self._head())
        column.addWidget(self._way, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._means)
        column.addWidget(Label(t("handing.lines"), size="small", tone="soft", wrap=True))
        for field in self._lines:
            column.addWidget(field)
        column.addWidget(Label(t("handing.whom"), size="small", tone="soft"))
        column.addWidget(self._sought)
        column.addWidget(self._area, 1)
        column.addWidget(self._missing)
        column.addLayout(self._foot())

    def _head(self) -> QHBoxLayout:
        close = IconButton("close", t("base.close_named", what=t("handing.title")))
        close.clicked.connect(self.cancelled)
        head = row(Label(t("handing.title"), size="title", strong=True), close)
        head.setStretch(0, 1)
        return head

    def _foot(self) -> QHBoxLayout:
        cancel = KeyButton(t("handing.cancel"), "Esc")
        cancel.setFixedSize(px(120), px(46))
        cancel.clicked.connect(self.cancelled)
        self._confirm.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._confirm.clicked.connect(self._go)
        foot = row(cancel, self._confirm, gap=8)
        foot.setStretch(1, 1)
        return foot

    def _connect(self) -> None:
        order: list[QWidget] = [*self._lines, self._sought, self._whom]
        for field, following in pairwise(order):
            if isinstance(field, LineEdit):
                field.returnPressed.connect(following.setFocus)
        self._sought.textChanged.connect(self.sought)
        self._way.chosen.connect(lambda _: self._refresh())
        self._way.cleared.connect(self._refresh)
        self._whom.taken.connect(self._refresh)
