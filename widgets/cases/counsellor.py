"""Whose caller or case it is: chosen from those who work here."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QComboBox, QCompleter, QListView, QWidget

from models.people.staff import Member
from resources.texts import t
from widgets.base.choice import ChoiceBox
from widgets.base.composition import LineEdit

NOBODY = Member("", "")
NO_WORDS: Mapping[str, str] = MappingProxyType({})
_VISIBLE = 16


class CounsellorChoice(ChoiceBox):
    """Looked for by typing any part of a name or profession, or gone through by the arrow keys.

    The first entry is nobody; a name that was typed into an earlier record stays, without an account, and so
    does somebody who works here no more.
    """

    picked = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setAccessibleName(name)
        self.setToolTip(t("callers.counsellor_seek"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMaxVisibleItems(_VISIBLE)
        self._field = LineEdit()
        self._field.setAccessibleName(name)
        self._field.setPlaceholderText(t("callers.counsellor_seek"))
        self.setLineEdit(self._field)
        self._found = QCompleter(self.model(), self)
        self._found.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        self._found.setFilterMode(Qt.MatchFlag.MatchContains)
        self._found.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._found.setMaxVisibleItems(_VISIBLE)
        self.found_list = QListView()
        self._found.setPopup(self.found_list)
        self.setCompleter(self._found)
        self._staff: tuple[Member, ...] = ()
        self._words: Mapping[str, str] = NO_WORDS
        self._entries: list[Member] = []
        self.activated.connect(lambda _place: self.picked.emit())
        self._field.returnPressed.connect(self._take_only)
        self._list(NOBODY)

    @property
    def chosen(self) -> Member:
        """Who is chosen; without an id: a name that was typed, or nobody."""
        return self._entries[self.currentIndex()]

    def show_staff(self, staff: Sequence[Member], words: Mapping[str, str] = NO_WORDS) -> None:
        """Offer those who can be chosen, with what is to be said beside a name; who is chosen stays so."""
        if (self._staff, self._words) != (tuple(staff), words):
            chosen = self.chosen
            self._staff, self._words = tuple(staff), words
            self._list(chosen)

    def choose(self, member: Member) -> None:
        """Show that it is this one, whether they still work here or not."""
        if member != self.chosen:
            self._list(member)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """What is typed now looks for somebody else."""
        super().focusInEvent(event)
        self._field.selectAll()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Words that name nobody choose nobody: the field shows again who is chosen."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self._show_chosen()

    def _take_only(self) -> None:
        """Enter takes whom the words found, if that is one alone; without words, nobody."""
        words = self._field.text().strip()
        self._found.setCompletionPrefix(words)
        if not words or self._found.completionCount() == 1:
            self.setCurrentIndex(self.findText(self._found.currentCompletion()) if words else 0)
            self.picked.emit()
        self.found_list.hide()
        self._show_chosen()

    def _show_chosen(self) -> None:
        self.setEditText(self.itemText(self.currentIndex()))

    def _list(self, chosen: Member) -> None:
        offered = [one for one in self._staff if one.counsels]
        place = next((at for at, one in enumerate(offered) if chosen.id and one.id == chosen.id), None)
        others = [chosen] if place is None and chosen != NOBODY else []
        self._entries = [NOBODY, *others, *offered]
        self.clear()
        self.addItems([self._named(one) for one in self._entries])
        self.setCurrentIndex(len(others) if place is None else place + 1)

    def _named(self, one: Member) -> str:
        """A name that two people share is told with the account."""
        if one == NOBODY:
            return t("callers.counsellor_nobody")
        if not one.id:
            return t("callers.counsellor_typed", name=one.name)
        known = next((other for other in self._staff if other.id == one.id), one)
        if known.left:
            return t("callers.counsellor_left", name=one.name or one.id)
        name = one.name or one.id
        if sum(other.name == one.name for other in self._staff) > 1:
            name = t("callers.counsellor_account", name=one.name, id=one.id)
        said = self._words.get(one.id, "")
        return t("callers.counsellor_said", name=name, words=said) if said else name
