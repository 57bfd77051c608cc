"""Letting a lead read an own record for a time, and taking it back."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from resources.texts import t
from widgets.access.view import GivenView, SharingView
from widgets.base.buttons import KeyButton
from widgets.base.card import CardHeader, clear, row
from widgets.base.composition import LineEdit, commit_composition
from widgets.base.labels import Label
from widgets.base.segment import Option, Segment
from widgets.base.tag import LevelTag
from widgets.theme import px

_HOURS = (1, 4, 8, 24)
_USUAL = "4"
_LONGEST_REASON = 200


class SharePanel(QWidget):
    """``give_wanted(note, lead, reason, hours)``, ``back_wanted(note, grant)``; a reason is required."""

    give_wanted = Signal(str, str, str, int)
    back_wanted = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view = SharingView("", "", "RX")
        self._heading = Label(strong=True, wrap=True)
        self._level = LevelTag()
        self._reader = QComboBox()
        self._reader.setAccessibleName(t("access.give_to"))
        self._reason = LineEdit()
        self._reason.setPlaceholderText(t("access.give_reason"))
        self._reason.setAccessibleName(t("access.give_reason"))
        self._reason.setMaxLength(_LONGEST_REASON)
        self._reason.textChanged.connect(self._look)
        self._reason.returnPressed.connect(self._give)
        options = [Option(str(n), t("access.hours", n=n), tone="accent") for n in _HOURS]
        self._hours = Segment(options, t("access.ask_hours"), always=True)
        self._button = KeyButton(t("access.give"), tone="accent")
        self._button.clicked.connect(self._give)
        self._state = Label(wrap=True)
        self._given_head = CardHeader(t("access.given"))
        self._nobody = Label(t("access.given_none"), tone="soft", wrap=True)
        self._given = QVBoxLayout()
        self._given.setSpacing(px(6))
        self._arrange()
        self.setFocusProxy(self._reason)

    def show_sharing(self, view: SharingView) -> None:
        """Show a record and who has it; what was typed stays while it is the same record."""
        before, self._view = self._view, view
        if before.note != view.note:
            self._reason.clear()
            self._hours.show_choice(_USUAL)
        self._heading.setText(view.heading)
        self._level.show_level(view.level)
        if before.readers != view.readers or before.note != view.note:
            self._reader.clear()
            for reader, name in view.readers:
                self._reader.addItem(name, reader)
        self._state.setText(view.state)
        self._state.show_tone(view.tone)
        self._state.setVisible(bool(view.state))
        self._show_given(view.given)
        self._look()

    def _show_given(self, given: tuple[GivenView, ...]) -> None:
        clear(self._given)
        self._nobody.setVisible(not given)
        for one in given:
            until = t("access.given_until", who=one.who, time=f"{one.until:%m-%d %H:%M}")
            words = QVBoxLayout()
            words.setSpacing(px(1))
            words.addWidget(Label(until, wrap=True))
            words.addWidget(Label(one.reason, size="small", tone="soft", wrap=True))
            back = KeyButton(t("access.take_back"), name=t("access.take_back_named", who=one.who))
            back.clicked.connect(partial(self._take_back, one.id))
            line = row(gap=8)
            line.addLayout(words, 1)
            line.addWidget(back, 0, Qt.AlignmentFlag.AlignTop)
            self._given.addLayout(line)

    def _arrange(self) -> None:
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(px(8))
        head = row(self._heading, self._level)
        head.setStretch(0, 1)
        page.addLayout(head)
        page.addWidget(Label(t("access.give_why"), tone="soft", wrap=True))
        for name, field in (("give_to", self._reader), ("give_reason", self._reason)):
            label = Label(t(f"access.{name}"), size="small", tone="soft")
            label.setBuddy(field)
            page.addWidget(label)
            page.addWidget(field)
        page.addWidget(self._hours, 0, Qt.AlignmentFlag.AlignLeft)
        page.addWidget(self._button)
        page.addWidget(self._state)
        page.addWidget(self._given_head)
        page.addWidget(self._nobody)
        page.addLayout(self._given)
        page.addStretch(1)

    def _look(self) -> None:
        self._button.setEnabled(
            bool(self._reason.text().strip() and self._reader.count()) and not self._view.waits
        )

    def _give(self) -> None:
        commit_composition(self._reason)
        reason, to = self._reason.text().strip(), str(self._reader.currentData() or "")
        if reason and to and self._button.isEnabled():
            self.give_wanted.emit(self._view.note, to, reason, int(self._hours.choice or _USUAL))

    def _take_back(self, grant: str) -> None:
        self.back_wanted.emit(self._view.note, grant)
