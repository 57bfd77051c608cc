"""An enrolled workstation at a hotline that takes no other: every request and the line prove its key."""

import asyncio
from dataclasses import replace
from pathlib import Path

import jwt
import pytest

from console.session.station import read_enrolment
from tests.console.enrolment import enrolled
from tests.console.stand import Place, all_sent, at_work, problem, until
from tests.support.hotline import Hotline, found_hotline


@pytest.fixture
def hotline(tmp_path: Path) -> Hotline:
    made = found_hotline(tmp_path / "hotline")
    made.add_operator("zhang")
    settings = made.folder / "server.toml"
    settings.write_text(settings.read_text().replace("enrolment = false", "enrolment = true"))
    return made


def test_it_signs_in_syncs_and_takes_its_seat_with_a_ticket_that_is_worth_nothing_elsewhere(
    hotline: Hotline, tmp_path: Path
) -> None:
    async def story(place: Place) -> None:
        async with at_work(place, "zhang") as (seat, station):
            await all_sent(seat)
            await problem(seat, "not_enrolled", there=False)
            claims = jwt.decode(station.identity.ticket, options={"verify_signature": False})
            known = read_enrolment(place.folder)
            assert known
            assert (claims["ws"], claims["cnf"]) == (known.workstation, {"jkt": known.key})
            # The exchange is not configured: the gateway itself took the ticket and says so.
            await problem(seat, "line_config")
            assert seat._renewal
            seat._renewal.hurry()
            renewed = seat._renewal
            await until(seat.sync, lambda reach: reach.up)
            assert not renewed.ended
            station.calls.open_by_hand("13834400000")
            await until(station.notes.desk, lambda desk: desk.note)
            station.notes.edit("complaint", "练习用的话")
            station.notes.leave()
            await station.journal.flush()
            await all_sent(seat)

    with hotline.running("server") as url, hotline.running("gateway") as line:
        place = Place(tmp_path / "workstation", url, line)
        enrolled(hotline, url, place.folder, place.secrets)
        asyncio.run(story(replace(place)))
    assert [one["body"]["values"]["complaint"] for one in hotline.records("note")] == ["练习用的话"]
