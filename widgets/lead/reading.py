"""The whole of a record on the lead's desk, to be read and not changed, or the way to ask for it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QGridLayout, QLayout, QVBoxLayout, QWidget

from resources.texts import t
from widgets.base.buttons import KeyButton
from widgets.base.card import Card, CardHeader, clear, row, scrolling
from widgets.base.labels import Label
from widgets.base.reasons import UnmaskReasons
from widgets.base.tag import LevelTag, Tag
from widgets.base.timeline import Point, Timeline
from widgets.lead.asking import Asking
from widgets.lead.second import SecondWord
from widgets.lead.view import AskView, RecordText
from widgets.theme import px


class Reading(Card):
    """Fields, log, quick screen and referral under one another; the acknowledgement stays in sight.

    Its parts are made when it comes into sight or has something to show.
    """

    acknowledge_wanted = Signal(str)
    unmask_wanted = Signal(str)
    ask_wanted = Signal(str, str, int)
    call_shown = Signal(str)
    note_shown = Signal(str)
    seconded = Signal(str, bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(gap=8, parent=parent)
        self._record: RecordText | None = None
        self._recordings: QWidget | None = None
        self._beside: QWidget | None = None
        self._made = False

    def take_recordings(self, recordings: QWidget) -> None:
        """Put the part that shows recordings above the text; `call_shown` tells it of which call."""
        self._recordings = recordings
        self.body.insertWidget(self.body.indexOf(self._asking) if self._made else 0, recordings)

    def take_beside(self, beside: QWidget) -> None:
        """Put what stands beside a note under its text; `note_shown` tells which note it is."""
        self._beside = beside
        self.body.insertWidget(self.body.indexOf(self._area) + 1 if self._made else -1, beside)

    def show_record(self, record: RecordText | None) -> None:
        """Show a record, or nothing."""
        self._record = record
        self.call_shown.emit(record.call if record else "")
        self.note_shown.emit(record.id if record else "")
        if self._made:
            self._put(record)
        elif record is not None:
            self._make()

    def show_ask(self, ask: AskView | None) -> None:
        """Show the way to a full text that may not be read yet, or put it away."""
        if not self._made:
            if ask is None:
                return
            self._make()
        self._asking.show_ask(ask)
        self._nothing.setVisible(self._record is None and ask is None)

    def showEvent(self, event: QShowEvent) -> None:
        """Say that nothing is open, where nothing is."""
        if not self._made:
            self._make()
        super().showEvent(event)

    def _make(self) -> None:
        self._made = True
        self._heading = Label(size="title", strong=True, wrap=True)
        self._level = LevelTag()
        self._reason = Label(tone="soft", wrap=True)
        self._number = Label(strong=True)
        self._unmask = KeyButton(t("access.unmask"), tone="link", name=t("access.unmask_name"))
        self._why = UnmaskReasons()
        self._until = Label(size="small", tone="care", wrap=True)
        self._asking = Asking()
        self._asking.ask_wanted.connect(self.ask_wanted)
        self._unmask.clicked.connect(self._why.open_or_close)
        self._why.given.connect(self.unmask_wanted)
        self._second = SecondWord()
        self._second.decided.connect(self.seconded)
        self._seen = Label(size="small", tone="good", wrap=True)
        self._acknowledge = KeyButton(t("lead.acknowledge_long"), tone="accent")
        self._acknowledge.clicked.connect(self._wish)
        self._nothing = Label(t("lead.nothing_open"), tone="soft", wrap=True)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._content = QWidget()
        self._column = QVBoxLayout(self._content)
        self._column.setContentsMargins(0, 0, px(8), 0)
        self._column.setSpacing(px(8))
        self._area = scrolling(self._content)
        self._area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._area.setAccessibleName(t("lead.reading"))
        self.setFocusProxy(self._area)
        self._arrange()
        self._put(self._record)

    def _arrange(self) -> None:
        head = row(self._heading, self._level)
        head.setStretch(0, 1)
        head.setAlignment(self._level, Qt.AlignmentFlag.AlignTop)
        self.body.addWidget(self._nothing, 1, Qt.AlignmentFlag.AlignCenter)
        self.body.addLayout(head)
        self.body.addWidget(self._reason)
        self.body.addWidget(self._second)
        number = row(self._number, self._unmask, 1, gap=4)
        self.body.addLayout(number)
        self.body.addWidget(self._why)
        self.body.addWidget(self._until)
        self._add_taken(self._recordings)
        self.body.addWidget(self._asking, 1)
        self.body.addWidget(self._area, 1)
        self._add_taken(self._beside)
        self.body.addWidget(self._seen)
        self.body.addWidget(self._acknowledge)

    def _put(self, record: RecordText | None) -> None:
        parts = (
            self._heading,
            self._level,
            self._reason,
            self._number,
            self._area,
            self._seen,
            self._acknowledge,
        )
        for part in parts:
            part.setVisible(record is not None)
        self._unmask.setVisible(record is not None and record.masked)
        self._why.hide()
        self._until.setVisible(record is not None and bool(record.until))
        self._nothing.setVisible(record is None and self._asking.isHidden())
        self._second.show_lowering(record.lowering if record else None)
        if record is None:
            return
        self._heading.setText(record.heading)
        self._level.show_level(record.level)
        self._reason.setText(record.reason)
        self._number.setText(record.number)
        self._number.setVisible(bool(record.number))
        self._until.setText(record.until)
        self._acknowledge.setVisible(record.seen is False)
        self._seen.setText(t("lead.seen_by", who=record.seen_by) if record.seen_by else t("lead.seen"))
        self._seen.setVisible(record.seen is True)
        self._fill(record)

    def _add_taken(self, part: QWidget | None) -> None:
        if part is not None:
            self.body.removeWidget(part)
            self.body.addWidget(part)

    def _fill(self, record: RecordText) -> None:
        clear(self._column)
        self._section("lead.fields", _pairs(record.fields))
        self._section("lead.log", _pairs(tuple((f"{at:%H:%M}", text) for at, text in record.log)))
        answers = [(Label(each.item, wrap=True), Tag(each.answer, each.tone)) for each in record.screen]
        self._section("lead.screen", _answers(answers))
        for asked in record.asked:
            self._column.addWidget(CardHeader(asked.name, asked.result))
            rows = [(Label(each.item, wrap=True), Tag(each.answer, each.tone)) for each in asked.answers]
            self._column.addWidget(_answers(rows) or QWidget())
        self._section("lead.ratings", _pairs(record.ratings))
        self._section("safety_plan.title", _pairs(record.plan))
        self._section("lead.trail", _line(record.trail))
        self._section("lead.referral", _line(record.referral))
        self._column.addStretch(1)

    def _section(self, title: str, part: QWidget | None) -> None:
        if part is not None:
            self._column.addWidget(CardHeader(t(title)))
            self._column.addWidget(part)

    def _wish(self) -> None:
        if self._record is not None:
            self.acknowledge_wanted.emit(self._record.id)


def _line(points: tuple[Point, ...]) -> Timeline | None:
    """Return what happened as a line, None where nothing did."""
    if not points:
        return None
    line = Timeline()
    line.show_points(points)
    return line


def _grid() -> tuple[QWidget, QGridLayout]:
    part = QWidget()
    grid = QGridLayout(part)
    grid.setSizeConstraint(QLayout.SizeConstraint.SetDefaultConstraint)
    grid.setContentsMargins(0, 0, 0, px(4))
    grid.setHorizontalSpacing(px(12))
    grid.setVerticalSpacing(px(4))
    return part, grid


def _pairs(pairs: tuple[tuple[str, str], ...]) -> QWidget | None:
    """Return a two-column part of names and texts, None without any."""
    if not pairs:
        return None
    part, grid = _grid()
    grid.setColumnStretch(1, 1)
    for line, (name, text) in enumerate(pairs):
        grid.addWidget(Label(name, tone="soft"), line, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(Label(text, wrap=True), line, 1)
    return part


def _answers(answers: list[tuple[Label, Tag]]) -> QWidget | None:
    if not answers:
        return None
    part, grid = _grid()
    grid.setColumnStretch(0, 1)
    for line, (item, answer) in enumerate(answers):
        grid.addWidget(item, line, 0)
        grid.addWidget(answer, line, 1, Qt.AlignmentFlag.AlignRight)
    return part
