"""What the operator sees of acts that are held, of two texts, and of the link; what a lead decides."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Iterator
from pathlib import Path
from typing import Any

import pytest

from console.notes.service import NotesService
from console.runtime.journal import Journal
from console.runtime.problems import Problems
from console.session.identity import Identity
from console.sync.service import Choice, SyncService
from models.notes.note import Note, Stop
from models.people.operator import Role
from server.central.sync.soundness import MOST_OPERATION_BYTES
from tests.console.sync.stage import Device
from tests.server.central.hotline import Hotline
from tests.support.sealed import open_sealed

LONG = "长" * (MOST_OPERATION_BYTES // 3)


@pytest.fixture
def hotline(tmp_path: Path) -> Iterator[Hotline]:
    engine = open_sealed(f"sqlite:///{tmp_path / 'central.db'}")
    yield Hotline(engine)
    engine.dispose()


class Station:
    """A workstation's storage under its services, without a window."""

    def __init__(self, hotline: Hotline, folder: Path, name: str, *roles: Role) -> None:
        self.device = Device(
            hotline, hotline.ticket(*roles, name=name), folder / f"{name}{len(list(folder.iterdir()))}.db"
        )
        self.problems = Problems(hotline.clock)
        self.shown: list[Note] = []

    def run(self, story: Callable[[SyncService], Awaitable[None]]) -> None:
        async def whole() -> None:
            journal = Journal(self._perform, self.problems, lambda: None)
            writing = asyncio.create_task(journal.run())
            tasks: list[asyncio.Task[Any]] = []

            def spawn(work: Coroutine[Any, Any, object]) -> None:
                tasks.append(asyncio.create_task(work))

            identity = Identity(self.device.ticket.operator, "3", "", b"", practice=False)
            clock = self.device.hotline.clock
            service = SyncService(journal, self._run_db, clock, identity, self.problems, self._show, spawn)
            await service.refresh()
            await story(service)
            await journal.flush()
            await asyncio.gather(*tasks)
            writing.cancel()

        asyncio.run(whole())

    async def _perform(self, operations: Any) -> None:
        self.device.storage.perform(operations)

    async def _run_db(self, work: Any) -> Any:
        return work(self.device.storage)

    async def _show(self, note: Note) -> None:
        self.shown.append(note)

    @property
    def codes(self) -> set[str]:
        return {one.code for one in self.problems.store.value}


@pytest.fixture
def mine(hotline: Hotline, tmp_path: Path) -> Iterator[Station]:
    station = Station(hotline, tmp_path, "zhang")
    station.device.perform(station.device.note_opened("n"))
    station.device.settle()
    yield station
    station.device.storage.close()


@pytest.fixture
def lead(hotline: Hotline, tmp_path: Path) -> Iterator[Station]:
    station = Station(hotline, tmp_path, "wang", Role.OPERATOR, Role.LEAD)
    yield station
    station.device.storage.close()


def text_of(station: Station) -> Any:
    found = station.device.storage.record("note", "n")
    assert found is not None
    return found.entity.body.values.get("complaint")


def held(station: Station) -> str:
    """A draft that the server holds; its id."""
    text_of(station)
    draft = station.device.draft("n", LONG)
    station.device.perform(draft)
    station.device.settle()
    return draft.op


def test_held_words_stay_in_sight_until_a_lead_lets_them_happen(mine: Station, lead: Station) -> None:
    op = held(mine)
    (listed,) = mine.device.storage.refused()
    assert (listed.why, listed.state, text_of(mine)) == ("too_large", "waiting", LONG)
    lead.device.settle()

    async def release(service: SyncService) -> None:
        assert [card.id for card in service.held.value] == [op]
        service.release(op)
        assert service.held.value == ()

    lead.run(release)
    lead.device.settle()
    mine.device.settle()
    (listed,) = mine.device.storage.refused()
    assert (listed.state, text_of(mine)) == ("released", LONG)
    found = mine.device.storage.record("note", "n")
    assert found is not None
    assert (found.pending, found.entity.versions) == (0, ())
    mine.device.storage.held.put_away(op)
    assert mine.device.storage.refused() == ()


def test_a_dismissed_act_leaves_the_record_and_its_author_reads_why(mine: Station, lead: Station) -> None:
    op = held(mine)
    lead.device.settle()

    async def dismiss(service: SyncService) -> None:
        await service.open_held(op)
        opened = service.act.value
        assert opened is not None
        assert opened.act is None, "the words of a calm call are not at the lead's"
        service.dismiss(op, "重复")

    lead.run(dismiss)
    lead.device.settle()
    mine.device.settle()
    (listed,) = mine.device.storage.refused()
    assert (listed.state, listed.reason, text_of(mine)) == ("dismissed", "重复", None)
    kept = mine.device.storage.held.text(op)
    assert kept is not None
    assert kept.body["values"]["complaint"] == LONG


def test_the_queue_behind_a_held_act_is_not_blocked(mine: Station) -> None:
    held(mine)
    mine.device.perform(mine.device.draft("n", "后面的话"), mine.device.note_opened("m"))
    mine.device.settle()
    assert [one.why for one in mine.device.storage.refused()] == ["too_large", "behind"]
    assert text_of(mine) == "后面的话"
    assert mine.device.storage.unsent().count == 0


def two_texts(mine: Station, tmp_path: Path) -> Station:
    """The same operator wrote at two workstations without seeing it."""
    other = Station(mine.device.hotline, tmp_path, "zhang")
    other.device.settle()
    for station, text in ((mine, "这里"), (other, "那里")):
        text_of(station)
        station.device.perform(station.device.draft("n", text))
    mine.device.settle()
    other.device.settle()
    mine.device.settle()
    return other


@pytest.mark.parametrize(
    ("choice", "text"), [(Choice.MINE, "这里"), (Choice.OTHER, "那里"), (Choice.BOTH, "这里\n那里")]
)
def test_one_act_decides_between_two_texts_and_drops_neither(
    mine: Station, tmp_path: Path, choice: Choice, text: str
) -> None:
    other = two_texts(mine, tmp_path)

    async def settle(service: SyncService) -> None:
        (note,) = service.conflicts.value
        assert "texts_to_settle" in mine.codes
        (version,) = note.unsettled
        await service.settle("n", version.op, choice, {"complaint": "\n"})
        assert service.conflicts.value == ()

    mine.run(settle)
    assert "texts_to_settle" not in mine.codes
    assert [note.body.values["complaint"] for note in mine.shown] == [text]
    mine.device.settle()
    other.device.settle()
    assert (text_of(mine), text_of(other)) == (text, text)
    found = other.device.storage.record("note", "n")
    assert found is not None
    kept = {found.entity.body.values["complaint"]}
    kept |= {one.body.values["complaint"] for one in found.entity.versions}
    assert kept >= {"这里", "那里"}
    assert found.entity.unsettled == ()
    other.device.storage.close()


def test_of_two_quick_choices_the_first_counts(mine: Station, tmp_path: Path) -> None:
    other = two_texts(mine, tmp_path)
    before = mine.device.storage.unsent().count

    async def settle(service: SyncService) -> None:
        (note,) = service.conflicts.value
        (version,) = note.unsettled
        presses = (Choice.OTHER, Choice.MINE, Choice.OTHER)
        await asyncio.gather(*(service.settle("n", version.op, one, {}) for one in presses))
        await service.settle("n", version.op, Choice.MINE, {})

    mine.run(settle)
    assert mine.device.storage.unsent().count == before + 1
    assert text_of(mine) == "那里"
    other.device.storage.close()


def test_of_two_quick_decisions_about_a_held_act_the_first_counts(mine: Station, lead: Station) -> None:
    op = held(mine)
    lead.device.settle()
    before = lead.device.storage.unsent().count

    async def decide(service: SyncService) -> None:
        service.release(op)
        service.release(op)
        service.dismiss(op, "重复")
        service.dismiss("of nobody", "重复")

    lead.run(decide)
    assert lead.device.storage.unsent().count == before + 1
    lead.device.settle()
    mine.device.settle()
    assert [one.state for one in mine.device.storage.refused()] == ["released"]


def test_what_waits_is_told_act_by_act(mine: Station) -> None:
    device = mine.device
    device.perform(device.answer("n", 1))
    assert device.storage.next_push(10) is not None
    device.perform(device.note_opened("m"))

    async def look(service: SyncService) -> None:
        told = service.outstanding.value
        assert [(one.type, one.tries, one.sent_at is None) for one in told.unsent] == [
            ("risk.answer", 1, False),
            ("note.open", 0, True),
        ]

    mine.run(look)


def stops(mine: Station) -> list[tuple[str, str]]:
    """The stops of the drafts that the server holds, with the words it still has of each."""
    rows = mine.device.hotline.stored("type", "body")
    drafts = [body for kind, body in rows if kind == "note.draft.put"]
    return [(body["stop"], body["values"]["complaint"]) if body else ("", "") for body in drafts]


def test_the_text_at_each_stop_is_kept_and_what_was_between_is_not(mine: Station) -> None:
    device = mine.device

    async def type_on(journal: Journal, notes: NotesService) -> None:
        note = device.storage.record("note", "n")
        assert note is not None
        notes.bring_back(note.entity)
        for text, stop in (
            ("一", None),
            ("一二", Stop.HANG_UP),
            ("一二三", None),
            ("四", None),
            ("五", Stop.LEVEL),
        ):
            notes.edit("complaint", text)
            if stop:
                notes.stop(stop)
            notes.leave()
            await journal.flush()
            device.settle()
        notes.finish()
        await journal.flush()

    async def whole() -> None:
        journal = Journal(mine._perform, mine.problems, lambda: None)
        writing = asyncio.create_task(journal.run())
        identity = Identity(device.ticket.operator, "3", "", b"", practice=False)
        later = asyncio.get_running_loop().call_later
        await type_on(journal, NotesService(journal, device.hotline.clock, later, identity, ("full", 1)))
        writing.cancel()

    asyncio.run(whole())
    device.settle()
    assert sorted(stops(mine)) == sorted([("", ""), ("hang_up", "一二"), ("", ""), ("", ""), ("level", "五")])
    assert text_of(mine) == "五"
