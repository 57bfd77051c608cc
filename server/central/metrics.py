"""Figures of a running process for a Prometheus server: counts and ages, no content, no ids of people."""

from collections import Counter as Counted
from collections.abc import Iterable
from datetime import datetime

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from server.central.storage.watched import Watched
from server.central.sync.answering import Result
from server.central.sync.practising import PRACTICE

_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)


class Metrics:
    """The figures of one application; the page docs/administration.md says what each means."""

    def __init__(self) -> None:
        own = self._registry = CollectorRegistry()
        asked = ("method", "route", "status")
        self._requests = Counter("xinqiao_requests", "Requests answered", asked, registry=own)
        self._seconds = Histogram(
            "xinqiao_request_seconds", "How long an answer took", ("route",), buckets=_SECONDS, registry=own
        )
        self._operations = Counter(
            "xinqiao_operations", "Operations handed in, by what became of them", ("outcome",), registry=own
        )
        self._items = Counter("xinqiao_pulled_items", "Items given to consoles", registry=own)
        self._refused = Counter(
            "xinqiao_sign_in_refused", "Sign-ins that were refused, by reason", ("why",), registry=own
        )
        self._listeners = _gauge(own, "listeners", "Consoles that listen to hints at this process")
        self._held = _gauge(own, "held_operations", "Operations that wait for a lead")
        self._breaks = _gauge(own, "trace_breaks", "Breaks of the trace that were ever noticed")
        self._checkpoint = _gauge(own, "checkpoint_age_seconds", "Since the last checkpoint of the trace")
        self._backup = _gauge(own, "backup_age_seconds", "Since the last good backup")
        self._practice = _gauge(own, "practice", "1 where all that is counted here is practice")
        self._pool = Gauge(
            "xinqiao_database_connections", "Connections of this process", ("state",), registry=own
        )

    def answered(self, method: str, route: str, status: int, seconds: float) -> None:
        """A request was answered."""
        self._requests.labels(method if route else "", route, str(status)).inc()
        self._seconds.labels(route).observe(seconds)

    def taken(self, results: Iterable[Result]) -> None:
        """A push was answered."""
        for outcome, count in Counted(map(_outcome, results)).items():
            self._operations.labels(outcome).inc(count)

    def given(self, items: int) -> None:
        """A page of so many items was given."""
        self._items.inc(items)

    def refused(self, why: str) -> None:
        """Somebody was not let in."""
        self._refused.labels(why).inc()

    def page(self, watched: Watched, listeners: int, now: datetime, practice: bool) -> bytes:
        """All figures as Prometheus reads them; -1 is the age of what was never made.

        A server of practice says of itself that it is one.
        """
        self._practice.set(practice)
        self._listeners.set(listeners)
        self._held.set(watched.held)
        self._breaks.set(watched.breaks)
        self._checkpoint.set(_age(watched.checkpoint, now))
        self._backup.set(_age(watched.backup, now))
        self._pool.labels("in_use").set(watched.in_use)
        self._pool.labels("idle").set(watched.idle)
        return generate_latest(self._registry)


def _gauge(registry: CollectorRegistry, name: str, what: str) -> Gauge:
    return Gauge(f"xinqiao_{name}", what, registry=registry)


def _outcome(result: Result) -> str:
    """Practice that was refused is no trouble, and is counted apart."""
    if result["dup"]:
        return "dup"
    return PRACTICE if result["why"] == PRACTICE else result["st"].value


def _age(at: datetime | None, now: datetime) -> float:
    return (now - at).total_seconds() if at else -1.0
