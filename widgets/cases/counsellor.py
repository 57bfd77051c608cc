"""Whose caller or case it is: chosen from those who work here."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from models.people.staff import Member
from resources.texts import t
from widgets.base.choice import ChoiceBox

NOBODY = Member("", "")


class CounsellorChoice(ChoiceBox):
    """The first entry is nobody; a name that was typed into an earlier record stays, without an account."""

    picked = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMaxVisibleItems(16)
        self._staff: tuple[Member, ...] = ()
        self._entries: list[Member] = []
        self.activated.connect(lambda _place: self.picked.emit())
        self._list(NOBODY)

    @property
    def chosen(self) -> Member:
        """Who is chosen; without an id: a name that was typed, or nobody."""
        return self._entries[self.currentIndex()]

    def show_staff(self, staff: Sequence[Member]) -> None:
        """Offer these; who is chosen stays so."""
        if self._staff != tuple(staff):
            self._staff = tuple(staff)
            self._list(self.chosen)

    def choose(self, member: Member) -> None:
        """Show that it is this one, whether they still work here or not."""
        if member != self.chosen:
            self._list(member)

    def _list(self, chosen: Member) -> None:
        """A name that two people share is told with the account."""
        place = next((at for at, one in enumerate(self._staff) if chosen.id and one.id == chosen.id), None)
        others = [chosen] if place is None and chosen != NOBODY else []
        self._entries = [NOBODY, *others, *self._staff]
        self.clear()
        self.addItems([self._words(one) for one in self._entries])
        self.setCurrentIndex(len(others) if place is None else place + 1)

    def _words(self, one: Member) -> str:
        if one == NOBODY:
            return t("callers.counsellor_nobody")
        if not one.id:
            return t("callers.counsellor_typed", name=one.name)
        shared = sum(other.name == one.name for other in self._staff) > 1
        return t("callers.counsellor_account", name=one.name, id=one.id) if shared else one.name or one.id
