"""A lead's part in the own conversation, and the way to call one."""

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from models.calls.events import Watching
from resources.texts import t
from widgets.base.buttons import KeyButton
from widgets.base.card import Card
from widgets.base.keys import key_for
from widgets.base.labels import Label
from widgets.base.tag import Tag


@dataclass(frozen=True, slots=True)
class SupervisedView:
    """What is known of help for a call ("" for no call): ``asked`` for, ``who`` has seen that, who is there.

    ``alone``: nobody has seen it for too long; ``supervisor`` is whom to dial then, "" where none is set.
    """

    call: str = ""
    asked: bool = False
    who: str = ""
    alone: bool = False
    supervisor: str = ""
    watched: tuple[Watching, ...] = ()


class Supervised(Card):
    """One button to call a lead, what came of it, and who listens."""

    help_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(gap=4, parent=parent)
        self._view = SupervisedView()
        self._watched = Tag("", "accent")
        self._told = Label(strong=True, wrap=True)
        self._button = KeyButton(t("calls.help"), key_for("help"), name=t("calls.help_name"))
        self._button.clicked.connect(self.act)
        for part in (self._watched, self._told, self._button):
            self.body.addWidget(part)
        self.show_view(self._view)

    def show_view(self, view: SupervisedView) -> None:
        """Show it; without a call there is nothing to show."""
        self._view = view
        self.setVisible(bool(view.call))
        self._watched.setVisible(bool(view.watched))
        if view.watched:
            self._watched.show_text(t(f"calls.watched_{view.watched[-1]}"), "accent")
        told, tone = _told(view)
        self._told.setText(told)
        self._told.show_tone(tone)
        self._told.setVisible(bool(told))
        self._button.show_label(t("calls.help_again" if view.asked and not view.who else "calls.help"))
        self._button.show_tone("care" if view.asked and not view.who else "plain")

    def act(self) -> None:
        """Call for help; once more as long as nobody has seen it."""
        if self._view.call:
            self.help_wanted.emit(self._view.call)


def _told(view: SupervisedView) -> tuple[str, str]:
    if not view.asked:
        return "", "soft"
    if view.who:
        return t("calls.help_seen", who=view.who), "good"
    if not view.alone:
        return t("calls.help_sent"), "care"
    key = "calls.help_alone" if view.supervisor else "calls.help_alone_undialled"
    return t(key, supervisor=view.supervisor), "care"
