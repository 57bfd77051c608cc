"""A recording lives as long as its call: kept for the site's years, held, erased for ever by two people."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from models.people.operator import Operator, Role
from models.recordings.playing import PlayReason
from models.wire.recordings import PlayAsked
from server.central.access.erasing import EraseDesk
from server.central.access.holding import HoldDesk, NotDone
from server.central.recordings.keeping import sealed_name
from server.central.recordings.playing import NotPlayed
from server.central.recordings.store import Store
from server.central.sealing.pages import Destroyed
from server.central.storage.engine import sealing_of
from server.central.storage.tables import access_log, recording
from tests.server.central.hotline import Case, Hotline
from tests.server.central.recordings.stage import case_of, hand_over, keeping, locked

YEARS = timedelta(days=3 * 366)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "recordings"


@pytest.fixture
def hotline(hotline: Hotline, folder: Path) -> Hotline:
    return keeping(hotline, folder)


@pytest.fixture
def case(hotline: Hotline) -> Case:
    case = case_of(hotline)
    case.at.push(case.finish())
    return case


def supervisor(hotline: Hotline) -> Operator:
    return hotline.ticket(Role.SUPERVISOR).operator


def recorded(case: Case) -> str:
    one = locked(case)
    hand_over(case.at.hotline, one)
    return one.label.id


def erase(hotline: Hotline, case: Case) -> None:
    desk = EraseDesk(hotline.engine, hotline.clock, hotline.settings.rights)
    wish = desk.request(supervisor(hotline), case.note, "到期")
    desk.confirm(supervisor(hotline), wish.id, "到期")


def test_with_its_call_it_is_erased_for_ever(hotline: Hotline, case: Case, folder: Path) -> None:
    name = recorded(case)
    playing = hotline.desks.play.ask(
        case.at.ticket.operator, name, PlayAsked(call=case.call, reason=PlayReason.NOTE, words="话")
    )
    file = Store(folder).find(name)
    assert file
    copied = file.path.read_bytes()
    hotline.clock.forward(YEARS.total_seconds())
    erase(hotline, case)
    # Whoever kept a copy of the file has nothing that opens it any more.
    file.path.write_bytes(copied)
    with pytest.raises(Destroyed):
        sealing_of(hotline.engine).unseal(file.sealed.seal, sealed_name(name), file.sealed.key)
    who, play = case.at.ticket.operator, hotline.desks.play
    for act in (
        lambda: play.sound(who, playing.id, 0, 10),
        lambda: play.ask(who, name, PlayAsked(call=case.call, reason=PlayReason.NOTE)),
    ):
        with pytest.raises(NotPlayed):
            act()
    with hotline.engine.connect() as connection:
        row = connection.execute(select(recording).where(recording.c.id == name)).one()
        words = connection.scalars(select(access_log.c.reason).where(access_log.c.act == "played")).all()
    assert row.erased > 0
    assert row.label["silent"] == []
    assert set(words) == {""}


def test_a_recording_that_came_late_keeps_its_call(hotline: Hotline, case: Case) -> None:
    hotline.clock.forward((YEARS - timedelta(days=2)).total_seconds())
    recorded(case)
    hotline.clock.forward(timedelta(days=3).total_seconds())
    with pytest.raises(NotDone, match="too_young"):
        erase(hotline, case)


def test_a_legal_hold_keeps_it(hotline: Hotline, case: Case) -> None:
    name = recorded(case)
    hotline.clock.forward(YEARS.total_seconds())
    HoldDesk(hotline.engine, hotline.clock, hotline.settings.rights).set(
        supervisor(hotline), case.call, "调查"
    )
    with pytest.raises(NotDone, match="legal_hold"):
        erase(hotline, case)
    with hotline.engine.connect() as connection:
        assert connection.scalar(select(recording.c.erased).where(recording.c.id == name)) == 0


def test_the_years_are_the_site_s_own(hotline: Hotline, case: Case) -> None:
    recorded(case)
    hotline.settings = replace(hotline.settings, rights=replace(hotline.settings.rights, retention_years=15))
    hotline.clock.forward(YEARS.total_seconds())
    with pytest.raises(NotDone, match="too_young"):
        erase(hotline, case)


def test_the_call_of_another_site_keeps_its_own(hotline: Hotline, case: Case) -> None:
    one = locked(case, site="elsewhere")
    hand_over(hotline, one)
    hotline.clock.forward(YEARS.total_seconds())
    erase(hotline, case)
    with hotline.engine.connect() as connection:
        assert connection.scalar(select(recording.c.erased).where(recording.c.id == one.label.id)) == 0
