"""The conversations that run now, and the lead's part in them."""

from datetime import datetime
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from models.calls.events import Watching
from resources.texts import t
from widgets.base.buttons import KeyButton
from widgets.base.card import Card, row
from widgets.base.durations import elapsed_seconds, short_text
from widgets.base.flow import Flow
from widgets.base.keys import bind, key_for
from widgets.base.labels import ElidedLabel, Label, StatusDot
from widgets.base.tag import LevelTag
from widgets.lead.view import TalkView
from widgets.theme import px, restyle

_WAYS = (Watching.LISTEN, Watching.WHISPER, Watching.JOIN)


class TalkCard(Card):
    """One conversation: who talks, for how long, how dangerous; and what the lead does in it.

    Taking over is asked twice: the operator's telephone is put down.
    """

    watch_wanted = Signal(str, Watching)
    take_over_wanted = Signal(str)
    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(gap=4, parent=parent)
        self.body.setContentsMargins(px(12), px(8), px(12), px(8))
        self._talk: TalkView | None = None
        self._name = ElidedLabel(strong=True)
        self._seat = Label(size="small", tone="soft")
        self._dot = StatusDot("accent")
        self._passed = Label(tone="soft")
        self._level = LevelTag()
        self._part = Label(tone="accent", strong=True, wrap=True)
        self._ways = {way: KeyButton(t(f"lead.watch_{way}"), tone="plain") for way in _WAYS}
        self._over = KeyButton(t("lead.take_over"), tone="care")
        self._gone = KeyButton(t("lead.watch_gone"), tone="accent")
        self._sure = KeyButton(t("lead.take_over_sure"), tone="urgent")
        self._not = KeyButton(t("lead.take_over_not"))
        self._ask = Label(tone="care", wrap=True)
        self._arrange()
        for way, button in self._ways.items():
            button.clicked.connect(lambda _=False, way=way: self.act(way))
        self._gone.clicked.connect(lambda: self.act(Watching.GONE))
        self._over.clicked.connect(self.act_take_over)
        self._sure.clicked.connect(self.act_take_over)
        self._not.clicked.connect(lambda: self._show_question(False))
        self._show_question(False)

    def show_talk(self, talk: TalkView) -> None:
        """Show the conversation and what the lead does in it."""
        self._talk = talk
        self._name.setText(talk.name)
        self._seat.setText(t("lead.seat", n=talk.seat))
        self._dot.show_tone("care" if talk.held else "accent")
        self._level.setVisible(bool(talk.level))
        if talk.level:
            self._level.show_level(talk.level)
        there = talk.how is not Watching.GONE
        self._part.setVisible(there)
        self._part.setText(t(f"lead.part_{talk.how}") if there else "")
        for way, button in self._ways.items():
            button.setVisible(way is not talk.how)
        self._gone.setVisible(there)
        tone = "accent" if there else "plain"
        restyle(self, tone=tone, edge="urgent" if talk.level == "R4" and not there else "plain")
        self.setAccessibleName(f"{talk.name} {self._seat.text()} {talk.level} {self._part.text()}")

    def show_chosen(self, chosen: bool) -> None:
        """Name the keys on the conversation that they act on, and on no other."""
        for way, button in self._ways.items():
            button.show_label(t(f"lead.watch_{way}"), key_for(f"watch_{way}") if chosen else "")
        self._over.show_label(t("lead.take_over"), key_for("take_over") if chosen else "")
        self._gone.show_label(t("lead.watch_gone"), key_for("watch_gone") if chosen else "")

    def show_now(self, now: datetime) -> None:
        """Bring the time up to a moment."""
        if self._talk is not None:
            passed = short_text(elapsed_seconds(self._talk.since, now))
            self._passed.setText(t("lead.held_for" if self._talk.held else "lead.talks_for", passed=passed))

    def act(self, way: Watching) -> None:
        """Do what a button or key wishes."""
        talk = self._talk
        if talk is not None and way is not talk.how:
            self._show_question(False)
            self.chosen.emit(talk.call)
            self.watch_wanted.emit(talk.call, way)

    def act_take_over(self) -> None:
        """Ask first; the second time take it over."""
        if self._talk is None:
            return
        if self._ask.isHidden():
            self.chosen.emit(self._talk.call)
            self._show_question(True)
            return
        self._show_question(False)
        self.take_over_wanted.emit(self._talk.call)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keys act on the conversation that was gone to last."""
        restyle(self, focused=True)
        if self._talk is not None:
            self.chosen.emit(self._talk.call)
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show that the focus is elsewhere."""
        restyle(self, focused=False)
        super().focusOutEvent(event)

    def _show_question(self, asked: bool) -> None:
        self._ask.setVisible(asked)
        self._sure.setVisible(asked)
        self._not.setVisible(asked)
        self._over.setVisible(not asked)
        if asked and self._talk is not None:
            self._ask.setText(t("lead.take_over_ask", who=self._talk.name))

    def _arrange(self) -> None:
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        top = row(self._name, self._seat)
        top.setStretch(0, 1)
        below = row(self._dot, self._passed, 1, self._level, gap=6)
        for button in (*self._ways.values(), self._over, self._gone, self._sure, self._not):
            button.set_compact()
        self.body.addLayout(top)
        self.body.addLayout(below)
        self.body.addWidget(self._part)
        self.body.addWidget(Flow(*self._ways.values(), self._over, self._gone))
        self.body.addWidget(self._ask)
        self.body.addWidget(Flow(self._sure, self._not))


class Talks(QWidget):
    """All conversations of the site but the own one; the keys act on the one that was chosen last."""

    watch_wanted = Signal(str, Watching)
    take_over_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cards: dict[str, TalkCard] = {}
        self._talks: tuple[TalkView, ...] = ()
        self._chosen = ""
        self._none = Label(t("lead.no_talks"), tone="soft", wrap=True)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(px(6))
        self._column.addWidget(self._none)
        for way in (*_WAYS, Watching.GONE):
            bind(self, f"watch_{way}", partial(self._act, way))
        bind(self, "take_over", self._take_over)

    def show_talks(self, talks: tuple[TalkView, ...]) -> None:
        """Show these, in this order."""
        self._talks = talks
        wanted = {talk.call for talk in talks}
        for gone in [each for each in self._cards if each not in wanted]:
            card = self._cards.pop(gone)
            card.hide()
            card.deleteLater()
        for place, talk in enumerate(talks):
            card = self._cards.get(talk.call) or self._new_card(talk.call)
            self._column.insertWidget(place, card)
            card.show_talk(talk)
        self._none.setVisible(not talks)
        self._choose(self._front())

    def show_now(self, now: datetime) -> None:
        """Bring the times up to a moment."""
        for card in self._cards.values():
            card.show_now(now)

    def _front(self) -> str:
        """The watched conversation, else the one that was chosen, else the first."""
        watched = next((talk.call for talk in self._talks if talk.how is not Watching.GONE), "")
        chosen = self._chosen if self._chosen in self._cards else ""
        return watched or chosen or (self._talks[0].call if self._talks else "")

    def _choose(self, call: str) -> None:
        self._chosen = call
        for each, card in self._cards.items():
            card.show_chosen(each == call)

    def _act(self, way: Watching) -> None:
        if self._chosen in self._cards:
            self._cards[self._chosen].act(way)

    def _take_over(self) -> None:
        if self._chosen in self._cards:
            self._cards[self._chosen].act_take_over()

    def _new_card(self, call: str) -> TalkCard:
        card = TalkCard()
        card.watch_wanted.connect(self.watch_wanted)
        card.take_over_wanted.connect(self.take_over_wanted)
        card.chosen.connect(self._choose)
        self._cards[call] = card
        return card
