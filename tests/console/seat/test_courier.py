"""What somebody could not send reaches the server without them, once, and nobody on the way can read it."""

import asyncio
import base64
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from console.session import recovery
from console.session.keys import open_vault, recover
from console.session.secret_store import NoSecretStore
from console.session.service import SignInRefused
from console.session.station import read_enrolment
from console.session.vault_errors import AccessWithdrawn
from console.sync import courier
from console.workstation import Workstation
from server.central.storage.accounts import State, change_state
from server.central.storage.workstations import revoke_workstation
from tests.console.enrolment import database, enrolled, eventually
from tests.console.stand import Place, all_sent, at_work, fixed_port, problem, seated, signed_in, until
from tests.support.hotline import PASSWORD, Hotline, found_hotline

WORDS = "练习用的话"
STORE = NoSecretStore()


@pytest.fixture
def hotline(tmp_path: Path) -> Hotline:
    made = found_hotline(tmp_path / "hotline")
    for operator in ("zhang", "li"):
        made.add_operator(operator)
    return made


@pytest.fixture
def place(hotline: Hotline, tmp_path: Path) -> Iterator[Place]:
    """An enrolled workstation whose server is not running yet."""
    with fixed_port(hotline) as url:
        place = Place(tmp_path / "workstation", url)
        with hotline.running("server"):
            enrolled(hotline, url, place.folder, place.secrets)
        yield place


async def known_here(place: Place, *operators: str) -> None:
    """These have signed in here once."""
    for operator in operators:
        async with at_work(place, operator) as (seat, _):
            await all_sent(seat)


@asynccontextmanager
async def left_unsent(place: Place, operator: str) -> AsyncIterator[str]:
    """Somebody writes without the server and goes; gives the call that the note is about."""
    async with at_work(place, operator) as (seat, station):
        await problem(seat, "server_unreachable")
        call = await written(station, WORDS)
    yield call


async def written(station: Workstation, words: str) -> str:
    call = station.calls.open_by_hand("13834400000")
    await until(station.notes.desk, lambda desk: desk.note)
    station.notes.edit("complaint", words)
    await station.journal.flush()
    return call.id


async def delivered(place: Place) -> None:
    """Wait until no courier lies here any more."""
    await eventually(lambda: not courier.files(place.folder))


async def wiped(place: Place, operator: str) -> None:
    """Wait until nothing opens the database of an operator any more."""
    await eventually((place.folder / f"{operator}.withdrawn").exists)
    await eventually(lambda: not (place.folder / f"{operator}.key").exists())


def complaints(hotline: Hotline, call: str) -> list[str]:
    return [
        one["body"]["values"].get("complaint", "") for one in hotline.records("note") if one["call"] == call
    ]


def _device(place: Place) -> str:
    enrolment = read_enrolment(place.folder)
    assert enrolment
    return enrolment.workstation


def test_it_is_delivered_while_its_writer_is_away_and_applied_once(hotline: Hotline, place: Place) -> None:
    async def story() -> str:
        with hotline.running("server"):
            await known_here(place, "zhang")
        async with left_unsent(place, "zhang") as call:
            assert courier.files(place.folder, "zhang")
        with hotline.running("server"):
            async with seated(place) as seat:
                await seat.carry()
                await delivered(place)
            assert complaints(hotline, call) == [WORDS]
            async with at_work(place, "zhang") as (seat, _):
                await all_sent(seat)
                assert seat.sync.value.waiting == 0
        return call

    call = asyncio.run(story())
    assert complaints(hotline, call) == [WORDS]


def test_another_operator_at_work_lets_it_leave_too(hotline: Hotline, place: Place) -> None:
    async def story() -> None:
        with hotline.running("server"):
            await known_here(place, "zhang", "li")
        async with left_unsent(place, "zhang") as call:
            pass
        with hotline.running("server"):
            async with at_work(place, "li") as (seat, _):
                await delivered(place)
                await all_sent(seat)
        assert complaints(hotline, call) == [WORDS]

    asyncio.run(story())


def test_words_changed_after_the_courier_left_are_no_fork_and_none_is_lost(
    hotline: Hotline, place: Place
) -> None:
    async def story() -> None:
        with hotline.running("server"):
            await known_here(place, "zhang")
        async with left_unsent(place, "zhang") as call:
            pass
        with hotline.running("server"):
            async with seated(place) as seat:
                await seat.carry()
                await delivered(place)
        assert courier.left(place.folder, "zhang")
        async with at_work(place, "zhang") as (seat, station):
            epoch = (await seat._db.run(lambda storage: storage.couriers.waiting())).epoch
            await until(station.notes.desk, lambda desk: desk.note)
            station.notes.edit("complaint", WORDS + "，后来又添上的")
            await station.journal.flush()
            with hotline.running("server"):
                await all_sent(seat)
            after = await seat._db.run(lambda storage: storage.couriers.waiting())
            assert after.epoch == epoch, "the server saw no fork"
            assert courier.left(place.folder, "zhang") is None
        assert complaints(hotline, call) == [WORDS + "，后来又添上的"]

    asyncio.run(story())


def test_a_crash_leaves_a_courier_too(hotline: Hotline, place: Place) -> None:
    async def story() -> None:
        with hotline.running("server"):
            await known_here(place, "zhang")
        seat = place.seat()
        station = await signed_in(seat, "zhang")
        call = await written(station, WORDS)
        await seat.lock()
        # What a killed program leaves behind is what lies there now.
        lying = {path.name: path.read_bytes() for path in courier.files(place.folder)}
        await seat.stop()
        assert lying
        with hotline.running("server"):
            async with seated(place) as again:
                await again.carry()
                await delivered(place)
        assert complaints(hotline, call) == [WORDS]

    asyncio.run(story())


def test_nobody_on_the_way_can_read_it(hotline: Hotline, place: Place) -> None:
    async def story() -> None:
        with hotline.running("server"):
            await known_here(place, "zhang")
        async with left_unsent(place, "zhang"):
            pass

    asyncio.run(story())
    for path in place.folder.iterdir():
        assert WORDS.encode() not in path.read_bytes(), path.name


def test_without_an_enrolment_it_is_said_and_there_is_no_courier(hotline: Hotline, tmp_path: Path) -> None:
    async def story(place: Place) -> None:
        async with at_work(place, "zhang") as (seat, station):
            await written(station, WORDS)
            await seat.lock()
            await problem(seat, "not_enrolled")
        assert not courier.files(place.folder)

    with hotline.running("server") as url:
        asyncio.run(story(Place(tmp_path / "elsewhere", url)))


def test_who_may_come_no_more_hands_in_what_is_here_and_then_nobody_opens_it(
    hotline: Hotline, place: Place
) -> None:
    async def story() -> str:
        with hotline.running("server"):
            await known_here(place, "zhang")
        async with left_unsent(place, "zhang") as call:
            pass
        with database(hotline) as engine:
            assert change_state(engine, "zhang", State.DRAIN)
        with hotline.running("server"):
            async with seated(place) as seat:
                with pytest.raises(SignInRefused) as refusal:
                    await signed_in(seat, "zhang")
                assert refusal.value.code == "drain"
                await wiped(place, "zhang")
        return call

    asyncio.run(story())
    with pytest.raises(AccessWithdrawn):
        open_vault(place.folder, "zhang", PASSWORD, STORE)
    assert (place.folder / "zhang.db").exists()


def test_who_was_revoked_and_never_comes_back_leaves_no_key_behind(hotline: Hotline, place: Place) -> None:
    async def story() -> str:
        with hotline.running("server"):
            await known_here(place, "zhang", "li")
        async with left_unsent(place, "zhang") as call:
            pass
        with database(hotline) as engine:
            assert change_state(engine, "zhang", State.DRAIN)
        with hotline.running("server"):
            async with at_work(place, "li") as (seat, _):
                await wiped(place, "zhang")
                await all_sent(seat)
        return call

    call = asyncio.run(story())
    assert not courier.files(place.folder, "zhang")
    with database(hotline) as engine, engine.connect() as connection:
        held = connection.exec_driver_sql("SELECT count(*) FROM held WHERE actor = 'zhang'").scalar()
    assert held, "what zhang had not sent waits for a lead"
    assert call
    with pytest.raises(AccessWithdrawn):
        open_vault(place.folder, "zhang", PASSWORD, STORE)
    assert open_vault(place.folder, "li", PASSWORD, STORE)


def test_a_revoked_workstation_wipes_everybodys_envelopes_after_delivery(
    hotline: Hotline, place: Place
) -> None:
    async def story() -> str:
        with hotline.running("server"):
            await known_here(place, "zhang", "li")
        async with left_unsent(place, "li") as call:
            pass
        with database(hotline) as engine:
            assert revoke_workstation(engine, _device(place))
        with hotline.running("server"):
            async with seated(place) as seat:
                with pytest.raises(SignInRefused) as refusal:
                    await signed_in(seat, "zhang")
                assert refusal.value.code == "workstation_revoked"
                await wiped(place, "zhang")
                await wiped(place, "li")
        return call

    asyncio.run(story())


def test_whoever_is_revoked_at_work_sends_all_and_then_is_told(hotline: Hotline, place: Place) -> None:
    async def story() -> None:
        with hotline.running("server"):
            async with at_work(place, "zhang") as (seat, station):
                await all_sent(seat)
                with database(hotline) as engine:
                    assert change_state(engine, "zhang", State.DRAIN)
                await written(station, WORDS)
                await problem(seat, "access_withdrawn")
                assert seat.sync.value.waiting == 0
                assert not await seat.unlock(PASSWORD)
        assert not (place.folder / "zhang.key").exists()

    asyncio.run(story())


def test_a_lost_password_is_opened_by_the_recovery_key_that_the_server_told(
    hotline: Hotline, place: Place
) -> None:
    key = recovery.make()
    (hotline.folder / "recovery.pub").write_text(base64.b64encode(key.public).decode() + "\n")

    async def story() -> None:
        with hotline.running("server"):
            async with at_work(place, "zhang") as (seat, _):
                await all_sent(seat)
                assert "recovery_missing" not in {one.code for one in seat.problems.store.value}

    asyncio.run(story())
    known = open_vault(place.folder, "zhang", PASSWORD, STORE)
    assert recover(place.folder, "zhang", key.shares[:2]).key == known.key
