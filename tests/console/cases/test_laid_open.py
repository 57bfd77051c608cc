"""A safety plan or referral is laid open for whoever may read its record, and for nobody else."""

import asyncio
from collections.abc import Iterable
from datetime import UTC, datetime

from console.cases.laid_open import REFERRAL, SAFETY_PLAN, Laid, LaidOpen
from console.storage.values import Record
from models.access.judging import Verdict
from models.access.matrix import Action, Cell, Entity, Part, Standing
from models.notes.card import card_of
from models.notes.note import Note
from models.people.operator import Role
from models.referrals.referral import LegalBasis, PlaceBasis, Referral
from models.risk.safety_plan import SafetyPlan

AT = datetime(2026, 11, 1, tzinfo=UTC)
NOTE = Note("n", "c", "zhang", "beijing", "full", 1, AT)
PLAN = SafetyPlan("n", "n", "c", "zhang", "beijing", AT)
SENT = Referral(
    *("r", "n", "c", "zhang", "beijing", "clinic", "FPSY", "门诊", "", True, "北京市"),
    *(PlaceBasis.STATED, "练习用的话", LegalBasis.CONSENT, AT),
)
ANY = Cell(Role.LEAD, Entity.NOTE, Part.WORDS, Action.READ, Standing.ALERT)


class Disk:
    """Holds what is asked for; the note is there, and may be read, unless the test says otherwise."""

    def __init__(self) -> None:
        self.of: tuple[object, ...] = (NOTE, PLAN, SENT)
        self.allowed = True
        self.seen: list[tuple[object, str]] = []
        self.open = LaidOpen(self.record, self.of_call, self)

    async def record(self, kind: str, name: str) -> Record | None:
        known = {(SAFETY_PLAN, "n"): PLAN, (REFERRAL, "r"): SENT, ("note.card", "n"): card_of(NOTE, "R1")}
        found = known.get((kind, name))
        return Record(kind, name, 1, found, 0) if found else None

    async def of_call(self, call: str) -> tuple[object, ...]:
        return self.of if call == "c" else ()

    def readable(self, note: Note, beside: Iterable[object] = ()) -> Verdict:
        assert (note, tuple(beside)) == (NOTE, self.of)
        return Verdict(cell=ANY) if self.allowed else Verdict("not_yours")

    def saw(self, entities: Iterable[object], where: str) -> None:
        self.seen += [(one, where) for one in entities]


def test_what_may_be_read_is_laid_open_and_traced() -> None:
    disk = Disk()
    asyncio.run(disk.open.open(SAFETY_PLAN, "n"))
    assert disk.open.laid.value == Laid(PLAN, "c")
    asyncio.run(disk.open.open(REFERRAL, "r"))
    assert disk.open.laid.value == Laid(SENT, "c")
    assert disk.seen == [(PLAN, "case"), (SENT, "case")]
    disk.open.put_away()
    assert disk.open.laid.value == Laid()


def test_a_record_that_may_not_be_read_or_is_not_here_keeps_what_belongs_to_it_shut() -> None:
    for allowed, of in ((False, (NOTE, PLAN, SENT)), (True, (PLAN, SENT))):
        disk = Disk()
        disk.allowed, disk.of = allowed, of
        asyncio.run(disk.open.open(SAFETY_PLAN, "n"))
        assert disk.open.laid.value == Laid(None, "c", locked=True)
        assert disk.seen == []


def test_what_is_not_known_changes_nothing() -> None:
    disk = Disk()
    asyncio.run(disk.open.open(REFERRAL, "r"))
    asyncio.run(disk.open.open(REFERRAL, "other"))
    assert disk.open.laid.value == Laid(SENT, "c")


def test_a_record_is_wanted_by_its_card_until_something_is_laid_open() -> None:
    disk = Disk()
    asyncio.run(disk.open.want("n"))
    wanted = [disk.open.wanted.value]
    asyncio.run(disk.open.open(SAFETY_PLAN, "n"))
    assert [*wanted, disk.open.wanted.value] == [card_of(NOTE, "R1"), None]
    asyncio.run(disk.open.want("unknown"))
    assert (disk.open.wanted.value, disk.open.laid.value) == (None, Laid())
