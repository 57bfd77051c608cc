"""Acts that wait for a lead: let it happen, or not, with a reason."""

from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from resources.texts import t
from widgets.base.buttons import KeyButton
from widgets.base.card import Card, clear, row
from widgets.base.labels import Label
from widgets.base.tag import Tag
from widgets.sync.ages import age_text
from widgets.sync.view import HeldView
from widgets.theme import px


class HeldCard(Card):
    """One held act; a dismissal is only possible once a reason is written."""

    open_wanted = Signal(str)
    release_wanted = Signal(str)
    dismiss_wanted = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(gap=6, parent=parent)
        self._view: HeldView | None = None
        self._what = Label(strong=True)
        self._who = Label(tone="soft")
        self._age = Label(size="small", tone="soft")
        self._why = Tag()
        self._words = QVBoxLayout()
        self._open = KeyButton(t("sync.read"), tone="link")
        self._release = KeyButton(t("sync.release"), tone="accent")
        self._dismiss = KeyButton(t("sync.dismiss"))
        self._reason = QLineEdit()
        self._reason.setPlaceholderText(t("sync.reason"))
        self._reason.setAccessibleName(t("sync.reason"))
        self._reason.textChanged.connect(self._allow)
        self._open.clicked.connect(lambda: self.open_wanted.emit(self._op))
        self._release.clicked.connect(lambda: self.release_wanted.emit(self._op))
        self._dismiss.clicked.connect(self._wish_dismiss)
        self.body.addLayout(row(self._what, self._who, 1, self._age, self._why))
        self.body.addLayout(self._words)
        self._acts = row(self._open, self._release, self._reason, self._dismiss)
        self._acts.setStretch(2, 1)
        self.body.addLayout(self._acts)
        self._behind = Label(t("sync.behind_note"), size="small", tone="soft", wrap=True)
        self.body.addWidget(self._behind)

    def show_held(self, view: HeldView) -> None:
        """Show an act, and its words where they are given."""
        self._view = view
        self._what.setText(view.what)
        self._who.setText(view.who)
        self._why.show_text(view.reason, "care")
        clear(self._words)
        for name, words in view.words:
            self._words.addWidget(Label(name, size="small", tone="soft"))
            self._words.addWidget(Label(words, wrap=True))
        self._open.setVisible(not view.words)
        for part in (self._release, self._reason, self._dismiss):
            part.setVisible(view.first)
        self._behind.setVisible(not view.first)
        for button, wish in (
            (self._open, "read"),
            (self._release, "release"),
            (self._dismiss, "dismiss"),
        ):
            button.setAccessibleName(t(f"sync.{wish}_named", what=view.what, who=view.who))
        self._allow()

    def show_now(self, now: datetime) -> None:
        """Bring the age up to a moment."""
        if self._view is not None:
            self._age.setText(age_text(self._view.at, now))

    def _allow(self) -> None:
        self._dismiss.setEnabled(bool(self._reason.text().strip()))

    @property
    def _op(self) -> str:
        return self._view.op if self._view is not None else ""

    def _wish_dismiss(self) -> None:
        self.dismiss_wanted.emit(self._op, self._reason.text().strip())


class HeldList(QWidget):
    """All held acts; what a lead is writing into one of them stays while others come and go."""

    open_wanted = Signal(str)
    release_wanted = Signal(str)
    dismiss_wanted = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cards: dict[str, HeldCard] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(px(6))

    def show_held(self, acts: tuple[HeldView, ...]) -> None:
        """Show these, in this order."""
        wanted = {act.op for act in acts}
        for gone in [op for op in self._cards if op not in wanted]:
            card = self._cards.pop(gone)
            card.hide()
            card.deleteLater()
        for place, act in enumerate(acts):
            card = self._cards.get(act.op) or self._new(act.op)
            self._column.insertWidget(place, card)
            card.show_held(act)

    def show_now(self, now: datetime) -> None:
        """Bring the ages up to a moment."""
        for card in self._cards.values():
            card.show_now(now)

    def _new(self, op: str) -> HeldCard:
        card = self._cards[op] = HeldCard()
        card.open_wanted.connect(self.open_wanted)
        card.release_wanted.connect(self.release_wanted)
        card.dismiss_wanted.connect(self.dismiss_wanted)
        return card
