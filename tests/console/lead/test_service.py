"""The lead's desk: a card opens only what this workstation was given in full."""

import asyncio
import contextlib
from collections.abc import Iterable
from datetime import datetime, timedelta

from console.lead.service import MOST_CARDS, SHIFT, FullRecord, LeadService
from models.access.judging import Verdict
from models.access.matrix import Action, Cell, Entity, Part, Standing
from models.calls.call import Call
from models.calls.card import CallCard
from models.calls.events import CallEnd
from models.clock import Clock, ManualClock
from models.notes.card import NoteCard, card_of
from models.notes.note import Note
from models.people.operator import Role
from models.referrals.referral import LegalBasis, PlaceBasis, Referral
from models.risk.assessment import Assessment

CLOCK: Clock = ManualClock()
NOTE = Note("n", "c", "zhang", "beijing", "full", 1, CLOCK.now())
OTHER = Note("m", "c", "wang", "beijing", "full", 1, CLOCK.now())
RISK = Assessment("n", "n", "c", "zhang", "beijing")
REFERRAL = Referral(
    "r",
    "n",
    "c",
    "zhang",
    "beijing",
    "f110",
    "police",
    "110",
    "110",
    False,
    "北京市",
    PlaceBasis.STATED,
    "练习用的话",
    LegalBasis.EMERGENCY,
    CLOCK.now(),
)


MISSED = CallCard("x", "beijing", CLOCK.now(), None, CLOCK.now(), CallEnd.CALLER_HUNG_UP)
ANY = Cell(Role.LEAD, Entity.NOTE, Part.WORDS, Action.READ, Standing.ALERT)


class Disk:
    """Answers what the test put there; everything may be read unless the test says otherwise."""

    def __init__(self) -> None:
        self.cards: tuple[NoteCard, ...] = (card_of(NOTE, "R4"),)
        self.missed: tuple[CallCard, ...] = (MISSED,)
        self.entities: tuple[object, ...] = ()
        self.spans: list[tuple[datetime, datetime]] = []
        self.seen: list[tuple[tuple[object, ...], str]] = []
        self.allowed = True

    def readable(self, note: Note, beside: Iterable[object] = ()) -> Verdict:
        assert tuple(beside) == self.entities
        return Verdict(cell=ANY) if self.allowed else Verdict("not_yours")

    def saw(self, entities: Iterable[object], where: str) -> None:
        self.seen.append((tuple(entities), where))

    async def read_cards(
        self, since: datetime, until: datetime
    ) -> tuple[tuple[NoteCard, ...], tuple[CallCard, ...]]:
        self.spans.append((since, until))
        return self.cards, self.missed

    async def read_of_call(self, call: str) -> tuple[object, ...]:
        assert call == "c"
        return self.entities


def test_a_card_without_its_record_opens_nothing_until_the_record_comes() -> None:
    async def story() -> None:
        disk = Disk()
        lead = LeadService(disk.read_cards, disk.read_of_call, CLOCK, disk)
        await lead.refresh()
        assert disk.spans == [(CLOCK.now() - SHIFT, CLOCK.now() + SHIFT)]
        assert lead.cards.value == disk.cards
        assert lead.missed.value == (MISSED,)
        records: list[FullRecord | None] = []
        lead.record.watch(records.append)
        await lead.open("n")
        disk.entities = (OTHER, NOTE, RISK, REFERRAL, Call("c"))
        await lead.refresh()
        nothing, record = records
        assert nothing is None
        assert record
        assert (record.note, record.assessment, record.referrals) == (NOTE, RISK, (REFERRAL,))
        assert record.call == Call("c")

    asyncio.run(story())


def test_a_record_that_is_read_while_another_one_is_opened_shows_nothing_of_itself() -> None:
    async def story() -> None:
        disk = Disk()
        disk.cards = (card_of(NOTE, "R4"), card_of(OTHER, "R3"))
        disk.entities = (NOTE, OTHER)
        reads: list[asyncio.Future[None]] = []

        async def slow(_call: str) -> tuple[object, ...]:
            reads.append(asyncio.get_running_loop().create_future())
            await reads[-1]
            return disk.entities

        lead = LeadService(disk.read_cards, slow, CLOCK, disk)
        await lead.refresh()
        shown: list[object] = []
        lead.record.watch(lambda record: shown.append(record and record.note.id))
        lead.wanted.watch(lambda card: shown.append(card and card.id))
        shown.clear()
        first, second = asyncio.ensure_future(lead.open("n")), asyncio.ensure_future(lead.open("m"))
        while len(reads) < 2:
            await asyncio.wait([first, second], timeout=0)
        for read in reads:
            read.set_result(None)
        await asyncio.gather(first, second)
        assert shown == ["m"]
        assert [where for _, where in disk.seen] == ["lead"], "nobody saw the first one"

    asyncio.run(story())


def test_a_note_without_a_card_opens_nothing() -> None:
    async def story() -> None:
        disk = Disk()
        disk.entities = (OTHER,)
        lead = LeadService(disk.read_cards, disk.read_of_call, CLOCK, disk)
        await lead.refresh()
        await lead.open("m")
        assert lead.record.value is None

    asyncio.run(story())


def test_what_may_not_be_read_is_wanted_and_each_opening_is_logged_once() -> None:
    async def story() -> None:
        disk = Disk()
        disk.allowed = False
        disk.entities = (NOTE, RISK, REFERRAL, OTHER, Call("c"))
        lead = LeadService(disk.read_cards, disk.read_of_call, CLOCK, disk)
        await lead.refresh()
        await lead.open("n")
        assert (lead.record.value, lead.wanted.value, disk.seen) == (None, disk.cards[0], [])
        disk.allowed = True
        await lead.refresh()
        await lead.refresh()
        assert lead.wanted.value is None
        assert disk.seen == [((NOTE, RISK, REFERRAL), "lead")]
        await lead.open("n")
        assert len(disk.seen) == 2

    asyncio.run(story())


def test_a_record_that_may_be_read_no_longer_leaves_the_screen_without_a_server() -> None:
    async def story() -> None:
        disk = Disk()
        disk.entities = (NOTE, Call("c"))
        lead = LeadService(disk.read_cards, disk.read_of_call, CLOCK, disk)
        await lead.refresh()
        await lead.open("n")
        shown = lead.record.value
        assert shown is not None
        looked = 0

        async def wait(_event: asyncio.Event, _seconds: float) -> bool:
            nonlocal looked
            looked += 1
            disk.allowed = looked < 2
            if looked > 2:
                raise asyncio.CancelledError
            return False

        with contextlib.suppress(asyncio.CancelledError):
            await lead.keep(wait)
        assert lead.record.value is None
        assert lead.wanted.value == disk.cards[0]

    asyncio.run(story())


def test_a_lead_looks_back_for_weeks_and_still_sees_who_was_missed_in_this_shift() -> None:
    async def story() -> None:
        disk = Disk()
        lead = LeadService(disk.read_cards, disk.read_of_call, CLOCK, disk)
        await lead.look_back(timedelta(days=28))
        now = CLOCK.now()
        assert disk.spans == [(now - SHIFT, now + SHIFT), (now - timedelta(days=28), now + SHIFT)]
        assert lead.missed.value == (MISSED,)
        disk.cards = disk.cards * (MOST_CARDS + 1)
        await lead.refresh()
        assert len(lead.cards.value) == MOST_CARDS
        await lead.look_back(timedelta(0))
        assert disk.spans[-1] == (now - SHIFT, now + SHIFT)

    asyncio.run(story())
