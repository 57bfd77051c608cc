"""Who calls, beside the call from the ring on: known persons one key away, code word, case."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from models.people.person import Part
from resources.texts import t
from widgets.base.buttons import KeyButton
from widgets.base.card import Card, CardHeader, clear, row
from widgets.base.flow import Flow
from widgets.base.keys import bind, key_for
from widgets.base.labels import Label
from widgets.base.tag import LevelTag, Tag
from widgets.people.view import BannerView, PersonRow
from widgets.people.words import calls_of, name_of, part_of
from widgets.theme import px

_KEYS = ("person_1", "person_2", "person_3")


class PersonBanner(Card):
    """For everybody who takes calls; there is no clinical word in it."""

    person_chosen = Signal(str, str, Part)
    who_wanted = Signal(str)
    history_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(gap=6, parent=parent)
        self._view: BannerView | None = None
        self._persons = QVBoxLayout()
        self._persons.setSpacing(px(6))
        self._case = Tag()
        self._who = KeyButton(t("persons.who"), key_for("who"), "link")
        self._history = KeyButton(t("persons.history"), key_for("person"), "link")
        self._who.clicked.connect(self._wish_who)
        self._history.clicked.connect(self._wish_history)
        # Where nobody is known yet the card is this one line: the column beside the note is short.
        head = CardHeader(t("persons.banner"))
        head.add_widget(self._who)
        self.body.addWidget(head)
        self.body.addLayout(self._persons)
        self._more = Flow(self._case, self._history)
        self.body.addWidget(self._more)
        self.setAccessibleName(t("persons.banner"))
        for place, wish in enumerate(_KEYS):
            bind(self, wish, partial(self._choose, place))
        bind(self, "person", self._wish_history)
        self.hide()

    def show_view(self, view: BannerView | None) -> None:
        """Show what is known of the call in front; None while there is none."""
        self.setVisible(view is not None)
        if view == self._view or view is None:
            self._view = view
            return
        self._view = view
        clear(self._persons)
        for one in view.chosen:
            self._persons.addLayout(self._chosen(one))
        if view.offered and not view.chosen:
            key = "persons.one_known" if len(view.offered) == 1 else "persons.some_known"
            self._persons.addWidget(Label(t(key, n=len(view.offered)), size="small", tone="soft", wrap=True))
            for place, one in enumerate(view.offered[: len(_KEYS)]):
                self._persons.addLayout(self._offered(one, place))
        self._case.setVisible(view.case)
        name = t("persons.case_of", name=view.counsellor) if view.counsellor else t("persons.case")
        self._case.show_text(name, "accent")
        known = bool(view.chosen or view.offered)
        self._who.show_label(t("persons.another" if known and not view.chosen else "persons.who"))
        known_alone = self._shown_person() is not None
        self._history.setVisible(known_alone)
        self._more.setVisible(known_alone or view.case)

    def _chosen(self, person: PersonRow) -> QVBoxLayout:
        lines = QVBoxLayout()
        lines.setSpacing(px(4))
        lines.addLayout(
            row(Label(name_of(person), strong=True, wrap=True), 1, Tag(part_of(person), "accent"))
        )
        tags = [Tag(calls_of(person))]
        if person.level:
            tags.append(LevelTag(person.level))
        if person.code_word:
            tags.append(Tag(t("persons.ask_word", word=person.code_word), "accent"))
        lines.addWidget(Flow(*tags))
        return lines

    def _offered(self, person: PersonRow, place: int) -> QVBoxLayout:
        choose = KeyButton(name_of(person), key_for(_KEYS[place]))
        choose.setAccessibleName(t("persons.choose_named", name=name_of(person)))
        choose.clicked.connect(lambda: self._choose(place))
        lines = QVBoxLayout()
        lines.setSpacing(px(4))
        lines.addWidget(choose)
        tags = [Tag(calls_of(person))]
        if person.level:
            tags.append(LevelTag(person.level))
        if person.code_word:
            tags.append(Tag(t("persons.ask_word", word=person.code_word), "accent"))
        lines.addWidget(Flow(*tags))
        return lines

    def _choose(self, place: int) -> None:
        view = self._view
        if view is not None and not view.chosen and place < len(view.offered):
            self.person_chosen.emit(view.call, view.offered[place].id, Part.SELF)

    def _shown_person(self) -> PersonRow | None:
        view = self._view
        if view is None:
            return None
        persons = view.chosen or (view.offered if len(view.offered) == 1 else ())
        return persons[0] if persons else None

    def _wish_who(self) -> None:
        if self._view is not None:
            self.who_wanted.emit(self._view.call)

    def _wish_history(self) -> None:
        person = self._shown_person()
        if person is not None:
            self.history_wanted.emit(person.id)
