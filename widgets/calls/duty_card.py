"""What is shown while no call is on: the own state, the queue, and the choice of ready or break."""

from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from models.shifts.duty import BreakReason, DutyState
from resources.texts import t
from widgets.base.buttons import Chip, KeyButton
from widgets.base.card import Card, CardHeader
from widgets.base.durations import clock_text, elapsed_seconds, short_text
from widgets.base.flow import Flow
from widgets.base.keys import bind, key_for
from widgets.base.labels import Label
from widgets.calls.view import DutyView, QueueView
from widgets.theme import px

_SOON_SECONDS = 60


class DutyCard(Card):
    """Ready, or a break; ``state_wanted`` carries the state and the break's reason (None for ready)."""

    state_wanted = Signal(DutyState, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(gap=6, parent=parent)
        self._duty: DutyView | None = None
        self._queue = QueueView()
        self._header = CardHeader(t("calls.duty"))
        self._state = Label(t("base.state_off"), size="title", strong=True)
        self._timer = Label(size="figure", tone="accent", strong=True)
        self._more = Label(tone="care", wrap=True)
        self._more.hide()
        self._waiting = Label(tone="soft", wrap=True)
        self._ready = KeyButton(t("calls.go_ready"), key_for("ready"), tone="accent")
        self._ready.clicked.connect(lambda: self.state_wanted.emit(DutyState.READY, None))
        bind(self._ready, "ready", self._ready.click)
        self._reasons = {reason: self._reason_chip(reason) for reason in BreakReason}
        for widget in (self._header, self._state, self._timer, self._more, self._waiting, self._ready):
            self.body.addWidget(widget)
        self._timer.hide()
        self.body.addSpacing(px(4))
        self.body.addWidget(Label(t("calls.take_break"), size="small", tone="soft"))
        self.body.addWidget(Flow(*self._reasons.values(), gap=6))

    def show_duty(self, duty: DutyView) -> None:
        """Show the operator's state as the line knows it."""
        self._duty = duty
        self._timer.show()
        name = t(f"base.state_{duty.state}")
        if duty.reason is not None:
            name = t("calls.break_reason", state=name, reason=t(f"base.reason_{duty.reason}"))
        self._state.setText(name)
        self._ready.setVisible(duty.state is not DutyState.READY)
        for reason, chip in self._reasons.items():
            chip.show_on(duty.state is DutyState.BREAK and duty.reason is reason)

    def show_queue(self, queue: QueueView) -> None:
        """Show who waits."""
        self._queue = queue

    def show_line(self, up: bool) -> None:
        """Say nothing about who waits while nobody here can know."""
        self._waiting.setVisible(up)

    def show_now(self, now: datetime) -> None:
        """Bring the times up to a moment."""
        if self._duty is not None:
            self._timer.setText(clock_text(elapsed_seconds(self._duty.since, now)))
            more = _more(self._duty, now)
            self._more.setText(more)
            self._more.show_tone("soft" if _has_time(self._duty, now) else "care")
            self._more.setVisible(bool(more))
        oldest = self._queue.oldest_at
        if self._queue.waiting and oldest is not None:
            passed = short_text(elapsed_seconds(oldest, now))
            told = t("calls.queue", n=self._queue.waiting, passed=passed)
            self._waiting.setText("\n".join(filter(None, (told, self._ranked()))))
        else:
            self._waiting.setText(t("calls.queue_empty"))

    def _ranked(self) -> str:
        """How many come before and after the others, so that a crowd hides nobody."""
        parts = (("calls.queue_first", self._queue.first), ("calls.queue_last", self._queue.last))
        return t("calls.queue_separator").join(t(key, n=n) for key, n in parts if n)

    def _reason_chip(self, reason: BreakReason) -> Chip:
        chip = Chip(t(f"base.reason_{reason}"))
        chip.setAccessibleName(t("calls.break_for", reason=t(f"base.reason_{reason}")))
        chip.clicked.connect(lambda: self._wish_break(reason))
        return chip

    def _wish_break(self, reason: BreakReason) -> None:
        # The chip shows what is, not what was pressed: it goes back until the line confirms.
        if self._duty is not None:
            self.show_duty(self._duty)
        self.state_wanted.emit(DutyState.BREAK, reason)


def _more(duty: DutyView, now: datetime) -> str:
    """How long wrap-up lasts, or why no call comes; "" where there is nothing to say."""
    if duty.state is DutyState.BREAK and duty.unanswered:
        return t("shift.unanswered", n=duty.unanswered)
    if duty.state is not DutyState.WRAP_UP:
        return ""
    if duty.until is None:
        return t("shift.no_limit")
    left = t("shift.wrap_up_left", passed=short_text(elapsed_seconds(now, duty.until)))
    longer = t("shift.wrap_up_lengthened", n=duty.lengthened) if duty.lengthened else ""
    return "\n".join(line for line in (left, longer) if line)


def _has_time(duty: DutyView, now: datetime) -> bool:
    """True for a wrap-up that does not end within a minute."""
    wraps = duty.state is DutyState.WRAP_UP
    return wraps and (duty.until is None or elapsed_seconds(now, duty.until) > _SOON_SECONDS)
