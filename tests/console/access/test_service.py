"""What may be seen and done here, by the matrix and trusted time; what was seen, for the trace."""

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from itertools import product

import pytest

from console.access.seeing import Seeing
from console.access.service import AccessService, Asked, Judging, Stage
from console.runtime.journal import DiskTrouble
from models.access.grant import Grant
from models.access.matrix import Action, Entity, Part, Standing
from models.access.reasons import UnmaskReason
from models.calls.call import Call
from models.clock import Clock, ManualClock
from models.followups.callback import Callback, Why
from models.followups.followup import Followup, Series
from models.notes.note import Note
from models.people.operator import Operator, Role
from models.risk.assessment import Assessment
from models.risk.level import Level
from models.risk.trail import Judgement
from models.trace.entry import Act, Happening
from resources import access

CLOCK: Clock = ManualClock()
NOW = CLOCK.now()
MATRIX = access.load(access.SHIPPED)
DAY, MONTH, TICK = timedelta(hours=24), timedelta(days=28), timedelta(seconds=1)
CALM = Assessment("n", "n", "c", "zhang", "beijing")
ALARMING = replace(CALM, judgements=(Judgement(1, "o", NOW, Level.R3),))
STANDINGS: tuple[frozenset[Standing], ...] = (
    frozenset(),
    frozenset({Standing.SITE}),
    frozenset({Standing.SITE, Standing.OWN}),
    frozenset({Standing.SITE, Standing.ALERT}),
    frozenset({Standing.SITE, Standing.GRANT}),
)


@dataclass
class Here:
    """One operator's access with everything beside it."""

    role: Role = Role.OPERATOR
    answer: str = ""
    ahead: timedelta = timedelta(0)
    wall: timedelta = timedelta(0)
    asked: list[tuple[str, str, int]] = field(default_factory=list)
    later: list[tuple[float, Callable[[], None]]] = field(default_factory=list)
    written: list[Happening] = field(default_factory=list)

    def __post_init__(self) -> None:
        who = Operator("me", "某人", "", "beijing", (self.role,))
        judging = Judging(MATRIX, lambda: NOW + self.ahead, lambda: NOW + self.wall, self.ask)
        self.seeing = Seeing(self.write)
        self.service = AccessService(judging, who, self.seeing, self.call_later)

    async def ask(self, note: str, reason: str, hours: int) -> str:
        self.asked.append((note, reason, hours))
        return self.answer

    async def write(self, what: Happening) -> None:
        self.written.append(what)

    def call_later(self, seconds: float, act: Callable[[], None]) -> "Here":
        self.later.append((seconds, act))
        return self

    def cancel(self) -> None:
        """Nothing is ever called off here."""

    async def trace(self) -> list[Happening]:
        writing = asyncio.create_task(self.seeing.run())
        await self.seeing.flush()
        writing.cancel()
        return self.written


def note_of(standings: frozenset[Standing], age: timedelta) -> Note:
    author = "me" if Standing.OWN in standings else "zhang"
    site = "beijing" if Standing.SITE in standings else "elsewhere"
    return Note("n", "c", author, site, "full", 1, NOW - age)


def beside(standings: frozenset[Standing]) -> Iterable[object]:
    yield ALARMING if Standing.ALERT in standings else CALM
    if Standing.GRANT in standings:
        yield Grant("g", "me", "n", "c", "beijing", "复核", "me", NOW, NOW + TICK)


def has_right(role: Role, part: Part, action: Action, standings: frozenset[Standing], age: timedelta) -> bool:
    entity = Entity.CALL if action is Action.UNMASK else Entity.NOTE
    return any(
        cell.role is role
        and (cell.entity, cell.part, cell.action) == (entity, part, action)
        and cell.of in standings
        and (cell.window is None or age < cell.window)
        for cell in MATRIX.cells
    )


@pytest.mark.parametrize("role", Role)
def test_every_cell_about_notes_and_numbers(role: Role) -> None:
    service = Here(role).service
    for standings, age in product(STANDINGS, (DAY - TICK, DAY, MONTH - TICK, MONTH)):
        note, known = note_of(standings, age), tuple(beside(standings))
        case = (role, standings, age)
        writes = has_right(role, Part.WORDS, Action.WRITE, standings, age)
        reads = has_right(role, Part.WORDS, Action.READ, standings, age)
        shows = has_right(role, Part.NUMBER, Action.UNMASK, standings, age)
        service.editable(replace(note, id="another"))
        assert service.editable(note).allowed is writes, case
        assert service.readable(note, known).allowed is reads, case
        assert service.unmask(Call("c"), note, known, UnmaskReason.RESCUE) is shows, case


def test_a_late_note_says_why_it_cannot_be_edited() -> None:
    service = Here().service
    assert service.editable(note_of(STANDINGS[2], DAY)).why == "late"
    assert service.editable(replace(note_of(STANDINGS[1], DAY), id="m")).why == "not_yours"


def test_a_wall_clock_that_is_a_day_behind_locks_no_note_of_now() -> None:
    here = Here(ahead=timedelta(0), wall=-DAY)
    assert here.service.editable(note_of(STANDINGS[2], DAY)).allowed


def test_a_note_that_is_being_written_is_not_taken_away_when_the_clock_is_set_right() -> None:
    here = Here(wall=-DAY)
    mine = note_of(STANDINGS[2], DAY)
    assert here.service.editable(mine).allowed
    here.wall = timedelta(0)
    assert here.service.editable(mine).allowed
    assert here.service.editable(replace(mine, id="m")).why == "late"
    assert here.service.editable(mine).why == "late"


def test_a_note_that_was_read_only_is_so_until_it_may_be_written() -> None:
    here = Here()
    mine = note_of(STANDINGS[2], DAY)
    assert here.service.editable(mine).why == "late"
    here.wall = -TICK
    assert here.service.editable(mine).allowed


def test_a_grant_that_is_over_opens_nothing() -> None:
    service = Here(Role.LEAD).service
    over = Grant("g", "me", "n", "c", "beijing", "复核", "me", NOW - DAY, NOW)
    other = replace(over, note="m", until=NOW + DAY)
    assert service.readable(note_of(STANDINGS[1], TICK), (over, other)).why == "not_yours"


def test_a_number_is_shown_for_a_short_time_and_logged_with_its_reason() -> None:
    here = Here()
    assert here.service.unmask(Call("c"), None, (), UnmaskReason.CALL_BACK)
    assert here.service.unmasked.value == {"c"}
    ((seconds, mask),) = here.later
    assert seconds == MATRIX.unmasked.total_seconds()
    mask()
    assert here.service.unmasked.value == frozenset()
    assert asyncio.run(here.trace()) == [Happening(Act.UNMASKED, "call", "c", reason="call_back")]


OWED = (
    Callback("b", "c", "beijing", "", Why.ABANDONED, "13800000001", NOW, NOW),
    Followup("f", "c", "n", "beijing", "zhang", "张", "13800000001", NOW, NOW, (NOW,), Series("bj", 1, (1,))),
)


@pytest.mark.parametrize("owed", OWED, ids=["callback", "followup"])
def test_the_number_of_what_is_owed_is_shown_as_long_and_logged(owed: Callback | Followup) -> None:
    here = Here()
    assert here.service.unmask_owed(owed, UnmaskReason.IDENTIFY)
    assert here.service.unmasked.value == {owed.id}
    ((seconds, mask),) = here.later
    assert seconds == MATRIX.unmasked.total_seconds()
    mask()
    assert here.service.unmasked.value == frozenset()
    kind = "callback" if isinstance(owed, Callback) else "followup"
    assert asyncio.run(here.trace()) == [Happening(Act.UNMASKED, kind, owed.id, reason="identify")]


@pytest.mark.parametrize("owed", OWED, ids=["callback", "followup"])
@pytest.mark.parametrize(("role", "site"), [(Role.OPERATOR, "elsewhere"), (Role.ADMINISTRATOR, "beijing")])
def test_another_site_and_another_role_see_no_number_of_what_is_owed(
    owed: Callback | Followup, role: Role, site: str
) -> None:
    here = Here(role)
    assert not here.service.unmask_owed(replace(owed, site=site), UnmaskReason.CALL_BACK)
    assert here.service.unmasked.value == frozenset()
    assert asyncio.run(here.trace()) == []


def test_a_number_that_may_not_be_shown_is_not_and_nothing_is_logged() -> None:
    here = Here(Role.ADMINISTRATOR)
    assert not here.service.unmask(Call("c"), None, (), UnmaskReason.RESCUE)
    assert here.service.unmasked.value == frozenset()
    assert asyncio.run(here.trace()) == []


def test_what_was_opened_is_logged_each_with_its_view() -> None:
    here = Here()
    here.service.saw((note_of(STANDINGS[2], TICK), CALM, Call("c"), object()), "lead")
    assert asyncio.run(here.trace()) == [
        Happening(Act.READ, "note", "n", where="lead"),
        Happening(Act.READ, "risk", "n", where="lead"),
    ]


@pytest.mark.parametrize(("answer", "stage"), [("", Stage.GRANTED), ("off_line", Stage.REFUSED)])
def test_a_full_text_is_asked_for_with_a_reason(answer: str, stage: Stage) -> None:
    here = Here(Role.LEAD, answer=answer)
    seen: list[Asked] = []
    here.service.asked.watch(seen.append)
    asyncio.run(here.service.ask("n", "复核", 4))
    assert here.asked == [("n", "复核", 4)]
    assert [one.stage for one in seen] == [Stage.NONE, Stage.WAITING, stage]
    assert seen[-1].why == answer
    assert asyncio.run(here.trace()) == [Happening(Act.GLASS, "note", "n")]


def test_without_a_reason_nobody_is_asked() -> None:
    here = Here(Role.LEAD)
    asyncio.run(here.service.ask("n", " ", 4))
    assert here.asked == []
    assert here.service.asked.value == Asked("n", Stage.REFUSED, "reason_wanted")


@pytest.mark.parametrize(
    ("role", "hours"), [(Role.OPERATOR, 0), (Role.LEAD, 24), (Role.SUPERVISOR, 168), (Role.ADMINISTRATOR, 0)]
)
def test_how_long_somebody_may_ask_for(role: Role, hours: int) -> None:
    assert Here(role).service.longest_hours() == hours


def test_what_was_seen_waits_for_a_full_disk_and_is_written_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("console.access.seeing.RETRY_SECONDS", 0.0)
    written: list[str] = []
    troubles = [DiskTrouble("disk_full"), DiskTrouble("disk_full")]

    async def write(what: Happening) -> None:
        if troubles:
            raise troubles.pop()
        written.append(what.id)

    async def story() -> None:
        seeing = Seeing(write)
        writing = asyncio.create_task(seeing.run())
        for name in ("a", "b"):
            seeing.saw(Happening(Act.READ, "note", name))
        await seeing.flush()
        writing.cancel()

    asyncio.run(story())
    assert written == ["a", "b"]


@pytest.mark.parametrize(
    ("role", "kind", "site", "own", "may"),
    [
        (Role.OPERATOR, "person", "beijing", False, True),
        (Role.OPERATOR, "caller_plan", "beijing", False, True),
        (Role.OPERATOR, "case", "beijing", False, False),
        (Role.OPERATOR, "case", "beijing", True, True),
        (Role.LEAD, "case", "beijing", False, True),
        (Role.SUPERVISOR, "case", "beijing", False, True),
        (Role.LEAD, "case", "tianjin", False, False),
        (Role.OPERATOR, "person", "tianjin", False, False),
        (Role.ADMINISTRATOR, "person", "beijing", False, False),
    ],
)
def test_who_calls_is_known_to_all_who_answer_and_a_case_to_those_who_have_it_and_leads(
    role: Role, kind: str, site: str, own: bool, may: bool
) -> None:
    assert Here(role).service.knows(kind, site, own=own).allowed is may
