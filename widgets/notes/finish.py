"""The foot of the note: whether it is saved, what is missing, and finishing it, complete or with a reason."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from models.cases.closing import Closing, Way
from resources.texts import t
from widgets.base.buttons import KeyButton
from widgets.base.card import clear, row
from widgets.base.composition import LineEdit, commit_composition
from widgets.base.flow import FlowLayout
from widgets.base.keys import key_for
from widgets.base.labels import ElidedLabel, Label
from widgets.notes.view import SaveState
from widgets.theme import px

_TONES = {SaveState.SAVED: "good", SaveState.WAITING: "soft", SaveState.FAILED: "care"}
_KEYS = {Way.REFERRAL: "refer", Way.PLAN: "safety_plan"}
_MOST = 8


class Finish(QWidget):
    """Finishing says what is missing and leads there; it asks for a reason and never says no.

    The reason is filled in, so Enter is enough. ``jump_wanted(key)`` asks for a field, ``way_wanted(Way)``
    for one of the ways to close an R3 or R4 record, ``call_back_wanted()`` for what is offered.
    """

    finish_wanted = Signal(str)
    jump_wanted = Signal(str)
    way_wanted = Signal(object)
    call_back_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._missing: tuple[tuple[str, str], ...] = ()
        self._closing = Closing()
        self._saved = ElidedLabel(size="small", tone="soft")
        self._open = Label(size="small", tone="care", strong=True)
        self._button = KeyButton(t("notes.finish"), key_for("finish_note"), tone="accent")
        self._button.clicked.connect(self.press)
        self._reason = LineEdit()
        self._reason.setAccessibleName(t("notes.reason"))
        self._reason.returnPressed.connect(self._finish_incomplete)
        self._why = Label(tone="care", wrap=True)
        self._fields, self._ways = QWidget(), QWidget()
        self._field_flow, self._way_flow = FlowLayout(6, self._fields), FlowLayout(6, self._ways)
        self._unclosed = Label(tone="care", strong=True, wrap=True)
        self._offer, self._offer_words = self._offered()
        self._ask = self._question()
        foot = QHBoxLayout()
        foot.setSpacing(px(8))
        foot.addWidget(self._saved, 1)
        foot.addWidget(self._open)
        foot.addWidget(self._button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(6))
        column.addWidget(self._offer)
        column.addWidget(self._ask)
        column.addLayout(foot)
        self._ask.hide()
        self.show_closing(Closing())

    def show_missing(self, fields: Sequence[tuple[str, str]]) -> None:
        """Show which required fields are empty: their keys, and what they are called."""
        if tuple(fields) == self._missing:
            return
        self._missing = tuple(fields)
        self._why.setText(t("notes.finish_incomplete", n=len(fields)))
        if not self._ask.isHidden():
            self._offer_fields()
        self._look()

    def show_closing(self, closing: Closing) -> None:
        """Show whether the rule for R3 and R4 is met, and the ways that lead there."""
        if closing == self._closing and self._unclosed.text():
            return
        self._closing = closing
        self._unclosed.setText(t("notes.unclosed"))
        clear(self._way_flow)
        # A lead's signature is not to be had from here; it comes later.
        for way in (one for one in closing.missing if one is not Way.REASON):
            label, key = t(f"notes.way_{way}"), key_for(_KEYS[way]) if way in _KEYS else ""
            self._add(self._way_flow, label, key, lambda _=False, way=way: self.way_wanted.emit(way))
        self._open.setText("" if closing.closed else t("notes.not_closed"))
        self._open.setVisible(not closing.closed)
        self._look()

    def show_offer(self, words: str) -> None:
        """Offer a call-back, with the sentence why; "" offers none."""
        self._offer_words.setText(words)
        self._offer.setVisible(bool(words))

    def show_finished(self, at: datetime | None) -> None:
        """Show that the note was finished at a moment, or, with None, that it is a draft."""
        if at is not None:
            self._ask.hide()
        self._button.setEnabled(at is None)
        label = t("notes.finish") if at is None else t("notes.finished", time=f"{at.astimezone():%H:%M}")
        self._button.show_label(label, key_for("finish_note") if at is None else "")

    def show_saved_state(self, state: SaveState, detail: str = "") -> None:
        """Show how far the words are saved; the detail is when, or why not."""
        clean = state is SaveState.CLEAN
        if clean:
            # Another note: the question was about the one before.
            self._ask.hide()
        said = "" if clean else t(f"notes.save_{state}", detail=detail).strip()
        if said != self._saved.text():
            self._saved.setText(said)
        self._saved.show_tone(_TONES.get(state, "soft"))

    def press(self) -> None:
        """Finish, or say first what is missing and ask for the reason."""
        if not self._button.isEnabled():
            return
        if not self._missing and self._closing.closed:
            self.finish_wanted.emit("")
        elif self._ask.isHidden():
            self._offer_fields()
            self._ask.show()
            self._reason.setText(t("notes.reason_usual") if self._missing else "")
            asked = t("notes.reason" if self._missing else "notes.reason_unclosed")
            self._reason.setPlaceholderText(asked)
            self._reason.setAccessibleName(asked)
            self._reason.selectAll()
            self._reason.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._finish_incomplete()

    def _look(self) -> None:
        self._why.setVisible(bool(self._missing))
        self._fields.setVisible(bool(self._missing))
        for part in (self._unclosed, self._ways):
            part.setVisible(not self._closing.closed)
        if not self._missing and self._closing.closed:
            self._ask.hide()

    def _offer_fields(self) -> None:
        """The ways to the missing fields: made when it is asked for them, not at each key in the note."""
        clear(self._field_flow)
        for key, label in self._missing[:_MOST]:
            self._add(self._field_flow, label, "", lambda _=False, key=key: self.jump_wanted.emit(key))

    def _finish_incomplete(self) -> None:
        commit_composition(self._reason)
        reason = self._reason.text().strip()
        if self._missing and not reason:
            reason = t("notes.reason_usual")
        self._ask.hide()
        self.finish_wanted.emit(reason)

    def _add(self, flow: FlowLayout, label: str, key: str, act: object) -> None:
        button = KeyButton(label, key, tone="soft", name=t("notes.go_to", what=label))
        button.set_compact()
        button.clicked.connect(act)
        flow.addWidget(button)
        button.show()

    def _offered(self) -> tuple[QWidget, Label]:
        offer, words = QWidget(), Label(tone="care", strong=True, wrap=True)
        button = KeyButton(t("notes.call_back"), key_for("call_back"), tone="accent")
        button.set_compact()
        button.clicked.connect(self.call_back_wanted)
        line = row(words, button)
        line.setStretch(0, 1)
        offer.setLayout(line)
        offer.hide()
        return offer, words

    def _question(self) -> QWidget:
        ask = QWidget()
        take = KeyButton(t("notes.finish_anyway"), tone="care")
        take.clicked.connect(self._finish_incomplete)
        drop = KeyButton(t("notes.keep_writing"))
        drop.clicked.connect(ask.hide)
        line = QHBoxLayout()
        line.setSpacing(px(8))
        for part in (self._reason, take, drop):
            line.addWidget(part)
        column = QVBoxLayout(ask)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(4))
        for above in (self._why, self._fields, self._unclosed, self._ways):
            column.addWidget(above)
        column.addLayout(line)
        return ask
