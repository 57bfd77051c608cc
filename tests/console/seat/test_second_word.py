"""The second word said without a server leaves by its author's courier, before or after all else."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from console.seat import Seat
from console.sync import courier
from console.workstation import Workstation
from models.codec import from_document
from models.people.operator import Role
from models.risk.assessment import Assessment
from models.risk.level import Level
from tests.console.enrolment import enrolled
from tests.console.seat.test_courier import delivered, known_here
from tests.console.stand import Place, all_sent, at_work, fixed_port, problem, seated
from tests.console.test_second_person import REASON, say, standing, wished
from tests.support.hotline import Hotline, found_hotline

SUPERVISOR, OPERATOR = "an", "zhang"
"""By name the supervisor's courier leaves first: the word arrives before what it is about."""


@pytest.fixture
def hotline(tmp_path: Path) -> Hotline:
    made = found_hotline(tmp_path / "hotline")
    made.add_operator(OPERATOR)
    made.add_operator(SUPERVISOR, Role.SUPERVISOR)
    return made


@pytest.fixture
def place(hotline: Hotline, tmp_path: Path) -> Iterator[Place]:
    """An enrolled workstation whose server is not running yet."""
    with fixed_port(hotline) as url:
        place = Place(tmp_path / "workstation", url)
        with hotline.running("server"):
            enrolled(hotline, url, place.folder, place.secrets)
            asyncio.run(known_here(place, OPERATOR, SUPERVISOR))
        yield place


async def lowered_off_line(seat: Seat, station: Workstation) -> None:
    """An R3, a wish for R1 and the supervisor's word, all of it without a server."""
    await problem(seat, "server_unreachable")
    await wished(station)
    await say(seat, station, SUPERVISOR)
    assert standing(station).level is Level.R1


def assert_lowered(hotline: Hotline) -> None:
    """The server has the word once, as the supervisor's own act, and the lower level stands."""
    (kept,) = hotline.records("risk")
    known = from_document(Assessment, kept)
    assert (known.level, known.peak) == (Level.R1, Level.R3)
    assert [(one.actor, one.agrees) for one in known.seconds] == [(SUPERVISOR, True)]
    assert [one.actor for one in known.lowerings] == [OPERATOR]


def test_the_word_leaves_with_the_operators_courier_while_both_are_away(
    hotline: Hotline, place: Place
) -> None:
    async def story() -> None:
        async with at_work(place, OPERATOR) as (seat, station):
            await lowered_off_line(seat, station)
            (path,) = courier.files(place.folder, SUPERVISOR)
            assert len(courier.read(path).ops) == 1
        files = courier.files(place.folder)
        assert [courier.operator_of(one) for one in files] == [SUPERVISOR, OPERATOR]
        assert all(REASON.encode() not in one.read_bytes() for one in files)
        with hotline.running("server"):
            async with seated(place) as seat:
                await seat.carry()
                await delivered(place)
        assert_lowered(hotline)

    asyncio.run(story())


def test_the_word_leaves_while_the_operator_works_on_and_its_author_comes_back_to_nothing_unsent(
    hotline: Hotline, place: Place
) -> None:
    async def story() -> None:
        async with at_work(place, OPERATOR) as (seat, station):
            await lowered_off_line(seat, station)
            with hotline.running("server"):
                await all_sent(seat)
                await delivered(place)
        assert_lowered(hotline)
        with hotline.running("server"):
            async with at_work(place, SUPERVISOR) as (seat, _):
                await all_sent(seat)
                assert seat.sync.value.waiting == 0
        assert_lowered(hotline)

    asyncio.run(story())


def test_two_words_off_line_one_after_another_both_arrive(hotline: Hotline, place: Place) -> None:
    async def story() -> None:
        async with at_work(place, OPERATOR) as (seat, station):
            await problem(seat, "server_unreachable")
            await wished(station)
            await say(seat, station, SUPERVISOR, agrees=False)
            assert standing(station).level is Level.R3
            station.risk.lower(Level.R1, REASON)
            await station.journal.flush()
            await say(seat, station, SUPERVISOR)
            assert standing(station).level is Level.R1
        with hotline.running("server"):
            async with seated(place) as seat:
                await seat.carry()
                await delivered(place)
        (kept,) = hotline.records("risk")
        known = from_document(Assessment, kept)
        assert [one.agrees for one in known.seconds] == [False, True]
        assert (known.level, known.peak) == (Level.R1, Level.R3)

    asyncio.run(story())
