"""Alerts as a lead hears and sees them until somebody has, and what an operator is told of the own ones."""

from collections.abc import Callable
from datetime import timedelta

from PySide6.QtCore import QTimer

from console.calls.service import LineView
from console.notes.service import Desk
from console.presenters.attention import Attention
from console.presenters.bridge import Bridge
from console.presenters.times import local
from console.presenters.window import Parts
from console.workstation import Workstation
from models.alerts.alert import Alert, Cause
from models.alerts.known import Known, Repeats
from models.alerts.sounding import MUTED_SECONDS, Mute
from models.calls.call import Call, CallState
from models.calls.events import Watching
from models.clock import Clock
from models.people.site import AlertRules
from resources.texts import t
from widgets.alerts.view import WaitingAlert
from widgets.calls.supervised import SupervisedView
from widgets.risk.view import AlertView
from widgets.risk.view import Attention as Heed

_LOOK_MS = 500
_OVER = (CallState.RINGING, CallState.WAITING)


class AlertsPresenter:
    """Sounds, strip, banner, button for help; `look_into` brings an alert, with its note, to a lead."""

    def __init__(
        self,
        bridge: Bridge,
        station: Workstation,
        parts: Parts,
        rules: AlertRules,
        attention: Attention,
        clock: Clock,
        look_into: Callable[[str, str], object],
    ) -> None:
        self._bridge = bridge
        self._station = station
        self._parts = parts
        self._rules = rules
        self._attention = attention
        self._clock = clock
        self._open = look_into
        self._me = station.identity.operator
        self._known = Known()
        self._note = ""
        self._call: Call | None = None
        self._mute = Mute()
        self.sound = rules.sound
        """What is heard here; the hotline's own sound until another is chosen."""
        self._repeats: dict[str, Repeats] = {}
        self._again = QTimer(parts.window)
        self._again.setInterval(_LOOK_MS)
        self._again.timeout.connect(self._look)
        strip = parts.window.alerts
        strip.seen_wanted.connect(self._acknowledge)
        strip.look_wanted.connect(self._look_into)
        strip.sound_wanted.connect(self._show_sound)
        parts.calls.supervised.help_wanted.connect(self._call_for_help)
        bridge.show(station.alerts.known, self._show_known)
        bridge.show(station.notes.desk, self._show_desk)
        bridge.show(station.calls.view, self._show_calls)
        self._again.start()

    def close(self) -> None:
        """Sound and show nothing any more."""
        self._again.stop()
        self._parts.window.alerts.show_alerts(())

    def _acknowledge(self, alert: str) -> None:
        self._bridge.wish(self._station.alerts.acknowledge, alert)

    def _look_into(self, alert: str, note: str) -> None:
        """Who looks into it has seen it."""
        self._acknowledge(alert)
        self._open(alert, note)

    def _call_for_help(self, call: str) -> None:
        station = self._station

        def ask() -> None:
            station.notes.leave()
            assessed, note = station.risk.assessment.value, station.notes.desk.value.note
            about = note.id if note is not None and note.call == call else ""
            level = assessed.level if assessed is not None and assessed.note == about else None
            station.alerts.call_for_help(call, about, level)

        self._bridge.wish(ask)

    def _show_sound(self, loud: bool) -> None:
        self._mute = Mute() if loud else Mute(self._clock.monotonic())
        until = self._clock.now() + timedelta(seconds=MUTED_SECONDS)
        self._parts.window.alerts.show_sound(loud, "" if loud else f"{local(until):%H:%M}")

    def _show_known(self, known: Known) -> None:
        self._known = known
        self._look()

    def _show_desk(self, desk: Desk) -> None:
        self._note = desk.note.id if desk.note is not None else ""
        self._look()

    def _show_calls(self, view: LineView) -> None:
        call = view.current
        self._call = call if call is not None and call.state not in _OVER else None
        self._look()

    def _look(self) -> None:
        waiting = self._known.waiting(self._me)
        self._parts.window.alerts.show_alerts(tuple(map(_view, waiting)))
        self._sound({one.id for one in waiting})
        self._parts.risk.show_alert(self._heed())
        self._parts.calls.supervised.show_view(self._supervised())

    def _sound(self, waiting: set[str]) -> None:
        now = self._clock.monotonic()
        if self._mute.since is not None and not self._mute.holds(now):
            # Nobody stays silent for good.
            self._show_sound(True)
        self._repeats = {one: self._repeats.get(one, Repeats(self._rules.again_seconds)) for one in waiting}
        due = [one for one, repeats in self._repeats.items() if repeats.due(True, now)]
        if not due:
            return
        self._repeats = {one: repeats.rang(now) for one, repeats in self._repeats.items()}
        # Without a sound it still comes forward: what nobody has seen must not stay behind other windows.
        self._attention.alarm("" if self._mute.holds(now) else self.sound)

    def _heed(self) -> AlertView:
        """Who knows of the level of the note on the desk."""
        raised = [one for one in self._known.of_note(self._note) if one.cause is Cause.LEVEL]
        mine = [one for one in raised if one.author == self._me.id]
        if not mine:
            return AlertView()
        # The last one: of R3 and R4 the higher.
        alert = mine[-1]
        if who := self._who(alert):
            return AlertView(Heed.SEEN, who)
        if self._is_late(alert):
            return AlertView(Heed.NOBODY, supervisor=self._rules.supervisor)
        return AlertView(Heed.SENT)

    def _supervised(self) -> SupervisedView:
        call = self._call
        if call is None:
            return SupervisedView()
        watched = tuple(one.how for one in call.watchers.values() if one.how is not Watching.GONE)
        asked = [one for one in self._known.of_author(self._me.id) if one.call == call.id]
        asked = [one for one in asked if one.cause is Cause.HELP]
        if not asked:
            return SupervisedView(call.id, watched=watched)
        last = asked[-1]
        late = self._is_late(last)
        return SupervisedView(call.id, True, self._who(last), late, self._rules.supervisor, watched)

    def _who(self, alert: Alert) -> str:
        seen = self._known.seen(alert.id)
        names = (t("alerts.who", who=one.name or one.author, time=f"{local(one.at):%H:%M}") for one in seen)
        return t("alerts.separator").join(names)

    def _is_late(self, alert: Alert) -> bool:
        waited = self._clock.now() - alert.at
        return waited.total_seconds() >= self._rules.unseen_seconds


def _view(alert: Alert) -> WaitingAlert:
    return WaitingAlert(
        alert.id,
        alert.note,
        alert.name or alert.author,
        alert.seat,
        local(alert.at),
        alert.level or "",
        alert.cause is Cause.HELP,
        alert.cause is Cause.SECOND,
    )
