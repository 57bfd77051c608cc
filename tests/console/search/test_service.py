"""The search of an operator: the last wish wins, only what may be read is shown, reading is in the trace."""

import asyncio
import contextlib
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from console.search.reading import Reading
from console.search.service import SearchService, Stage
from console.storage.entering import Place
from console.storage.storage import Storage
from console.storage.values import Indexing
from models.access.judging import Verdict
from models.access.matrix import Action, Cell, Entity, Part, Standing
from models.notes.card import NoteCard
from models.notes.note import Note, NoteState
from models.people.caller import CallerCard
from models.people.operator import Role
from models.risk.assessment import Assessment
from models.search.wish import PAGE, Filters, Wish
from tests.console.storage.acts import (
    CLOCK,
    KEY,
    OPERATOR,
    act,
    answered,
    call_added,
    draft,
    note_opened,
    opened,
)

CELL = Cell(Role.OPERATOR, Entity.NOTE, Part.WORDS, Action.READ, Standing.OWN)
CARD = CallerCard("key", "beijing", 5, "R3")


class Rights:
    def __init__(self) -> None:
        self.hidden: set[str] = set()
        self.seen: list[tuple[tuple[object, ...], str]] = []
        self.hours = 0
        self.known: set[tuple[str, str, bool]] = set()

    def readable(self, note: Note, _beside: Iterable[object] = ()) -> Verdict:
        return Verdict("not_yours") if note.id in self.hidden else Verdict(cell=CELL)

    def knows(self, kind: str, site: str, *, own: bool) -> Verdict:
        self.known.add((kind, site, own))
        return Verdict("role") if kind in self.hidden else Verdict(cell=CELL)

    def saw(self, entities: Iterable[object], where: str) -> None:
        self.seen.append((tuple(entities), where))

    def longest_hours(self) -> int:
        return self.hours


class Stand:
    """A real file with a writer, and the service that reads it."""

    def __init__(self, path: Path) -> None:
        self.storage: Storage = opened(path)
        self.rights = Rights()
        self.told: list[Indexing] = []
        reading = Reading(Place(path, KEY, OPERATOR, False))
        self.known: list[NoteCard] = []
        self.search = SearchService(reading, self.rights, self.index, self.caller, self.cards)

    async def index(self, most: int) -> Indexing:
        self.told.append(self.storage.search.index_some(most))
        return self.told[-1]

    async def cards(self, since: datetime, until: datetime) -> tuple[tuple[NoteCard, ...], object]:
        return tuple(card for card in self.known if since <= card.opened_at < until), ()

    async def caller(self, number: str) -> CallerCard | None:
        return CARD if number.endswith("13800008000") else None

    def write(self, *names: str, text: str = "桥边") -> None:
        for name in names:
            self.storage.perform([note_opened(name, f"call-{name}"), draft(name, text)])

    def stage(self) -> Stage:
        return self.search.found.value.stage

    def read(self) -> str:
        opened = self.search.opened.value
        return str(opened.note.body.values["complaint"]) if opened else ""

    def wanted(self) -> str:
        card = self.search.wanted.value
        return card.id if card else ""

    def ids(self) -> list[str]:
        return [hit.id for hit in self.search.found.value.hits]


@pytest.fixture
def stand(tmp_path: Path) -> Iterator[Stand]:
    made = Stand(tmp_path / "zhang.db")
    yield made
    asyncio.run(made.search.stop())
    made.storage.close()


def test_stages(stand: Stand) -> None:
    async def story() -> None:
        search = stand.search
        assert search.found.value.stage is Stage.EMPTY
        stages: list[Stage] = []
        search.found.watch(lambda found: stages.append(found.stage))
        await search.look(Wish("，。"))
        await search.look(Wish("桥"))
        await search.look(Wish(""))
        assert stages == [Stage.EMPTY, Stage.SIGNS, Stage.SEARCHING, Stage.DONE, Stage.EMPTY]

    asyncio.run(story())


def test_the_last_wish_wins(stand: Stand) -> None:
    stand.write("a")
    stand.write("b", text="河边")

    async def story() -> None:
        await asyncio.gather(stand.search.look(Wish("桥边")), stand.search.look(Wish("河边")))
        assert stand.ids() == ["b"]
        assert stand.search.found.value.wish == Wish("河边")

    asyncio.run(story())


def test_what_may_not_be_read_is_not_shown_and_pages_are_full_all_the_same(stand: Stand) -> None:
    names = [f"n{n:03}" for n in range(3 * PAGE)]
    stand.write(*names)
    stand.rights.hidden = set(names[::2])

    async def story() -> None:
        await stand.search.look(Wish("桥边"))
        assert len(stand.ids()) >= PAGE
        while stand.search.found.value.more:
            await stand.search.more()
        assert sorted(stand.ids()) == names[1::2]
        stand.rights.hidden = set(names)
        await stand.search.refresh()
        assert stand.ids() == []

    asyncio.run(story())


def test_an_opened_record_is_in_the_trace_once_with_what_belongs_to_it(stand: Stand) -> None:
    stand.storage.perform([call_added("call-1"), note_opened("n"), draft("n", "桥边"), answered("n")])

    async def story() -> None:
        search = stand.search
        await search.open("call-1", "n")
        assert stand.read() == "桥边"
        await search.refresh()
        ((seen, where),) = stand.rights.seen
        assert where == "search"
        assert [type(one) for one in seen] == [Note, Assessment]
        stand.rights.hidden = {"n"}
        await search.refresh()
        assert stand.read() == ""
        await search.open("call-1", "n")
        assert len(stand.rights.seen) == 1

    asyncio.run(story())


def test_a_whole_number_tells_what_the_line_knows_of_it(stand: Stand) -> None:
    stand.storage.perform([call_added("call-1"), note_opened("n")])

    async def story() -> None:
        await stand.search.look(Wish("13800008000"))
        assert stand.search.found.value.caller == CARD
        assert [hit.number for hit in stand.search.found.value.hits] == ["138****8000"]
        await stand.search.look(Wish("8000"))
        assert stand.search.found.value.caller is None

    asyncio.run(story())


def test_filters_are_offered_and_alone_are_a_wish(stand: Stand) -> None:
    stand.write("a")

    async def story() -> None:
        await stand.search.begin()
        assert stand.search.choices.value.categories == ("C3",)
        await stand.search.look(Wish("", Filters(category="C3")))
        assert stand.ids() == ["a"]

    asyncio.run(story())


def test_who_is_known_is_shown_by_rights_of_their_own(stand: Stand) -> None:
    stand.storage.perform([act("person.add", "p", site="beijing", alias="桥边的人", code_word="")])
    stand.storage.perform([act("case.add", "k", site="beijing", person="p")])
    stand.storage.perform([act("case.write", "k", text="桥边", name="张")])

    async def story() -> None:
        await stand.search.look(Wish("桥边"))
        assert sorted(stand.ids()) == ["k", "p"]
        stand.rights.hidden = {"case"}
        await stand.search.refresh()
        assert stand.ids() == ["p"]
        assert stand.rights.known == {("case", "beijing", True), ("person", "beijing", True)}

    asyncio.run(story())


def test_older_records_come_into_the_index_behind_the_work(stand: Stand) -> None:
    async def never(_event: asyncio.Event, _seconds: float) -> bool:
        return False

    asyncio.run(stand.search.index(never))
    assert stand.told == [Indexing()]


def test_a_file_that_cannot_be_read_is_said_and_tried_again(stand: Stand, tmp_path: Path) -> None:
    stand.write("a")

    async def story() -> None:
        search = stand.search
        stand.storage.close()
        hidden = tmp_path / "hidden"
        (tmp_path / "zhang.db").rename(hidden)
        with contextlib.suppress(FileNotFoundError):
            (tmp_path / "zhang.db-wal").unlink()
        await search.look(Wish("桥边"))
        assert stand.stage() is Stage.TROUBLE
        hidden.rename(tmp_path / "zhang.db")
        await search.refresh()
        assert stand.stage() is Stage.DONE
        assert stand.ids() == ["a"]

    asyncio.run(story())


def test_nothing_stays_when_the_box_is_closed(stand: Stand) -> None:
    stand.write("a")

    async def story() -> None:
        await stand.search.look(Wish("桥边"))
        await stand.search.open("call-a", "a")
        await stand.search.leave()
        assert stand.search.found.value.hits == ()
        assert stand.search.opened.value is None

    asyncio.run(story())


def card(name: str, author: str = "wang", level: str = "R2", days: int = 0) -> NoteCard:
    at = CLOCK.now() - timedelta(days=days)
    return NoteCard(name, f"call-{name}", author, "beijing", "C1", level, NoteState.FINISHED, at)


def test_who_may_ask_for_a_text_finds_its_card_and_reads_it_once_it_came(stand: Stand) -> None:
    async def story() -> None:
        stand.rights.hours = 24
        stand.known = [card("a"), card("b", "li"), card("c", level=""), card("d", days=9)]
        await stand.search.begin()
        assert stand.search.choices.value.authors == ("li", "wang")
        since = CLOCK.now() - timedelta(days=2)
        for filters, names in (
            (Filters(author="wang"), ["a", "c", "d"]),
            (Filters(author="wang", since=since), ["a", "c"]),
            (Filters(level="RX"), ["c"]),
            (Filters(category="C2"), []),
            (Filters(city="北京"), []),
        ):
            await stand.search.look(Wish("", filters))
            assert [one.id for one in stand.search.found.value.cards] == names
        await stand.search.look(Wish("桥边", Filters(author="wang")))
        assert stand.search.found.value.cards == (), "words find nothing in texts that are not here"
        await stand.search.look(Wish("", Filters(author="wang")))
        await stand.search.open("call-a", "a")
        assert stand.wanted() == "a"
        assert not stand.rights.seen, "a card is no text"
        # The grant comes, and with it the record.
        stand.write("a")
        await stand.search.refresh()
        assert stand.wanted() == ""
        assert stand.read() == "桥边"
        assert [where for _, where in stand.rights.seen] == ["search"]

    asyncio.run(story())


def test_who_may_not_ask_sees_no_cards(stand: Stand) -> None:
    async def story() -> None:
        stand.known = [card("a")]
        await stand.search.begin()
        await stand.search.look(Wish("", Filters(author="wang")))
        assert stand.search.found.value.cards == ()
        assert stand.search.choices.value.authors == ()

    asyncio.run(story())


def test_a_record_that_is_put_away_while_it_is_read_stays_away(stand: Stand) -> None:
    stand.write("n")

    async def story() -> None:
        for put_away in (stand.search.leave, None):
            opening = asyncio.ensure_future(stand.search.open("call-n", "n"))
            await asyncio.wait([opening], timeout=0)
            if put_away is None:
                stand.search.put_away()
            else:
                await put_away()
            await opening
            assert stand.read() == ""
        assert stand.rights.seen == [], "nobody saw it"
        await stand.search.open("call-n", "n")
        reading = asyncio.ensure_future(stand.search.refresh())
        await asyncio.wait([reading], timeout=0)
        stand.search.put_away()
        await reading
        assert stand.read() == ""

    asyncio.run(story())


def test_of_two_records_that_are_opened_the_last_one_is_shown_and_traced(stand: Stand) -> None:
    stand.write("n", text="第一条")
    stand.write("m", text="第二条")
    shown: list[str] = []

    async def story() -> None:
        stand.search.opened.watch(lambda one: shown.append(one.note.id if one else ""))
        await asyncio.gather(stand.search.open("call-n", "n"), stand.search.open("call-m", "m"))
        assert shown == ["", "m"]
        refreshing = asyncio.ensure_future(stand.search.refresh())
        await asyncio.wait([refreshing], timeout=0)
        await stand.search.open("call-n", "n")
        await refreshing
        assert stand.read() == "第一条"

    asyncio.run(story())
    assert [seen[0].id for seen, _ in stand.rights.seen if isinstance(seen[0], Note)] == ["m", "n"]
