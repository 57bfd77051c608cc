"""One rescue, one record that is not closed, one plain task: as cards in the list of what is open."""

from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from resources.texts import t
from widgets.base.buttons import KeyButton
from widgets.base.card import Card, row
from widgets.base.durations import elapsed_seconds, short_text
from widgets.base.flow import Flow
from widgets.base.labels import ElidedLabel, Label
from widgets.base.tag import LevelTag, Tag
from widgets.records.open_asking import Asking
from widgets.records.open_view import PlainTask, RescueTask, UnclosedTask
from widgets.theme import px, restyle

_SAFE, _END, _SIGN = "safe", "end", "sign"


def _compact(label: str, tone: str = "plain") -> KeyButton:
    button = KeyButton(label, tone=tone)
    button.set_compact()
    return button


class TaskCard(Card):
    """What all three have: a moment, and the record that can be opened."""

    open_wanted = Signal(str)

    def __init__(self, edge: str, parent: QWidget | None = None) -> None:
        super().__init__(gap=4, parent=parent)
        self.body.setContentsMargins(px(12), px(8), px(12), px(8))
        restyle(self, edge=edge)
        self.since: datetime | None = None
        self.passed = Label(tone="care", strong=True)
        self.opening = _compact(t("records.open"))
        self.note = ""
        self.opening.clicked.connect(lambda: self.open_wanted.emit(self.note))

    @property
    def first(self) -> QWidget:
        """What Tab comes to first."""
        return self.findChildren(KeyButton)[0]

    @property
    def last(self) -> QWidget:
        """What Tab leaves it from."""
        return self.findChildren(KeyButton)[-1]

    def show_now(self, now: datetime) -> None:
        """Bring the age up to a moment."""
        if self.since is not None:
            self.passed.setText(t("records.age", passed=short_text(elapsed_seconds(self.since, now))))


class RescueCard(TaskCard):
    """A red task: stays until somebody confirms safety, or two people end it."""

    safe_wanted = Signal(str, str)
    end_wanted = Signal(str, str)
    seconded = Signal(str, bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("urgent", parent)
        self._task = ""
        self._target = ElidedLabel(strong=True)
        self._state = Label(tone="soft", wrap=True)
        self._wish = Label(tone="care", strong=True, wrap=True)
        self._safe = _compact(t("records.safe"), "accent")
        self._end = _compact(t("records.end"))
        self._agree = _compact(t("records.agree"), "care")
        self._refuse = _compact(t("records.refuse"))
        self._asking = Asking()
        self._safe.clicked.connect(self.ask_how)
        self._end.clicked.connect(lambda: self._asking.ask(_END, t("records.ask_end")))
        self._agree.clicked.connect(lambda: self.seconded.emit(self._task, True))
        self._refuse.clicked.connect(lambda: self.seconded.emit(self._task, False))
        self._asking.given.connect(self._tell)
        head = row(Tag(t("records.red"), "urgent"), self._target, self.passed)
        head.setStretch(1, 1)
        self.body.addLayout(head)
        self.body.addWidget(self._state)
        self.body.addWidget(self._wish)
        self.body.addWidget(Flow(self._safe, self._agree, self._refuse, self._end, self.opening, gap=6))
        self.body.addWidget(self._asking)

    def show_task(self, task: RescueTask) -> None:
        """Show a rescue; what is being typed about it stays."""
        self._task, self.note, self.since = task.id, task.note, task.since
        self._target.setText(task.target)
        self._state.setText(t("records.rescue_state", state=task.state, who=task.who))
        self._wish.setText(task.wish)
        self._wish.setVisible(bool(task.wish))
        self._end.setVisible(not task.wish)
        for button in (self._agree, self._refuse):
            button.setVisible(task.may_second)
        for button, key in ((self._safe, "safe"), (self._end, "end"), (self._agree, "agree")):
            button.setAccessibleName(t("records.act_named", act=t(f"records.{key}"), what=task.target))
        self.setAccessibleName(f"{t('records.red')} · {task.target} · {task.state}")

    def ask_how(self) -> None:
        """Ask how safety was confirmed."""
        self._asking.ask(_SAFE, t("records.ask_safe"))

    def _tell(self, what: str, words: str) -> None:
        (self.safe_wanted if what == _SAFE else self.end_wanted).emit(self._task, words)


class UnclosedCard(TaskCard):
    """A record that is not closed: the number to call back on top, then what is missing."""

    signed = Signal(str, str)
    call_back_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("urgent", parent)
        self._task = ""
        self._reason = ""
        self._call = ""
        self._number = Label(size="title", strong=True)
        self._level = LevelTag()
        self._state = Tag()
        self._who = ElidedLabel(tone="soft")
        self._missing = Label(wrap=True)
        self._given = Label(tone="soft", wrap=True)
        self._call_back = _compact(t("records.call_back"), "accent")
        self._sign = _compact(t("records.sign"), "soft")
        self._asking = Asking()
        self._call_back.clicked.connect(lambda: self.call_back_wanted.emit(self._call))
        self._sign.clicked.connect(lambda: self._asking.ask(_SIGN, t("records.ask_sign"), self._reason))
        self._asking.given.connect(lambda _what, words: self.signed.emit(self._task, words))
        self.body.addLayout(row(self._number, self._level, self._state, 1, self.passed))
        for part in (self._who, self._missing, self._given):
            self.body.addWidget(part)
        self.body.addWidget(Flow(self._call_back, self.opening, self._sign, gap=6))
        self.body.addWidget(self._asking)

    def show_task(self, task: UnclosedTask) -> None:
        """Show a record; what is being typed about it stays."""
        self._task = self.note = task.note
        self._call, self._reason, self.since = task.call, task.reason, task.at
        number = task.number or t("records.number_withheld")
        self._number.setText(number)
        self._call_back.setVisible(bool(task.number))
        self._level.show_level(task.level)
        self._state.show_text(t("records.not_closed_draft" if task.draft else "records.not_closed"), "urgent")
        self._who.setText(t("records.by", who=task.who, time=f"{task.at:%m-%d %H:%M}"))
        self._missing.setText(t("records.missing", ways=t("records.or").join(task.missing)))
        self._given.setText(t("records.reason_given", reason=task.reason))
        self._given.setVisible(bool(task.reason))
        self._sign.setVisible(task.may_sign)
        self._call_back.setAccessibleName(t("records.act_named", act=t("records.call_back"), what=number))
        self.opening.setAccessibleName(t("records.act_named", act=t("records.open"), what=number))
        self.setAccessibleName(f"{number} · {self._level.text()} · {self._state.text()}")


class PlainCard(TaskCard):
    """A call that is due, or a record that is not finished."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("plain", parent)
        self._tag = Tag()
        self._text = ElidedLabel()
        self._time = Label(tone="soft")
        line = row(self._time, self._tag, self._text, self.opening, gap=10)
        line.setStretch(2, 1)
        self.body.setContentsMargins(px(12), px(4), px(8), px(4))
        self.body.addLayout(line)

    def show_task(self, task: PlainTask) -> None:
        """Show one."""
        self.note = task.note
        self._time.setText(f"{task.at:%m-%d %H:%M}")
        self._tag.show_text(task.tag, task.tone)
        self._text.setText(task.text)
        self.opening.setVisible(bool(task.note))
        self.opening.setAccessibleName(t("records.act_named", act=t("records.open"), what=task.text))
        self.setAccessibleName(f"{self._time.text()} · {task.tag} · {task.text}")
