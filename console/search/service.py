"""One box over all records: pages of what may be read here, and a record to be read."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING

from console.runtime.journal import DiskTrouble
from console.runtime.store import Store
from console.runtime.waiting import Wait, wait_for
from console.search.reading import Reading
from console.search.rights import Access, is_shown
from console.storage.errors import StorageError
from console.storage.found import Choices, Hit, Hits
from console.storage.values import Indexing
from models.notes.card import NoteCard
from models.notes.note import Note
from models.people.caller import CallerCard
from models.referrals.referral import Referral
from models.risk.assessment import Assessment
from models.search.query import parse
from models.search.wish import PAGE, Filters, Wish

if TYPE_CHECKING:
    from console.storage.finding import Finder

INDEX_AFTER_SECONDS = 2.0
LOOK_AGAIN_SECONDS = 15.0
# Short enough that no note waits for it: some twenty milliseconds.
_AT_ONCE = 50
_PAUSE_SECONDS = 0.02
_DISK_PAUSE_SECONDS = 10.0
# Somebody who may read little of what the index holds waits no longer for a page than this.
_MOST_PAGES = 10
_LEAST_OF_A_NUMBER = 7
_MOST_CARDS = 100
_FIRST, _LAST = datetime(2000, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)
_NOTHING = Wish()
ReadCards = Callable[[datetime, datetime], Awaitable[tuple[tuple[NoteCard, ...], object]]]


class Stage(StrEnum):
    """How far a search is: nothing asked, only signs that say nothing, under way, done, or no answer."""

    EMPTY = "empty"
    SIGNS = "signs"
    SEARCHING = "searching"
    DONE = "done"
    TROUBLE = "trouble"


@dataclass(frozen=True, slots=True)
class Found:
    """What was found for a wish so far, newest first; `more` may follow.

    `caller` is what the line knows of a number that was typed in full. `cards` are notes that fit the filters
    and whose text may not be read here: who leads may ask for it. Words find none of them.
    """

    wish: Wish = _NOTHING
    stage: Stage = Stage.EMPTY
    hits: tuple[Hit, ...] = ()
    before: int | None = None
    caller: CallerCard | None = None
    cards: tuple[NoteCard, ...] = ()

    @property
    def more(self) -> bool:
        """True where further pages may be there."""
        return self.before is not None


@dataclass(frozen=True, slots=True)
class Opened:
    """A record that is being read: its note, and all that is known of the call."""

    note: Note
    beside: tuple[object, ...] = ()


class SearchService:
    """Lives on the io thread; the last wish wins."""

    def __init__(
        self,
        reading: Reading,
        access: Access,
        index: Callable[[int], Awaitable[Indexing]],
        caller: Callable[[str], Awaitable[CallerCard | None]],
        cards: ReadCards | None = None,
    ) -> None:
        self._reading = reading
        self._access = access
        self._index = index
        self._caller = caller
        self._cards = cards
        self.wanted: Store[NoteCard | None] = Store(None)
        self._turn = self._opening = 0
        self.found: Store[Found] = Store(Found())
        self.opened: Store[Opened | None] = Store(None)
        self.choices: Store[Choices] = Store(Choices())
        self.indexing: Store[Indexing] = Store(Indexing())

    async def begin(self) -> None:
        """The box is opened: tell what the filters can be set to, and what is found now."""
        try:
            choices = await self._reading.ask(lambda finder: finder.choices())
            self.choices.publish(await self._with_cards(choices))
        except StorageError:
            self.found.publish(replace(self.found.value, stage=Stage.TROUBLE))
            return
        await self.refresh()

    async def look(self, wish: Wish) -> None:
        """Search; what was wished before is forgotten."""
        self._turn += 1
        query = parse(wish.text)
        if query.empty and (wish.text.strip() or not wish.filters.any):
            self.found.publish(Found(wish, Stage.SIGNS if wish.text.strip() else Stage.EMPTY))
            return
        self.found.publish(replace(self.found.value, wish=wish, stage=Stage.SEARCHING))
        await self._show(wish, PAGE)

    async def more(self) -> None:
        """Show the next page too."""
        known, turn = self.found.value, self._turn
        if known.before is None or known.stage is not Stage.DONE:
            return
        page = await self._page(known.wish, known.before, PAGE)
        if page is not None and turn == self._turn and self.found.value.before == known.before:
            self.found.publish(replace(known, hits=known.hits + page.hits, before=page.before))

    async def open(self, call: str, note: str) -> None:
        """Show a record, if it may be read here and now; that goes into the trace. Otherwise its card is
        `wanted`, until its text has come.
        """
        self._opening += 1
        opening = self._opening
        opened = await self._readable(call, note)
        if opening != self._opening:
            # Another one was asked for since, or all was put away.
            return
        self._bring(opened, note)

    def _bring(self, opened: Opened | None, note: str) -> None:
        self.opened.publish(opened)
        cards = (card for card in self.found.value.cards if card.id == note)
        self.wanted.publish(next(cards, None) if opened is None else None)
        if opened is not None:
            parts = (one for one in opened.beside if isinstance(one, (Assessment, Referral)))
            self._access.saw((opened.note, *(one for one in parts if one.note == note)), "search")

    def put_away(self) -> None:
        """The record was read."""
        self._opening += 1
        self.opened.publish(None)
        self.wanted.publish(None)

    async def refresh(self) -> None:
        """Something was written or pulled, or time passed: show what is found and may be read now."""
        opened, known, wanted = self.opened.value, self.found.value, self.wanted.value
        opening = self._opening
        if wanted is not None:
            come = await self._readable(wanted.call, wanted.id)
            if self.wanted.value is wanted:
                self._bring(come, wanted.id)
        if opened is not None:
            again = await self._readable(opened.note.call, opened.note.id)
            if opening == self._opening:
                self.opened.publish(again)
        if known.stage in (Stage.DONE, Stage.TROUBLE) and known.wish != _NOTHING:
            await self._show(known.wish, max(PAGE, len(known.hits)))

    async def keep(self, wait: Wait = wait_for) -> None:
        """Take older records into the index; look again and again whether what is shown may still be read."""
        await wait(asyncio.Event(), INDEX_AFTER_SECONDS)
        await self.index(wait)
        while True:
            await wait(asyncio.Event(), LOOK_AGAIN_SECONDS)
            await self.refresh()

    async def index(self, wait: Wait = wait_for) -> None:
        """Take the records that wait into the index, a few at a time: a note is always written first."""
        while True:
            try:
                told = await self._index(_AT_ONCE)
            except DiskTrouble:
                await wait(asyncio.Event(), _DISK_PAUSE_SECONDS)
                continue
            self.indexing.publish(told)
            if not told.left:
                return
            await wait(asyncio.Event(), _PAUSE_SECONDS)

    async def leave(self) -> None:
        """The box is closed: nothing of what was found stays."""
        self._turn += 1
        self.found.publish(Found())
        self.put_away()
        await self._reading.release()

    async def stop(self) -> None:
        """Read nothing any more."""
        await self._reading.stop()

    async def _show(self, wish: Wish, most: int) -> None:
        turn = self._turn
        page = await self._page(wish, None, most)
        caller = await self._caller_of(wish)
        cards = await self._masked(wish)
        if turn != self._turn:
            return
        if page is None:
            self.found.publish(Found(wish, Stage.TROUBLE))
        else:
            self.found.publish(Found(wish, Stage.DONE, page.hits, page.before, caller, cards))

    async def _page(self, wish: Wish, before: int | None, most: int) -> Hits | None:
        """As many hits as a page has, of those that may be read; None where the file gives no answer."""
        hits: list[Hit] = []
        for _ in range(_MOST_PAGES):
            try:
                found = await self._reading.ask(partial(_find, wish, before, most))
            except StorageError:
                return None
            hits += [hit for hit in found.hits if is_shown(self._access, hit)]
            before = found.before
            if before is None or len(hits) >= most:
                break
        return Hits(tuple(hits), before)

    async def _with_cards(self, choices: Choices) -> Choices:
        """The choices of who may ask for texts hold what the cards name too."""
        if self._cards is None or not self._access.longest_hours():
            return choices
        known, _ = await self._cards(_FIRST, _LAST)
        authors = {*choices.authors, *(card.author for card in known)}
        categories = {*choices.categories, *(card.category for card in known if card.category)}
        return replace(choices, authors=tuple(sorted(authors)), categories=tuple(sorted(categories)))

    async def _masked(self, wish: Wish) -> tuple[NoteCard, ...]:
        """The newest cards that fit the filters and whose notes may not be read here."""
        if self._cards is None or wish.text.strip() or wish.filters.city or not self._access.longest_hours():
            return ()
        known, _ = await self._cards(wish.filters.since or _FIRST, wish.filters.until or _LAST)
        fit = [card for card in known if _fits(card, wish.filters)][:_MOST_CARDS]

        def beside(finder: "Finder") -> dict[str, tuple[object, ...]]:
            return {card.id: finder.of_call(card.call) for card in fit}

        try:
            here = await self._reading.ask(beside)
        except StorageError:
            return ()
        return tuple(card for card in fit if not self._has_readable(card.id, here[card.id]))

    def _has_readable(self, note: str, beside: tuple[object, ...]) -> bool:
        notes = (one for one in beside if isinstance(one, Note) and one.id == note)
        return any(self._access.readable(one, beside).allowed for one in notes)

    async def _readable(self, call: str, note: str) -> Opened | None:
        try:
            beside = await self._reading.ask(lambda finder: finder.of_call(call))
        except StorageError:
            return None
        notes = (one for one in beside if isinstance(one, Note) and one.id == note)
        readable = (one for one in notes if self._access.readable(one, beside).allowed)
        found = next(readable, None)
        return None if found is None else Opened(found, beside)

    async def _caller_of(self, wish: Wish) -> CallerCard | None:
        number = parse(wish.text).number
        return await self._caller(number) if len(number) >= _LEAST_OF_A_NUMBER else None


def _fits(card: NoteCard, filters: Filters) -> bool:
    pairs = (
        (filters.author, card.author),
        (filters.category, card.category),
        (filters.level, card.level or "RX"),
    )
    return all(not wanted or wanted == found for wanted, found in pairs)


def _find(wish: Wish, before: int | None, most: int, finder: "Finder") -> Hits:
    return finder.find(wish, before, most)
