"""The dark bar on top: the state of everything, always in sight and always true."""

from datetime import datetime

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon, QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from models.shifts.duty import DutyState
from resources.texts import t
from widgets.base.buttons import KeyButton
from widgets.base.card import row
from widgets.base.durations import clock_text, elapsed_seconds, short_text
from widgets.base.keys import key_for
from widgets.base.labels import ElidedLabel, Label, StatusDot
from widgets.base.problems import ProblemBar, ProblemView
from widgets.session.practice import PracticeMark
from widgets.session.view import Link, LinkView
from widgets.theme import icon_path, px

_LINK_DOTS = {Link.UP: "bar_good", Link.WORKING: "bar_care", Link.DOWN: "bar_off"}
_STATE_DOTS = {
    DutyState.READY: "bar_good",
    DutyState.RINGING: "bar_care",
    DutyState.TALKING: "bar_care",
    DutyState.HELD: "bar_care",
    DutyState.WRAP_UP: "bar_care",
}


class LinkMark(QWidget):
    """A connection as dot and words; while it is gone the words say since when. Pressed, it tells more."""

    pressed = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._dot = StatusDot("bar_off")
        self._text = Label()
        self.setLayout(row(self._dot, self._text, gap=6))

    def show_link(self, view: LinkView) -> None:
        """Show how it is."""
        since = f"{view.since:%H:%M}" if view.since is not None else ""
        text = t(f"session.{self._name}_{view.link}", since=since, n=view.waiting)
        self._dot.show_tone(_LINK_DOTS[view.link])
        self._text.setText(text)
        self._text.show_tone("warn" if view.link is Link.DOWN else "plain")
        self.setAccessibleName(text)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Tell more; by key it is F11."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.pressed.emit()


class TopBar(QFrame):
    """Product, site, own state, queue, links, problems, person, clock and lock."""

    lock_wanted = Signal()
    desk_wanted = Signal()
    unsent_wanted = Signal()

    def __init__(self, window: QWidget, practice: bool) -> None:
        super().__init__()
        self.setProperty("surface", "top")
        self.setFixedHeight(px(44))
        self._state_since: datetime | None = None
        self._state_name = ""
        self._oldest_at: datetime | None = None
        self._waiting = 0
        self._percent: int | None = None
        self._line_up = self._server_up = True
        self._make(window, practice)
        self._arrange()

    def show_person(self, site: str, name: str, title: str, leads: bool) -> None:
        """Show whose desk this is; only a lead sees the way to the lead's desk."""
        self._site.setText(site)
        self._person.setText(t("session.person", name=name, title=title) if title else name)
        self._desk.setVisible(leads)

    @property
    def offers_desk(self) -> bool:
        """True where the person has a lead's desk to go to."""
        return not self._desk.isHidden()

    def show_desk(self, lead: bool) -> None:
        """Name the desk that the switch leads to."""
        self._desk.show_label(t("session.to_operator_desk" if lead else "session.to_lead_desk"))

    def show_state(self, state: DutyState, since: datetime) -> None:
        """Show the operator's state."""
        before = self._state_name, self._state_since
        self._state_name, self._state_since = t(f"base.state_{state}"), since
        if before != (self._state_name, since):
            # The word and its colour change together; how long it lasts follows with the next tick.
            self._state.setText(t("session.state", state=self._state_name, passed=clock_text(0)))
        self._state_dot.show_tone(_STATE_DOTS.get(state, "bar_off"))
        self._state_box.show()

    def show_queue(self, waiting: int, oldest_at: datetime | None) -> None:
        """Show how many wait and, from its entry, how long the first of them does."""
        self._waiting, self._oldest_at = waiting, oldest_at

    def show_answered_rate(self, percent: int | None) -> None:
        """Show the rate of answered calls; nothing is shown while it is not known."""
        self._percent = percent
        self._show_figures()

    def show_line(self, view: LinkView) -> None:
        """Show the link to the gateway; without it nobody knows who waits or was answered."""
        self._line.show_link(view)
        self._line_up = view.link is not Link.DOWN
        self._show_figures()

    def show_sync(self, view: LinkView) -> None:
        """Show the link to the server; while it is gone, the words about it take the room of the rate."""
        self._sync.show_link(view)
        self._server_up = view.link is not Link.DOWN
        self._show_figures()

    def show_problems(self, problems: tuple[ProblemView, ...]) -> None:
        """Show known trouble."""
        self.problems.show_problems(problems)

    def show_now(self, now: datetime) -> None:
        """Bring clock and running times up to a moment."""
        self._clock.setText(f"{now:%H:%M}")
        if self._state_since is not None:
            passed = clock_text(elapsed_seconds(self._state_since, now))
            self._state.setText(t("session.state", state=self._state_name, passed=passed))
        if self._waiting and self._oldest_at is not None:
            passed = short_text(elapsed_seconds(self._oldest_at, now))
            self._queue.setText(t("session.queue", n=self._waiting, passed=passed))
        else:
            self._queue.setText(t("session.queue_empty"))

    def _show_figures(self) -> None:
        self._queue.setVisible(self._line_up)
        self._rate.setVisible(self._line_up and self._server_up and self._percent is not None)
        if self._percent is not None:
            self._rate.setText(t("session.answered_rate", n=self._percent))

    def _make(self, window: QWidget, practice: bool) -> None:
        self._site = ElidedLabel()
        self._state_dot = StatusDot("bar_off")
        self._state = Label()
        self._queue = Label()
        self._rate = Label()
        self._rate.hide()
        self._practice = PracticeMark(t("session.practice"), t("session.practice_long")) if practice else None
        self.problems = ProblemBar(window)
        self._line = LinkMark("line")
        self._sync = LinkMark("sync")
        self._sync.setCursor(Qt.CursorShape.PointingHandCursor)
        self._sync.setToolTip(t("session.sync_more", key=key_for("unsent")))
        self._sync.pressed.connect(self.unsent_wanted)
        self._person = ElidedLabel()
        self._clock = Label(strong=True)
        self._desk = KeyButton(t("session.to_lead_desk"), key_for("desk"), tone="bar")
        self._desk.clicked.connect(self.desk_wanted)
        self._desk.hide()
        self._lock = KeyButton(t("session.lock"), key_for("lock"), tone="bar")
        self._lock.clicked.connect(self.lock_wanted)

    def _arrange(self) -> None:
        self._state_box = QFrame()
        self._state_box.setProperty("surface", "state")
        box = QHBoxLayout(self._state_box)
        box.setContentsMargins(px(10), px(3), px(10), px(3))
        box.setSpacing(px(7))
        box.addWidget(self._state_dot)
        box.addWidget(self._state)
        self._state_box.hide()
        emblem = Label()
        emblem.setPixmap(QIcon(icon_path("xinqiao")).pixmap(QSize(px(20), px(20))))
        brand = row(emblem, Label(t("session.product"), size="title", strong=True), gap=8)
        bar = QHBoxLayout(self)
        bar.setContentsMargins(px(12), 0, px(6), 0)
        bar.setSpacing(px(14))
        bar.addLayout(brand)
        state: tuple[QWidget, ...] = (self._site, self._state_box, self._queue, self._rate)
        for part in (*state, *((self._practice,) if self._practice else ())):
            bar.addWidget(part, 0, Qt.AlignmentFlag.AlignVCenter)
        bar.addStretch(1)
        links: tuple[QWidget, ...] = (self.problems, self._line, self._sync)
        ending = (*links, self._person, self._clock, self._desk, self._lock)
        for mark in ending:
            bar.addWidget(mark, 0, Qt.AlignmentFlag.AlignVCenter)
