"""One box over all records, with filters, hits in pages, and a record to be read."""

from PySide6.QtCore import QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QAction, QIcon, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QListView, QStackedWidget, QToolButton, QVBoxLayout, QWidget

from resources.texts import t
from widgets.base.buttons import KeyButton
from widgets.base.card import row
from widgets.base.clearing import show_clear
from widgets.base.composition import LineEdit
from widgets.base.labels import Label
from widgets.search.filters import FilterRow
from widgets.search.model import HitList
from widgets.search.painting import HitPainting
from widgets.search.view import FilterChoices, HitView, Period, Standing, Wanted
from widgets.theme import icon_path, px

_MOST_SIGNS = 100


class SearchPanel(QWidget):
    """Every change of box or filters is a wish; what is still being composed is none yet."""

    wanted = Signal(object)
    more_wanted = Signal()
    open_wanted = Signal(str, str)
    person_wanted = Signal(str)
    plan_wanted = Signal(str)
    away_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.box = LineEdit()
        self.hits = HitList(self)
        self.hits.more_wanted.connect(self.more_wanted)
        self.filters = FilterRow()
        self._said = Label(size="small", tone="soft", wrap=True)
        self._caller = Label(strong=True, wrap=True)
        self._indexing = Label(size="small", tone="care", wrap=True)
        self._off_line = Label(size="small", tone="soft", wrap=True)
        self.list = QListView()
        self._back = KeyButton(t("search.back"))
        self._read = QWidget()
        self._pages = QStackedWidget()
        self._make_box()
        self._make_list()
        self._arrange()
        self.setFocusProxy(self.box)
        self.show_standing(Standing())

    def take_reader(self, reader: QWidget) -> None:
        """Put the part that shows a whole record under the way back."""
        self._reading.addWidget(reader, 1)

    def show_hits(self, hits: tuple[HitView, ...], more: bool) -> None:
        """Show these, newest first as they are given."""
        self.hits.show_hits(hits, more)
        self.list.setVisible(bool(hits))
        self._rest.setVisible(not hits)

    def show_standing(self, standing: Standing) -> None:
        """Say how the search stands."""
        self._said.setText(standing.text)
        self._said.show_tone(standing.tone)
        for label, text in (
            (self._caller, standing.caller),
            (self._indexing, standing.indexing),
            (self._off_line, standing.off_line),
        ):
            label.setText(text)
            label.setVisible(bool(text))

    def show_choices(self, choices: FilterChoices) -> None:
        """Show what there is to filter by."""
        self.filters.show_choices(choices)

    def show_reading(self, shown: bool) -> None:
        """Show the record that is read, or the hits again."""
        if shown == (self._pages.currentWidget() is self._read):
            # Told again: somebody may be typing a reason there.
            return
        had_focus = self._read.isAncestorOf(self.focusWidget() or self)
        self._pages.setCurrentWidget(self._read if shown else self._found)
        if shown:
            self._back.setFocus()
        elif had_focus:
            self.list.setFocus()

    def clear(self) -> None:
        """Forget what was wanted and found."""
        self.box.blockSignals(True)
        self.box.clear()
        self.box.blockSignals(False)
        self.filters.clear()
        self.show_hits((), False)
        self.show_reading(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves a record first; Down goes from the box into the hits."""
        if event.key() == Qt.Key.Key_Escape and self._pages.currentWidget() is self._read:
            self.away_wanted.emit()
        elif event.key() == Qt.Key.Key_Down and self.box.hasFocus() and self.hits.rowCount():
            self._to_hits()
        else:
            super().keyPressEvent(event)

    def _make_box(self) -> None:
        self.box.setPlaceholderText(t("search.placeholder"))
        self.box.setAccessibleName(t("search.placeholder"))
        self.box.setMaxLength(_MOST_SIGNS)
        show_clear(self.box)
        glass = QAction(QIcon(icon_path("search")), t("search.title"), self)
        self.box.addAction(glass, QLineEdit.ActionPosition.LeadingPosition)
        for button, name in zip(self.box.findChildren(QToolButton), ("clear", "title"), strict=True):
            button.setAccessibleName(t(f"search.{name}"))
        self.box.textChanged.connect(self._wish)
        self.box.returnPressed.connect(self._to_hits)
        self.filters.changed.connect(self._wish)

    def _make_list(self) -> None:
        self.list.setModel(self.hits)
        self.list.setItemDelegate(HitPainting(self.hits, self.list))
        self.list.setAccessibleName(t("search.found"))
        self.list.setUniformItemSizes(True)
        self.list.setMouseTracking(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.list.setMinimumSize(QSize(px(200), px(120)))
        self.list.activated.connect(self._open)

    def _arrange(self) -> None:
        self._found = QWidget()
        self._rest = QWidget()
        found = QVBoxLayout(self._found)
        found.setContentsMargins(0, 0, 0, 0)
        found.setSpacing(px(8))
        for part in (self.box, self.filters, self._off_line, self._indexing, self._said, self._caller):
            found.addWidget(part)
        found.addWidget(self.list, 1)
        found.addWidget(self._rest, 1)
        self._reading = QVBoxLayout(self._read)
        self._reading.setContentsMargins(0, 0, 0, 0)
        self._reading.setSpacing(px(8))
        self._reading.addLayout(row(self._back, 1))
        self._back.clicked.connect(self.away_wanted)
        self._pages.addWidget(self._found)
        self._pages.addWidget(self._read)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._pages)
        self.list.hide()

    def _wish(self) -> None:
        chips = self.filters
        period = Period(chips.period.choice or Period.ANY)
        self.wanted.emit(
            Wanted(
                self.box.text(),
                period,
                chips.level.choice,
                chips.category.choice,
                chips.author.choice,
                chips.city.choice,
                chips.kind.choice,
            )
        )

    def _to_hits(self) -> None:
        if self.hits.rowCount():
            self.list.setFocus()
            self.list.setCurrentIndex(self.hits.index(0))

    def _open(self, index: QModelIndex) -> None:
        hit = self.hits.hit(index.row())
        if hit.plan:
            self.plan_wanted.emit(hit.plan)
        elif hit.person:
            self.person_wanted.emit(hit.person)
        elif hit.note:
            self.open_wanted.emit(hit.call, hit.note)
