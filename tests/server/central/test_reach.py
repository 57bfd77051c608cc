"""What is asked at each push, pull, ring and sign-in reads no more, however much has been kept for years."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import Connection, Engine, event

from models.ids import new_id
from models.operation import Outcome
from models.people.operator import Operator, Role
from models.wire.session import Renew, SignedIn, SignIn
from server.central.access.erasing import EraseDesk
from server.central.access.holding import HoldDesk
from server.central.people.callers import CallersDesk
from server.central.people.cases import is_in_open_case
from server.central.people.staff import tell_staff
from server.central.signing_in import add_operator
from server.central.storage.engine import reading
from server.central.storage.recordings import recordings_of
from server.central.storage.watched import watch
from server.central.storage.workstations import find_revoked
from tests.server.central.hotline import Case, Hotline, Workstation
from tests.server.central.test_alerts import raised, seen
from tests.server.central.test_callers import mark
from tests.server.central.test_persons import add, begin, meet
from tests.server.central.trace.sender import Sender
from tests.server.central.years import keep
from tests.support.postgres import Cluster
from tests.support.sealed import open_sealed

FEW, MANY = 10, 100
# Each is more than chance makes of it, and far less than one for each of those that are kept.
SLACK = {"sqlite": 150, "postgresql": 40}
WORDS = "correct horse"
# So often a driver is asked before it lets the database plan a statement once for all.
UNTIL_PLANNED = 7


@dataclass
class Years:
    """A hotline with so many calls behind it, and who works there today."""

    hotline: Hotline
    case: Case = field(init=False)
    numbers: Iterator[int] = field(default_factory=count)

    def __post_init__(self) -> None:
        hotline = self.hotline
        self.seat = Workstation(hotline, hotline.ticket(name="zhang"))
        self.lead = Workstation(hotline, hotline.ticket(Role.LEAD, name="wang"))
        self.gateway = Workstation(hotline, hotline.ticket(Role.GATEWAY, name="gateway"))
        for name in ("zhang", "wang"):
            add_operator(hotline.engine, Operator(name, "张", "", hotline.site, (Role.OPERATOR,)), WORDS)
        self.sender = Sender(self.seat)
        self.taken()

    def taken(self) -> None:
        """A call is noted, assessed and referred."""
        self.case = case = Case(self.seat, f"138{next(self.numbers):08d}")
        self.seat.push(case.add(), case.open(), case.draft("练习", 1), case.answer("acting"), case.refer())

    def finished(self) -> None:
        self.seat.push(self.case.draft("练习二", 2), self.case.finish())

    def alerted(self) -> None:
        self.taken()
        self.seat.push(raised(self.case))
        self.lead.push(seen(self.lead, self.case))

    def owed(self) -> None:
        now = self.hotline.clock.now().isoformat()
        body = {"site": self.hotline.site, "number": "13800138001", "entered_at": now, "end": "E2"}
        self.gateway.push(self.gateway.act("call.add", new_id(), {**body, "ended_at": now}))

    def held_and_released(self) -> None:
        case = Case(self.seat)
        self.seat.push(case.draft("先到", 1))
        self.seat.push(case.add(), case.open())

    def agreed(self) -> None:
        """A person is noted and has a case, and misuse of a number is asked about."""
        person, other = add(self.seat), add(self.seat)
        merged = self.seat.act("person.join", other.id, {"into": person.id})
        met = meet(self.seat, person.id, self.case.call)
        acts = (person, other, merged, met, *begin(self.seat, person.id), mark(self.case, self.seat))
        assert {one.st for one in self.seat.push(*acts).results} == {Outcome.APPLIED}

    def traced(self) -> None:
        before = len(self.sender.links)
        self.sender.read("n1", "n2")
        self.sender.push(self.sender.stretch(before))

    def standings(self) -> None:
        CallersDesk(self.hotline.engine, self.hotline.clock, self.hotline.desks.identity).standings(
            self.gateway.ticket.operator
        )

    def signed_in(self) -> None:
        asked = SignIn(operator="zhang", password=WORDS, seat="8001", device="d1")
        answer = self.hotline.desks.sign_in.sign_in(asked)
        assert isinstance(answer, SignedIn)
        answer = self.hotline.desks.sign_in.renew(Renew(refresh=answer.refresh, device="d1"))
        assert isinstance(answer, SignedIn)

    def granted(self) -> None:
        self.lead.ask(self.case.note)
        self.lead.pull()
        self.hotline.clock.forward(3601)
        self.hotline.desks.expiry.step(self.hotline.clock.now())

    def closed_hour(self) -> None:
        self.hotline.clock.forward(3600)
        assert self.hotline.desks.trace.close_hour()

    def erased(self) -> None:
        self.taken()
        self.seat.push(
            self.case.finish(), self.seat.act("referral.advance", self.case.referral, {"step": "safe"})
        )
        self.hotline.clock.forward(timedelta(days=365 * 4).total_seconds())
        self.hotline.desks.expiry.step(self.hotline.clock.now())
        desk = self.erasing
        wish = desk.request(self.hotline.ticket(Role.SUPERVISOR).operator, self.case.note, "满期")
        desk.confirm(self.hotline.ticket(Role.ADMINISTRATOR).operator, wish.id, "核对过")
        self.taken()

    def due(self) -> None:
        """What by its nature looks at all that is kept."""
        self.erasing.due(self.hotline.ticket(Role.SUPERVISOR).operator, 1)

    @property
    def erasing(self) -> EraseDesk:
        return EraseDesk(self.hotline.engine, self.hotline.clock, self.hotline.settings.rights)


def _asked_about_case(years: Years) -> None:
    with reading(years.hotline.engine) as transaction:
        is_in_open_case(transaction, years.hotline.site, years.case.call)


def _held(years: Years) -> None:
    desk = HoldDesk(years.hotline.engine, years.hotline.clock, years.hotline.settings.rights)
    desk.standing(years.lead.ticket.operator, years.case.note)


def _recorded(years: Years) -> None:
    with reading(years.hotline.engine) as transaction:
        recordings_of(transaction, [years.case.call], years.hotline.site)


def _pulled(seat: Workstation) -> None:
    while seat.pull().more:
        pass


QUESTIONS: dict[str, Callable[[Years], object]] = {
    "a call": Years.taken,
    "a finished note": Years.finished,
    "an alert": Years.alerted,
    "a call that is owed": Years.owed,
    "an act that waits": Years.held_and_released,
    "what is agreed": Years.agreed,
    "a stretch of the trace": Years.traced,
    "a pull": lambda years: _pulled(years.seat),
    "a lead's pull": lambda years: _pulled(years.lead),
    "where the feeds stand": lambda years: years.hotline.desks.pull.heads(years.lead.pull().feeds),
    "a ring": Years.standings,
    "a sign-in": Years.signed_in,
    "who was revoked": lambda years: find_revoked(years.hotline.engine),
    "the figures": lambda years: watch(years.hotline.engine),
    "what is over": lambda years: years.hotline.desks.expiry.step(years.hotline.clock.now()),
    "a grant": Years.granted,
    "who has a note": lambda years: years.hotline.desks.sharing.of_note(
        years.seat.ticket.operator, years.case.note
    ),
    "a note's history": lambda years: years.hotline.desks.history.of_note(
        years.seat.ticket.operator, years.case.note
    ),
    "recordings": _recorded,
    "an open case": _asked_about_case,
    "a legal hold": _held,
    "alarms": lambda years: years.hotline.desks.alarms.told(years.lead.ticket.operator),
    "a checkpoint": Years.closed_hour,
    "who works here": lambda years: tell_staff(years.hotline.engine),
    "whether all is there": lambda years: years.hotline.desks.check(),
    "calls to erase": Years.due,
    "an erasure": Years.erased,
}
# Calls that need not be kept longer, which somebody asks for by hand; and the chains that moved, each hour.
EVERY = ("calls to erase", "a checkpoint")
Costs = dict[str, list[int]]
"""For each question what it costs, over each way in which the database was asked."""


class Steps:
    """Counts what SQLite does."""

    def __init__(self, engine: Engine) -> None:
        self._counts, self._steps = False, 0
        event.listen(engine, "begin", self._begun)

    def cost(self, question: Callable[[Years], object], years: Years) -> int:
        self._counts, self._steps = True, 0
        question(years)
        self._counts = False
        return self._steps

    def _begun(self, connection: Connection) -> None:
        driver: Any = connection.connection.driver_connection
        driver.set_progress_handler(self._step if self._counts else None, 1)

    def _step(self) -> int:
        self._steps += 1
        return 0


class Rows:
    """Counts the rows that PostgreSQL reads."""

    _TOLD = b"SELECT sum(seq_tup_read + coalesce(idx_tup_fetch, 0)) FROM pg_stat_user_tables"

    def __init__(self, engine: Engine, statistics: psycopg.Connection[Any]) -> None:
        self._statistics = statistics
        event.listen(engine, "commit", lambda connection: connection.exec_driver_sql(_TELL_AT_ONCE))

    def cost(self, question: Callable[[Years], object], years: Years) -> int:
        before = self._read()
        question(years)
        return self._read() - before

    def _read(self) -> int:
        (told,) = self._statistics.execute(self._TOLD).fetchone() or (0,)
        return int(told)


_TELL_AT_ONCE = "SELECT pg_stat_force_next_flush()"


def _asked(years: Years, meter: Steps | Rows, costs: Costs) -> None:
    """Ask everything; what follows from the years themselves is done once before."""
    for name, question in QUESTIONS.items():
        question(years)
        costs.setdefault(name, []).append(meter.cost(question, years))


def _over_sqlite(folder: Path, kept: int) -> Costs:
    engine, costs = open_sealed(f"sqlite:///{folder}/{kept}.sqlite3"), Costs()
    years = Years(Hotline(engine))
    keep(years.hotline, kept, years.seat.who)
    _asked(years, Steps(engine), costs)
    engine.dispose()
    return costs


def _over_postgresql(cluster: Cluster, kept: int) -> Costs:
    """With plans made over empty tables, then over full ones that nobody analysed, then after that."""
    name, costs = cluster.create_database(), Costs()
    engine = open_sealed(cluster.address(name))
    years = Years(Hotline(engine))
    with psycopg.connect(cluster.address(name, "postgresql"), autocommit=True) as statistics:
        meter = Rows(engine, statistics)
        for question in [*QUESTIONS.values()] * UNTIL_PLANNED:
            question(years)
        keep(years.hotline, kept, years.seat.who)
        _asked(years, meter, costs)
        engine.dispose()
        _asked(years, meter, costs)
        statistics.execute("ANALYZE")
        engine.dispose()
        _asked(years, meter, costs)
    engine.dispose()
    cluster.drop_database(name)
    return costs


@pytest.fixture(
    scope="module", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)], name="asked"
)
def asked_over_few_and_many(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[str, Costs, Costs]:
    if request.param == "sqlite":
        folder = tmp_path_factory.mktemp("years")
        return request.param, _over_sqlite(folder, FEW), _over_sqlite(folder, MANY)
    cluster = request.getfixturevalue("postgres_cluster")
    return request.param, _over_postgresql(cluster, FEW), _over_postgresql(cluster, MANY)


@pytest.mark.parametrize("name", [name for name in QUESTIONS if name not in EVERY])
def test_what_is_asked_often_reads_no_more_over_many_years(
    name: str, asked: tuple[str, Costs, Costs]
) -> None:
    database, few, many = asked
    grown = [more - less for less, more in zip(few[name], many[name], strict=True)]
    assert max(grown) <= SLACK[database], (few[name], many[name])
    # An index in which nothing is found is no row of a table.
    assert all(few[name]) or database == "postgresql"


@pytest.mark.parametrize("name", EVERY)
def test_what_reads_everything_is_seen_to(name: str, asked: tuple[str, Costs, Costs]) -> None:
    database, few, many = asked
    grown = [more - less for less, more in zip(few[name], many[name], strict=True)]
    assert min(grown) > SLACK[database]
