"""At a seat: coming and going stand in the trace; one that does not fit is said, and stops nothing."""

import asyncio
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import select, update

from console.session.keys import open_vault
from console.session.secret_store import NoSecretStore
from console.storage.connecting import connect_reading
from console.storage.storage import Storage
from console.storage.tables.trace import trace_entry
from console.storage.trace_checking import check_trace
from models.trace.entry import Act
from tests.console.stand import Place, all_sent, at_work, problem
from tests.support.hotline import PASSWORD, found_hotline

Hire = Callable[..., str]


def forge(storage: Storage) -> None:
    """Write an entry and make it say something else."""
    storage.trace.write(Act.READ, "note", "n1")
    with storage._engine.begin() as connection:
        read = trace_entry.c.text.contains('"act":"read"')
        kept = str(connection.scalar(select(trace_entry.c.text).where(read)))
        altered = kept.replace('"id":"n1"', '"id":"n2"')
        connection.execute(update(trace_entry).where(read).values(text=altered))


def test_who_came_and_went_is_in_the_trace(place: Place, hire: Hire) -> None:
    async def story() -> str:
        who = hire()
        async with at_work(place, who):
            pass
        return who

    who = asyncio.run(story())
    vault = open_vault(place.folder, who, PASSWORD, NoSecretStore())
    (chain,) = check_trace(vault.database, vault.key)
    assert chain.broken is None
    assert acts(vault.database, vault.key) == ["signed_in", "signed_out"]


def acts(path: Path, key: bytes) -> list[str]:
    connection = connect_reading(path, key)
    try:
        rows = connection.execute("SELECT text FROM trace_entry ORDER BY n").fetchall()
        return [json.loads(text)["act"] for (text,) in rows]
    finally:
        connection.close()


@pytest.mark.expects_log("is broken at entry")
def test_a_trace_that_was_altered_is_said_and_the_work_goes_on(tmp_path: Path) -> None:
    # A server of its own: what it says of the break is said while this test runs.
    hotline = found_hotline(tmp_path / "hotline")
    hotline.add_operator("zhang")

    async def story(url: str) -> None:
        async with at_work(Place(tmp_path / "workstation", url), "zhang") as (seat, station):
            await all_sent(seat)
            await seat._db.run(forge)
            call = station.calls.open_by_hand("13834400000")
            await station.journal.flush()
            await problem(seat, "trace_broken")
            await all_sent(seat)
        assert [one["id"] for one in hotline.records("call")].count(call.id) == 1

    with hotline.running("server") as url:
        asyncio.run(story(url))
