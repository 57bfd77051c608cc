"""What is gone is said for as long as it is gone, and the work goes on; a file is never touched for it."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
import sqlcipher3

from console.session.keys import open_vault
from console.session.secret_store import NoSecretStore
from console.session.service import SignInRefused
from models.calls.call import CallState
from tests.console.stand import (
    NO_GATEWAY,
    NOWHERE,
    Place,
    all_sent,
    at_work,
    problem,
    seated,
    signed_in,
    until,
)
from tests.support.gateway import GatewayInThread
from tests.support.hotline import PASSWORD, Hotline

Hire = Callable[..., str]


def test_without_a_gateway_it_is_said_and_a_call_is_opened_by_hand(
    place: Place, hire: Hire, hotline: Hotline
) -> None:
    async def story() -> None:
        async with at_work(replace(place, gateway=NO_GATEWAY), hire()) as (seat, station):
            await problem(seat, "gateway_lost")
            assert station.reach.value.up is False
            assert station.reach.value.since
            call = station.calls.open_by_hand("13834400000")
            await until(station.notes.desk, lambda desk: desk.note)
            station.notes.edit("complaint", "练习用的话")
            station.calls.close_by_hand(call.id)
            station.finish_note("caller_gone")
            await station.journal.flush()
            await all_sent(seat)
        (note,) = [one for one in hotline.records("note") if one["call"] == call.id]
        assert note["body"]["values"]["complaint"] == "练习用的话"

    asyncio.run(story())


def test_a_gateway_that_goes_and_comes_back_is_said_and_unsaid(
    place: Place, hire: Hire, line: GatewayInThread
) -> None:
    async def story() -> None:
        async with at_work(place, hire()) as (seat, station):
            await until(station.reach, lambda reach: reach.up)
            await asyncio.to_thread(line.stop)
            await problem(seat, "gateway_lost")
            await until(station.reach, lambda reach: reach.up is False)
            await asyncio.to_thread(line.start)
            await until(station.reach, lambda reach: reach.up)
            await problem(seat, "gateway_lost", there=False)

    asyncio.run(story())


def test_an_exchange_that_goes_and_comes_back_is_said_and_unsaid(
    place: Place, hire: Hire, line: GatewayInThread
) -> None:
    async def story() -> None:
        async with at_work(place, hire()) as (seat, station):
            await until(station.reach, lambda reach: reach.up)
            line.scene(lambda scene: scene.line_breaks())
            await problem(seat, "line_lost")
            await until(station.reach, lambda reach: reach.up is False)
            call = station.calls.open_by_hand()
            assert call.state is CallState.TALKING
            line.scene(lambda scene: scene.line_returns())
            await until(station.reach, lambda reach: reach.up)
            await problem(seat, "line_lost", there=False)
            await all_sent(seat)

    asyncio.run(story())


def test_the_exchange_refusing_the_gateway_is_said(place: Place, hire: Hire, line: GatewayInThread) -> None:
    async def story() -> None:
        line.scene(lambda scene: scene.line_breaks("line_login_refused"))
        async with at_work(place, hire()) as (seat, station):
            await problem(seat, "line_login_refused")
            await until(station.reach, lambda reach: reach.up is False)

    asyncio.run(story())


@pytest.mark.expects_log("seat_taken")
def test_a_seat_that_is_taken_is_said(place: Place, hire: Hire, tmp_path: Path) -> None:
    async def story() -> None:
        async with at_work(place, hire()) as (_, first):
            await until(first.reach, lambda reach: reach.up)
            async with at_work(replace(place, folder=tmp_path / "other"), hire()) as (seat, station):
                await problem(seat, "seat_taken")
                assert station.reach.value.up is False

    asyncio.run(story())


def test_a_missing_secret_store_is_said_and_the_work_goes_on(place: Place, hire: Hire) -> None:
    async def story() -> None:
        async with at_work(place, hire()) as (seat, station):
            await problem(seat, "secret_store_missing")
            await until(station.reach, lambda reach: reach.up)

    asyncio.run(story())


async def _refusal(place: Place, operator: str) -> SignInRefused:
    async with seated(place) as seat:
        with pytest.raises(SignInRefused) as refusal:
            await signed_in(seat, operator)
        assert seat.workstation is None
        return refusal.value


def test_an_unreadable_database_is_named_and_left_alone(place: Place, hire: Hire) -> None:
    operator = hire()
    database = place.folder / f"{operator}.db"

    async def story() -> None:
        async with at_work(place, operator):
            pass
        database.write_bytes(b"not a database at all" * 500)
        before = database.read_bytes()
        refusal = await _refusal(place, operator)
        assert (refusal.code, refusal.params) == ("storage_unreadable", {"path": str(database)})
        assert database.read_bytes() == before

    asyncio.run(story())


def test_a_database_of_a_newer_program_is_named_and_left_alone(place: Place, hire: Hire) -> None:
    operator = hire()

    async def story() -> None:
        async with at_work(place, operator):
            pass
        database = _age(place, operator)
        before = database.read_bytes()
        assert (await _refusal(place, operator)).code == "storage_newer"
        assert database.read_bytes() == before

    asyncio.run(story())


def test_a_practice_program_leaves_a_real_database_alone(place: Place, hire: Hire) -> None:
    operator = hire()

    async def story() -> None:
        async with at_work(place, operator):
            pass
        before = (place.folder / f"{operator}.db").read_bytes()
        assert (await _refusal(replace(place, practice=True), operator)).code == "practice_mismatch"
        away = replace(place, practice=True, server=NOWHERE)
        assert (await _refusal(away, operator)).code == "storage_other_purpose"
        assert (place.folder / f"{operator}.db").read_bytes() == before

    asyncio.run(story())


def _age(place: Place, operator: str) -> Path:
    """Let the database look as if a later program had written it."""
    vault = open_vault(place.folder, operator, PASSWORD, NoSecretStore())
    connection = sqlcipher3.connect(str(vault.database))
    connection.execute(f"PRAGMA key = \"x'{vault.key.hex()}'\"")
    connection.execute("PRAGMA user_version = 999")
    connection.commit()
    connection.close()
    return vault.database
