"""Every cell of the matrix over real pushes, pulls and requests: who has the right, and who has it not."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import product

import pytest

from models.access.matrix import Action, Entity, Part, Standing
from models.ids import new_id
from models.operation import Operation, Outcome
from models.people.operator import Role
from models.wire.access import GrantAsked
from resources import access
from server.central.access.granting import NotGranted
from server.central.storage.accounts import Account, add_account
from tests.server.central.hotline import Case, Hotline, Workstation

MATRIX = access.load(access.SHIPPED)
TICK = timedelta(seconds=1)
DAY, MONTH = timedelta(hours=24), timedelta(days=28)
AGES = (timedelta(0), DAY - TICK, DAY, MONTH - TICK, MONTH, timedelta(days=400))
Kind = tuple[Entity, Part, Action]
OWN = frozenset({Standing.OWN, Standing.SITE})
SITE = frozenset({Standing.SITE})
ELSEWHERE: frozenset[Standing] = frozenset()


def has_right(role: Role, kind: Kind, standings: frozenset[Standing], age: timedelta = timedelta(0)) -> bool:
    """By the cells alone, without the code under test."""
    return any(
        cell.role is role
        and (cell.entity, cell.part, cell.action) == kind
        and (cell.of is Standing.ANY or cell.of in standings)
        and (cell.window is None or age < cell.window)
        for cell in MATRIX.cells
    )


def as_role(seat: Workstation, *roles: Role) -> Workstation:
    """The same account at another workstation, after its roles were changed."""
    who = replace(seat.ticket.operator, roles=roles)
    return Workstation(seat.hotline, replace(seat.ticket, operator=who))


@dataclass
class Stage:
    """A call with all that belongs to it, and people who stand to it in every way."""

    hotline: Hotline
    alarming: bool = False

    def __post_init__(self) -> None:
        desk = self.hotline.seat()
        self.case = Case(desk)
        item = "acting" if self.alarming else "ideation_2w"
        desk.push(
            self.case.add(),
            self.case.open(),
            self.case.draft("我的", 1),
            self.case.answer(item),
            self.case.refer(),
        )

    def somebody(self, role: Role, standings: frozenset[Standing]) -> Workstation:
        if Standing.OWN in standings:
            return as_role(self.case.at, role)
        return self.hotline.seat(role, site="" if Standing.SITE in standings else "elsewhere")


WRITES: dict[str, tuple[Kind, Callable[[Case], Operation]]] = {
    "note": ((Entity.NOTE, Part.WORDS, Action.WRITE), lambda case: case.draft("改了", 2)),
    "addendum": (
        (Entity.NOTE, Part.WORDS, Action.ADD),
        lambda case: case.at.act("note.addendum", case.note, {"text": "次日来电：已就诊。"}),
    ),
    "finish": ((Entity.NOTE, Part.CODED, Action.FINISH), lambda case: case.finish()),
    "risk": ((Entity.RISK, Part.WORDS, Action.WRITE), lambda case: case.answer("plan", n=2)),
    "referral": (
        (Entity.REFERRAL, Part.WORDS, Action.WRITE),
        lambda case: replace(case, referral=new_id()).refer(),
    ),
    "advance": (
        (Entity.REFERRAL, Part.CODED, Action.ADVANCE),
        lambda case: case.at.act("referral.advance", case.referral, {"step": "called"}),
    ),
    "call": ((Entity.CALL, Part.CODED, Action.WRITE), lambda case: case.add()),
    "alert": (
        (Entity.ALERT, Part.CODED, Action.WRITE),
        lambda case: case.at.act(
            "alert.raise", new_id(), {"call": case.call, "note": case.note, "cause": "help", "level": None}
        ),
    ),
    "sight": (
        (Entity.SIGHT, Part.CODED, Action.WRITE),
        lambda case: case.at.act(
            "sight.add", new_id(), {"alert": "a", "call": case.call, "note": case.note, "to": "somebody"}
        ),
    ),
}


@pytest.mark.parametrize("what", WRITES)
def test_every_write_of_every_role(hotline: Hotline, what: str) -> None:
    kind, act = WRITES[what]
    both = set()
    # An own call is one of the own site: everybody who witnesses a call tells of it.
    for age, role, standings in product(AGES, Role, (OWN, SITE, ELSEWHERE)):
        stage = Stage(hotline)
        hotline.clock.forward(age.total_seconds())
        seat = stage.somebody(role, standings)
        result = seat.push(act(replace(stage.case, at=seat))).results[0]
        expected = has_right(role, kind, standings, age)
        both.add(expected)
        assert (result.st is Outcome.APPLIED) is expected, (role, standings, age, result)
        if not expected:
            refused = Outcome.REJECTED if role is Role.GATEWAY else Outcome.HELD
            assert result.st is refused, (role, standings, age, result)
    assert both == {True, False}


RECORDS = (
    (Entity.CALL, "call", "call"),
    (Entity.NOTE, "note", "note"),
    (Entity.RISK, "risk", "risk"),
    (Entity.REFERRAL, "referral", "referral"),
)


@pytest.mark.parametrize("alarming", [False, True])
@pytest.mark.parametrize("role", Role)
def test_every_read_of_every_role(hotline: Hotline, role: Role, alarming: bool) -> None:
    for age, standings in product(AGES, (OWN, SITE, ELSEWHERE)):
        stage = Stage(hotline, alarming)
        hotline.clock.forward(age.total_seconds())
        hotline.desks.expiry.step(hotline.clock.now())
        seat = stage.somebody(role, standings).pull_all()
        seen = {key: doc for feed in seat.drawer.values() for key, (_, doc) in feed.items()}
        if alarming and Standing.SITE in standings:
            standings |= {Standing.ALERT}
        for entity, kind, name in RECORDS:
            expected = has_right(role, (entity, Part.WORDS, Action.READ), standings, age)
            key = (kind, str(getattr(stage.case, name)))
            assert (key in seen) is expected, (role, standings, age, key)
        card = has_right(role, (Entity.NOTE, Part.CODED, Action.READ), standings & SITE, age)
        assert (("note.card", stage.case.note) in seen) is card
        callers = has_right(role, (Entity.CALLER, Part.CODED, Action.READ), standings, age)
        assert any(kind == "line.caller" for kind, _ in seen) is callers


@pytest.mark.parametrize("role", Role)
def test_what_was_granted_is_read_by_whoever_may_and_by_nobody_else(hotline: Hotline, role: Role) -> None:
    stage = Stage(hotline)
    lead = hotline.seat(Role.LEAD)
    lead.ask(stage.case.note)
    seat = as_role(lead, role).pull_all()
    for entity, kind, name in RECORDS:
        expected = has_right(role, (entity, Part.WORDS, Action.READ), frozenset({Standing.GRANT}))
        assert bool(seat.has(f"grant:{seat.who}", kind, getattr(stage.case, name))) is expected, (role, kind)


@pytest.mark.parametrize("role", Role)
def test_every_way_to_ask_for_a_record(hotline: Hotline, role: Role) -> None:
    kind = (Entity.GRANT, Part.WORDS, Action.ASK)
    stage = Stage(hotline)
    for standings, reason, hours in product((OWN, SITE, ELSEWHERE), ("复核", " "), (1, 24, 25, 168, 169)):
        who = stage.somebody(role, standings).ticket.operator
        asked = GrantAsked(type="note", id=stage.case.note, reason=reason, hours=hours)
        longest = [
            cell.longest
            for cell in MATRIX.cells
            if cell.role is role and (cell.entity, cell.part, cell.action) == kind and cell.of in standings
        ]
        expected = bool(reason.strip()) and any(timedelta(hours=hours) <= one for one in longest if one)
        try:
            given = hotline.desks.grants.grant(who, asked)
        except NotGranted:
            assert not expected, (role, standings, reason, hours)
        else:
            assert expected, (role, standings, reason, hours)
            assert given.until - given.now == timedelta(hours=hours)


def _employed(hotline: Hotline, role: Role, name: str = "") -> str:
    """Somebody with an account; gives the id."""
    who = hotline.ticket(role, name=name).operator
    assert add_account(hotline.engine, Account(who, "-"))
    return who.id


@pytest.mark.parametrize("role", Role)
def test_every_way_to_give_a_record_to_another(hotline: Hotline, role: Role) -> None:
    kind = (Entity.GRANT, Part.WORDS, Action.GIVE)
    stage = Stage(hotline)
    lead, colleague = _employed(hotline, Role.LEAD), _employed(hotline, Role.OPERATOR)
    author = _employed(hotline, Role.OPERATOR, stage.case.at.who)
    readers = ((lead, True), (author, True), (colleague, False))
    for standings, (reader, reads), hours in product((OWN, SITE, ELSEWHERE), readers, (24, 25)):
        seat = stage.somebody(role, standings)
        if seat.who == reader:
            continue
        expected = reads and hours == 24 and has_right(role, kind, standings)
        try:
            seat.ask(stage.case.note, hours, to=reader)
        except NotGranted:
            assert not expected, (role, standings, reader, hours)
        else:
            assert expected, (role, standings, reader, hours)
