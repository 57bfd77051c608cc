"""Who may sign in, with the server and without, and what is said to those who may not."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from console.seat import Seat
from console.session.service import SignInRefused
from resources.texts import Texts
from server.central.signing_in import set_password
from tests.console.enrolment import database
from tests.console.stand import (
    NOWHERE,
    Place,
    all_sent,
    at_work,
    fixed_port,
    problem,
    seated,
    signed_in,
    until,
)
from tests.support.hotline import PASSWORD, Hotline, found_hotline

Hire = Callable[..., str]


def refused(seat: Seat, operator: str, password: str) -> "asyncio.Task[SignInRefused]":
    async def tried() -> SignInRefused:
        with pytest.raises(SignInRefused) as refusal:
            await signed_in(seat, operator, password)
        return refusal.value

    return asyncio.ensure_future(tried())


def test_the_first_sign_in_needs_the_server(tmp_path: Path) -> None:
    async def story() -> None:
        async with seated(Place(tmp_path / "workstation")) as seat:
            refusal = await refused(seat, "nobody", "whatever it is")
            assert refusal.code == "first_sign_in_needs_server"
            assert seat.workstation is None

    asyncio.run(story())


def test_a_wrong_password_is_refused_by_the_server_and_by_the_envelope(place: Place, hire: Hire) -> None:
    async def story() -> None:
        operator = hire()
        async with seated(place) as seat:
            assert (await refused(seat, operator, "not the password")).code == "sign_in_refused"
            assert (await signed_in(seat, operator)).identity.operator.id == operator
        away = replace(place, server=NOWHERE)
        async with seated(away) as seat:
            assert (await refused(seat, operator, "not the password")).code == "sign_in_refused"
            await signed_in(seat, operator)

    asyncio.run(story())


def test_an_unknown_operator_learns_no_more_than_one_with_a_wrong_password(place: Place) -> None:
    async def story() -> None:
        async with seated(place) as seat:
            assert (await refused(seat, "nobody", "whatever it is")).code == "sign_in_refused"

    asyncio.run(story())


def test_after_many_wrong_passwords_the_wait_is_told(place: Place, hire: Hire) -> None:
    async def story() -> None:
        operator = hire()
        async with seated(place) as seat:
            for _ in range(6):
                refusal = await refused(seat, operator, "not the password")
            assert refusal.code == "sign_in_wait"
            assert int(refusal.params["seconds"]) > 0

    asyncio.run(story())


@pytest.mark.parametrize(
    ("server", "gateway"),
    [("http://12356.example", ""), ("not an address", ""), ("", ""), ("", "ws://12356.example/line/v1")],
)
def test_an_address_that_cannot_be_used_is_named(tmp_path: Path, server: str, gateway: str) -> None:
    async def story() -> None:
        place = Place(tmp_path, server or NOWHERE, gateway) if gateway else Place(tmp_path, server)
        async with seated(place) as seat:
            refusal = await refused(seat, "zhang", "whatever it is")
            assert (refusal.code, refusal.params) == ("endpoint", {"value": gateway or server})

    asyncio.run(story())


def test_who_was_here_before_works_without_the_server_and_is_known_to_it_later(tmp_path: Path) -> None:
    hotline = found_hotline(tmp_path / "hotline")
    hotline.add_operator("zhang")
    with fixed_port(hotline) as url:
        asyncio.run(_away_and_back(hotline, Place(tmp_path / "workstation", url)))


async def _away_and_back(hotline: Hotline, place: Place) -> None:
    with hotline.running("server"):
        async with at_work(place, "zhang"):
            pass
    async with at_work(place, "zhang") as (seat, station):
        await problem(seat, "server_unreachable")
        assert seat.sync.value.up is False
        call = station.calls.open_by_hand()
        station.notes.edit("complaint", "")
        await station.journal.flush()
        with hotline.running("server"):
            await all_sent(seat)
            await problem(seat, "server_unreachable", there=False)
            await until(seat.offset, lambda offset: offset is not None)
            await until(station.notes.desk, lambda desk: desk.note)
            station.notes.edit("complaint", "练习用的话")
            station.finish_note("caller_gone")
            await station.journal.flush()
            await all_sent(seat)
    (note,) = hotline.records("note")
    assert (note["call"], note["body"]["values"]["complaint"]) == (call.id, "练习用的话")


def test_locking_asks_for_the_same_password(place: Place, hire: Hire) -> None:
    async def story() -> None:
        async with at_work(place, hire()) as (seat, _):
            assert not await seat.unlock("not the password")
            assert await seat.unlock("correct horse battery")

    asyncio.run(story())


def test_the_next_operator_finds_nothing_of_the_one_before(place: Place, hire: Hire) -> None:
    async def story() -> None:
        first, second = hire(), hire()
        async with seated(place) as seat:
            station = await signed_in(seat, first)
            station.calls.open_by_hand("13834400000")
            await until(station.notes.desk, lambda desk: desk.note)
            station.notes.edit("complaint", "练习用的话")
            await seat.sign_out()
            assert seat.workstation is None
            assert not await seat.unlock("correct horse battery")
            after = await signed_in(seat, second)
            await until(seat.sync, lambda reach: reach.up)
            await after.records.refresh()
            assert after.notes.desk.value.note is None
            assert after.records.records.value == ()
            await seat.sign_out()
            again = await signed_in(seat, first)
            desk = await until(again.notes.desk, lambda desk: desk.note)
            assert desk.note
            assert desk.note.body.values["complaint"] == "练习用的话"

    asyncio.run(story())


def test_wrong_passwords_elsewhere_do_not_end_the_asking_for_a_ticket(place: Place, hire: Hire) -> None:
    async def story() -> None:
        operator = hire()
        async with at_work(place, operator):
            pass
        async with seated(replace(place, folder=place.folder / "elsewhere")) as seat:
            for _ in range(6):
                await refused(seat, operator, "not the password")
        async with at_work(place, operator) as (seat, _):
            await until(seat.offset, lambda offset: offset is not None)
            assert "sign_in_again" not in {one.code for one in seat.problems.store.value}

    asyncio.run(story())


def test_a_password_set_at_the_server_is_asked_for_at_the_locked_screen(
    place: Place, hire: Hire, hotline: Hotline
) -> None:
    async def story() -> None:
        operator, new = hire(), "another horse battery"
        async with at_work(place, operator) as (seat, _):
            await all_sent(seat)
            with database(hotline) as engine:
                assert set_password(engine, operator, new)
            assert seat._renewal
            seat._renewal.hurry()
            await problem(seat, "sign_in_again")
            for password, former, code in (
                (PASSWORD, "", "sign_in_refused"),
                (new, "", "former_password_wanted"),
                (new, "no horse", "former_password_wrong"),
            ):
                with pytest.raises(SignInRefused) as refusal:
                    await seat.unlock(password, former=former)
                assert refusal.value.code == code
            assert await seat.unlock(new, former=PASSWORD)
            await problem(seat, "sign_in_again", there=False)
            assert await seat.unlock(new), "the envelope is sealed with the new one"
            assert not await seat.unlock(PASSWORD)
            await all_sent(seat)

    asyncio.run(story())


def test_a_machine_that_is_not_enrolled_is_told_so_and_not_that_its_password_is_wrong(tmp_path: Path) -> None:
    hotline = found_hotline(tmp_path / "hotline")
    hotline.add_operator("zhang")
    settings = hotline.folder / "server.toml"
    settings.write_text(settings.read_text().replace("enrolment = false", "enrolment = true"))

    async def story(place: Place) -> None:
        async with seated(place) as seat:
            assert (await refused(seat, "zhang", PASSWORD)).code == "enrolment"

    with hotline.running("server") as url:
        asyncio.run(story(Place(tmp_path / "workstation", url)))


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_every_refusal_has_its_sentences(language: str) -> None:
    texts = Texts(language)
    for code, params in {
        "first_sign_in_needs_server": {},
        "sign_in_refused": {},
        "sign_in_wait": {"seconds": "30"},
        "endpoint": {"value": "http://12356.example"},
        "practice_mismatch": {},
        "storage_unreadable": {"path": "a"},
        "storage_newer": {"path": "a"},
        "storage_other_purpose": {"path": "a"},
        "storage_damaged": {"path": "a"},
        "former_password_wanted": {},
        "former_password_wrong": {},
        "offline_days_over": {"days": "7"},
        "password_needs_server": {},
        "code_wanted": {},
        "drain": {},
        "workstation_revoked": {},
        "enrolment": {},
        "access_withdrawn": {},
    }.items():
        for part in ("what", "do"):
            assert texts.text(f"problems.{code}_{part}", **params)
