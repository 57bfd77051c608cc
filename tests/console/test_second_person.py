"""The second word at the workstation of who wishes for it: server, database, disk and passwords are real."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from console import second_person
from console.runtime.journal import DiskTrouble
from console.seat import Seat
from console.session.service import SignInRefused
from console.storage.storage import Storage
from console.sync.accounts import Wish
from console.workstation import Workstation
from models.people.operator import Role
from models.risk.assessment import Assessment
from models.risk.level import Level
from models.risk.quick_screen import AskState, Item
from tests.console.stand import NOWHERE, SEAT, Place, all_sent, at_work, until
from tests.support.hotline import PASSWORD, Hotline

NEW_PASSWORD = "another password for practice"
REASON = "练习用的话：听错了"


@dataclass
class Shift:
    """An operator, a supervisor and a colleague whom no other test knows, and the workstation they share."""

    operator: str
    supervisor: str
    colleague: str
    place: Place
    hotline: Hotline

    def kept(self) -> dict[str, Any]:
        """The operator's assessment at the server."""
        (found,) = [one for one in self.hotline.records("risk") if one["author"] == self.operator]
        return found


@pytest.fixture
def shift(hotline: Hotline, server: str, hire: Callable[..., str], tmp_path: Path) -> Shift:
    return Shift(hire(Role.OPERATOR), hire(Role.SUPERVISOR), hire(), Place(tmp_path, server), hotline)


async def wished(station: Workstation) -> Assessment:
    """An R3 with a wish for R1, on disk."""
    station.calls.open_by_hand()
    await until(station.notes.desk, lambda desk: desk.note)
    station.risk.answer(Item.PLAN_WEEK, AskState.YES)
    station.risk.lower(Level.R1, REASON)
    await station.journal.flush()
    return standing(station)


def standing(station: Workstation) -> Assessment:
    assessment = station.risk.assessment.value
    assert assessment
    return assessment


async def say(
    seat: Seat, station: Workstation, who: str, *, password: str = PASSWORD, agrees: bool = True
) -> None:
    assessment = standing(station)
    waiting = assessment.standing.waiting
    wish = Wish(who, password, SEAT)
    word = await seat.second.say(wish, assessment, waiting.op if waiting else "none", agrees)
    station.risk.hear(word)


async def refused(seat: Seat, station: Workstation, who: str, password: str = PASSWORD) -> str:
    with pytest.raises(SignInRefused) as caught:
        await say(seat, station, who, password=password)
    return caught.value.code


def test_with_both_acts_there_the_lower_level_stands_here_and_at_the_server(shift: Shift) -> None:
    async def story() -> None:
        async with at_work(shift.place, shift.operator) as (seat, station):
            assert (await wished(station)).level is Level.R3, "nobody lowers alone"
            await say(seat, station, shift.supervisor)
            assert standing(station).level is Level.R1
            assert standing(station).peak is Level.R3
            await all_sent(seat)

    asyncio.run(story())
    kept = shift.kept()
    assert [(one["actor"], one["agrees"]) for one in kept["seconds"]] == [(shift.supervisor, True)]
    assert [(one["actor"], one["to"]) for one in kept["lowerings"]] == [(shift.operator, "R1")]


def test_who_says_no_leaves_the_level(shift: Shift) -> None:
    async def story() -> None:
        async with at_work(shift.place, shift.operator) as (seat, station):
            await wished(station)
            await say(seat, station, shift.supervisor, agrees=False)
            assert standing(station).level is Level.R3
            assert standing(station).standing.waiting is None
            assert await refused(seat, station, shift.supervisor) == "second_too_late"

    asyncio.run(story())


def test_neither_the_same_person_nor_who_may_not_nor_a_wrong_password(shift: Shift) -> None:
    async def story() -> None:
        async with at_work(shift.place, shift.operator) as (seat, station):
            await wished(station)
            assert await refused(seat, station, shift.operator) == "second_is_you"
            assert await refused(seat, station, shift.colleague) == "second_may_not"
            assert await refused(seat, station, shift.supervisor, "wrong password here") == "sign_in_refused"
            assert standing(station).level is Level.R3
            await all_sent(seat)

    asyncio.run(story())
    kept = shift.kept()
    assert not kept["seconds"]


def test_off_line_who_was_here_before_may_and_it_arrives_as_their_own_act(shift: Shift) -> None:
    async def story() -> None:
        async with at_work(shift.place, shift.supervisor):
            pass
        async with at_work(shift.place, shift.operator):
            pass
        server, shift.place.server = shift.place.server, NOWHERE
        async with at_work(shift.place, shift.operator) as (seat, station):
            await wished(station)
            await say(seat, station, shift.supervisor)
            assert standing(station).level is Level.R1
        shift.place.server = server
        async with at_work(shift.place, shift.operator) as (seat, _):
            await all_sent(seat)
        # A workstation without an identity has no courier: the word leaves when its author is here again.
        async with at_work(shift.place, shift.supervisor) as (seat, _):
            await all_sent(seat)

    asyncio.run(story())
    kept = shift.kept()
    assert [one["actor"] for one in kept["seconds"]] == [shift.supervisor]


def test_off_line_who_was_never_here_may_not(shift: Shift) -> None:
    async def story() -> None:
        async with at_work(shift.place, shift.operator):
            pass
        shift.place.server = NOWHERE
        async with at_work(shift.place, shift.operator) as (seat, station):
            await wished(station)
            assert await refused(seat, station, shift.supervisor) == "first_sign_in_needs_server"
            assert standing(station).level is Level.R3

    asyncio.run(story())


def test_a_server_that_never_answers_keeps_nobody_waiting_for_what_is_kept(
    shift: Shift, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(second_person, "PATIENCE_SECONDS", 0.05)

    async def silent(*_what: object) -> None:
        await asyncio.Event().wait()

    async def story() -> None:
        async with at_work(shift.place, shift.operator) as (seat, station):
            await wished(station)
            await all_sent(seat)
            with monkeypatch.context() as hung:
                hung.setattr(seat.second._api, "push", silent)
                await say(seat, station, shift.supervisor)
            assert standing(station).level is Level.R1
        async with at_work(shift.place, shift.supervisor) as (seat, _):
            await all_sent(seat)

    asyncio.run(story())
    assert [one["actor"] for one in shift.kept()["seconds"]] == [shift.supervisor]


def test_a_disk_that_refuses_the_word_leaves_the_level_and_it_can_be_said_again(
    shift: Shift, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_what: object) -> None:
        raise DiskTrouble("disk_full")

    async def story() -> None:
        async with at_work(shift.place, shift.operator) as (seat, station):
            await wished(station)
            with monkeypatch.context() as refusing:
                refusing.setattr(Storage, "perform", full)
                assert await refused(seat, station, shift.supervisor) == "second_not_kept"
            assert standing(station).level is Level.R3
            await say(seat, station, shift.supervisor)
            assert standing(station).level is Level.R1

    asyncio.run(story())


def test_a_disk_that_refuses_at_the_sign_in_is_told_as_that(
    shift: Shift, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_what: object) -> None:
        raise OSError(28, "no space")

    async def story() -> None:
        async with at_work(shift.place, shift.operator) as (seat, station):
            await wished(station)
            monkeypatch.setattr("console.session.profile.save", full)
            assert await refused(seat, station, shift.supervisor) == "second_not_kept"

    asyncio.run(story())


def test_trouble_after_the_word_is_on_the_disk_takes_nothing_back(
    shift: Shift, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_what: object) -> None:
        raise DiskTrouble("disk_full")

    async def story() -> None:
        async with at_work(shift.place, shift.operator) as (seat, station):
            await wished(station)
            await all_sent(seat)
            with monkeypatch.context() as refusing:
                refusing.setattr(Storage, "acknowledge", full)
                await say(seat, station, shift.supervisor)
            assert standing(station).level is Level.R1

    asyncio.run(story())


def test_whose_password_is_another_one_by_now_is_told_where_to_give_the_former(
    shift: Shift,
) -> None:
    async def story() -> None:
        async with at_work(shift.place, shift.supervisor):
            pass
        elsewhere = Place(shift.place.folder.with_name("elsewhere"), shift.place.server)
        async with at_work(elsewhere, shift.supervisor) as (seat, _):
            await seat.change_password(PASSWORD, NEW_PASSWORD)
        async with at_work(shift.place, shift.operator) as (seat, station):
            await wished(station)
            assert await refused(seat, station, shift.supervisor, NEW_PASSWORD) == "second_changed"

    asyncio.run(story())
