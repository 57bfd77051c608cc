"""All alerts that a console or a gateway knows, with who has seen them: in whatever order they were heard."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from models.alerts.alert import Alert, Cause, Sight
from models.people.operator import Operator

KEPT = timedelta(hours=24)
"""An alert is older than its call by then, whatever became of it."""


@dataclass(frozen=True, slots=True)
class Known:
    """Alerts and sights by their ids; a sight may be heard before its alert."""

    alerts: Mapping[str, Alert] = field(default_factory=dict)
    sights: Mapping[str, Sight] = field(default_factory=dict)

    def hear(self, told: Iterable[Alert | Sight]) -> "Known":
        """With what was told; the same value where nothing is new. What was heard first stays."""
        fresh = tuple(told)
        alerts = {one.id: one for one in fresh if isinstance(one, Alert) and one.id not in self.alerts}
        sights = {one.id: one for one in fresh if isinstance(one, Sight) and one.id not in self.sights}
        if not alerts and not sights:
            return self
        return Known({**self.alerts, **alerts}, {**self.sights, **sights})

    def seen(self, alert: str) -> tuple[Sight, ...]:
        """Who has seen an alert, the first one first."""
        return tuple(
            sorted(
                (one for one in self.sights.values() if one.alert == alert), key=lambda one: (one.at, one.id)
            )
        )

    def waiting(self, who: Operator) -> tuple[Alert, ...]:
        """The alerts that wait for somebody like `who`, the most urgent first: nobody has seen them yet.

        None wait for operators who lead nobody, nor for who raised them.
        """
        if not who.leads:
            return ()
        mine = (one for one in self.alerts.values() if one.author != who.id and self._waits(one))
        return tuple(sorted(mine, key=urgency))

    def of_author(self, operator: str) -> tuple[Alert, ...]:
        """The alerts that an operator raised, oldest first."""
        own = (one for one in self.alerts.values() if one.author == operator)
        return tuple(sorted(own, key=lambda one: (one.at, one.id)))

    def unanswered(self, operator: str) -> tuple[Alert, ...]:
        """The alerts of an operator that nobody has seen yet."""
        return tuple(one for one in self.of_author(operator) if self._waits(one))

    def of_note(self, note: str) -> tuple[Alert, ...]:
        """The alerts about a note, oldest first."""
        about = (one for one in self.alerts.values() if note and one.note == note)
        return tuple(sorted(about, key=lambda one: (one.at, one.id)))

    def _waits(self, alert: Alert) -> bool:
        """Nobody has seen it, and no higher level of the same note took its place."""
        higher = (one for one in self.of_note(alert.note) if (one.level or "") > (alert.level or ""))
        outdone = alert.cause is Cause.LEVEL and any(one.cause is Cause.LEVEL for one in higher)
        return not outdone and not self.seen(alert.id)

    def since(self, moment: datetime) -> "Known":
        """Without what is as old or older."""
        alerts = {name: one for name, one in self.alerts.items() if one.at > moment}
        sights = {name: one for name, one in self.sights.items() if one.alert in alerts or one.at > moment}
        if len(alerts) == len(self.alerts) and len(sights) == len(self.sights):
            return self
        return replace(self, alerts=alerts, sights=sights)


def urgency(alert: Alert) -> tuple[int, datetime, str]:
    """The order in which alerts are looked at: R4, a call for help, R3, a second word.

    Of each, who waits longest.
    """
    if alert.cause is Cause.SECOND:
        return (3, alert.at, alert.id)
    if alert.cause is Cause.HELP:
        return (1, alert.at, alert.id)
    return (0 if alert.level == "R4" else 2, alert.at, alert.id)


def is_over(alert: Alert | Sight, now: datetime) -> bool:
    """True once nobody needs to be told of it any more on the line; the server keeps it."""
    return now - alert.at >= KEPT


@dataclass(frozen=True, slots=True)
class Repeats:
    """When an alert is heard again: every so many seconds until somebody has seen it."""

    every: float
    rung_at: float | None = None

    def due(self, waiting: bool, now: float) -> bool:
        """Whether to sound now; `now` in seconds of a clock that only goes on."""
        if not waiting:
            return False
        return self.rung_at is None or now - self.rung_at >= self.every

    def rang(self, now: float) -> "Repeats":
        """It sounded."""
        return replace(self, rung_at=now)
