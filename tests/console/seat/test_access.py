"""Rights at a real seat: a lead asks the server for one record, a number is shown; both leave a trace."""

import asyncio
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from console.access.service import Stage
from console.access.sharing import SharingService
from console.access.sharing import Stage as Taken
from console.storage.tables.trace import trace_entry
from console.workstation import Workstation
from models.access.grant import Grant
from models.access.reasons import UnmaskReason
from models.notes.note import Note
from models.people.operator import Role
from server.central.config import read_config
from server.central.storage.engine import open_engine
from server.central.storage.tables import access_log
from tests.console.stand import NOWHERE, Place, all_sent, at_work, until
from tests.support.hotline import Hotline

Hire = Callable[..., str]
WORDS = "练习用的话"
NUMBER = "13834400000"


async def _writes(place: Place, operator: str) -> Note:
    """A finished note of a call by hand, handed in."""
    async with at_work(place, operator) as (seat, station):
        station.calls.open_by_hand(NUMBER)
        desk = await until(station.notes.desk, lambda desk: desk.note is not None)
        station.notes.choose_category("C1")
        station.notes.edit("complaint", WORDS)
        station.finish_note("")
        await station.journal.flush()
        await all_sent(seat)
        assert desk.note
        return desk.note


async def _traced(station: Workstation, *acts: str) -> list[tuple[str, str, str]]:
    """What stands in the trace of this workstation of some acts: act, id, reason."""
    await station.seeing.flush()

    def read(storage: Any) -> list[str]:
        with storage._engine.begin() as connection:
            return list(connection.scalars(select(trace_entry.c.text).order_by(trace_entry.c.n)))

    entries = [json.loads(text) for text in await station.shelf._db.run(read)]
    # The assessment has the id of its note.
    return list(
        dict.fromkeys((one["act"], one["id"], one["reason"]) for one in entries if one["act"] in acts)
    )


def _logged(hotline: Hotline, note: str, actor: str) -> list[str]:
    engine = open_engine(read_config(hotline.folder).database, hotline.folder)
    query = select(access_log.c.act).where(access_log.c.record == note, access_log.c.actor == actor)
    with engine.connect() as connection:
        acts = list(connection.scalars(query.order_by(access_log.c.n)))
    engine.dispose()
    # A record may be delivered in two pages that overlap.
    return list(dict.fromkeys(acts))


def test_a_lead_opens_one_record_with_a_reason(
    hotline: Hotline, hire: Hire, place: Place, tmp_path: Path
) -> None:
    async def story() -> None:
        note = await _writes(place, hire())
        lead = hire(Role.LEAD)
        desk = replace(place, folder=tmp_path / "lead")
        async with at_work(desk, lead) as (_, station):
            await until(station.lead.cards, lambda cards: note.id in {card.id for card in cards})
            await station.lead.open(note.id)
            assert station.lead.record.value is None
            assert station.lead.wanted.value is not None
            await station.ask_for(note.id, " ", 1)
            assert station.access.asked.value.why == "reason_wanted"
            await station.ask_for(note.id, "复核", 25)
            assert station.access.asked.value.why == "too_long"
            await station.ask_for(note.id, "复核", 1)
            assert station.access.asked.value.stage is Stage.GRANTED
            record = await until(station.lead.record, lambda record: record is not None)
            assert record is not None
            assert record.note.body.values == {"complaint": WORDS}
            assert [one.reason for one in record.beside if isinstance(one, Grant)] == ["复核"]
            assert record.call is not None
            assert station.access.unmask(record.call, record.note, record.beside, UnmaskReason.REVIEW)
            traced = await _traced(station, "read", "glass", "unmasked")
            assert ("glass", note.id, "") in traced
            assert ("read", note.id, "") in traced
            assert ("unmasked", note.call, "review") in traced
        assert _logged(hotline, note.id, lead) == ["refused_too_long", "asked", "delivered"]

    asyncio.run(story())


def test_without_the_server_it_says_so(hire: Hire, place: Place, tmp_path: Path) -> None:
    async def story() -> None:
        lead = hire(Role.LEAD)
        async with at_work(place, lead):
            pass
        async with at_work(replace(place, server=NOWHERE), lead) as (_, station):
            await station.ask_for("n", "复核", 1)
            assert station.access.asked.value.why == "off_line"

    asyncio.run(story())


def test_a_number_is_shown_and_a_record_read_off_line_and_both_are_in_the_trace(
    hire: Hire, place: Place
) -> None:
    async def story() -> None:
        operator = hire()
        note = await _writes(place, operator)
        async with at_work(replace(place, server=NOWHERE), operator) as (_, station):
            await station.open_record(note.id)
            assert station.notes.desk.value.note
            station.calls.open_by_hand(NUMBER)
            (call,) = (await until(station.calls.view, lambda view: view.calls)).calls
            assert station.access.unmask(call, None, (), UnmaskReason.CALL_BACK)
            assert station.access.unmasked.value == {call.id}
            traced = await _traced(station, "read", "unmasked")
            assert traced == [("read", note.id, ""), ("unmasked", call.id, "call_back")]

    asyncio.run(story())


def test_a_record_that_comes_to_the_desk_again_is_written_on_as_it_stands_there(
    hire: Hire, place: Place
) -> None:
    async def story() -> None:
        operator = hire()
        note = await _writes(place, operator)
        async with at_work(replace(place, server=NOWHERE), operator) as (seat, station):
            await station.open_record(note.id)
            opened = station.notes.desk.value.note
            assert opened is not None
            for words in ("改过", "又改过"):
                station.notes.edit("complaint", words)
                station.notes.leave()
            # The call is looked at while it is written about: that is not the desk.
            assert await station.shelf.of_call(note.call)
            await station.journal.flush()
            found = await station.shelf.record("note", note.id)
            assert found is not None
            assert (found.entity.body.values["complaint"], found.entity.versions) == ("又改过", ())
            (waiting,) = await seat._db.run(lambda storage: storage.couriers.waiting().rows)
            assert (waiting[1].op, waiting[1].body["on"]) == (found.entity.written, opened.written)

    asyncio.run(story())


@pytest.mark.expects_log("seat_taken")
def test_an_operator_gives_a_record_to_a_lead_and_takes_it_back(
    hotline: Hotline, hire: Hire, place: Place, tmp_path: Path
) -> None:
    async def story() -> None:
        operator, lead = hire(), hire(Role.LEAD)
        note = await _writes(place, operator)
        desk = replace(place, folder=tmp_path / "lead")
        async with at_work(place, operator) as (seat, station), at_work(desk, lead) as (_, leading):
            service = SharingService(seat.grants, station.seeing.saw)
            await service.open(note.id)
            assert lead in {reader for reader, _ in service.shared.value.sharing.readers}
            await service.give(note.id, lead, " ", 4)
            assert service.shared.value.why == "reason_wanted"
            await service.give(note.id, lead, "请帮我看", 4)
            (given,) = service.shared.value.sharing.given
            assert (given.to, given.by, given.reason) == (lead, operator, "请帮我看")
            await until(leading.lead.cards, lambda cards: note.id in {card.id for card in cards})
            await leading.lead.open(note.id)
            await until(leading.lead.record, lambda record: record is not None)
            await service.take_back(note.id, given.id)
            assert service.shared.value.stage is Taken.TAKEN_BACK
            assert service.shared.value.sharing.given == ()
            await until(leading.lead.record, lambda record: record is None)
            traced = await _traced(station, "granted", "withdrawn")
            assert traced == [("granted", note.id, ""), ("withdrawn", note.id, "")]
        assert _logged(hotline, note.id, operator) == ["gave", "taken_back"]
        async with at_work(replace(place, server=NOWHERE), operator) as (seat, station):
            service = SharingService(seat.grants, station.seeing.saw)
            await service.open(note.id)
            assert (service.shared.value.stage, service.shared.value.why) == (Taken.REFUSED, "off_line")

    asyncio.run(story())
