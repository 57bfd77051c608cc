"""Who may listen to a recording: every role, standing and age; each time with a reason that is logged."""

from dataclasses import replace
from datetime import timedelta
from itertools import product
from pathlib import Path

import pytest
from sqlalchemy import select

from models.access.matrix import Action, Entity, Part, Standing
from models.ids import new_id
from models.people.operator import Role
from models.recordings.playing import PIECE_BYTES, PlayReason
from models.wire.recordings import PlayAsked, Playing, Silent
from resources import access
from server.central.recordings.playing import NotPlayed
from server.central.recordings.store import Store
from server.central.storage.access import running_notes
from server.central.storage.engine import reading
from server.central.storage.tables import access_log
from server.central.storage.tables.trace import trace_entry
from tests.server.central.hotline import Case, Hotline, Workstation
from tests.server.central.recordings.stage import SOUND, case_of, hand_over, keeping, locked

MATRIX = access.load(access.SHIPPED)
TICK, MONTH = timedelta(seconds=1), timedelta(days=28)
AGES = (timedelta(0), MONTH - TICK, MONTH, timedelta(days=400))
PEOPLE = [role for role in Role if role is not Role.GATEWAY]
STANDINGS = ("own", "site", "grant", "elsewhere")


@pytest.fixture
def hotline(hotline: Hotline, tmp_path: Path) -> Hotline:
    return keeping(hotline, tmp_path / "recordings")


@pytest.fixture
def case(hotline: Hotline) -> Case:
    return case_of(hotline)


def recorded(case: Case) -> str:
    one = locked(case)
    hand_over(case.at.hotline, one)
    return one.label.id


def asks(seat: Workstation, name: str, call: str, reason: PlayReason = PlayReason.REVIEW) -> Playing:
    asked = PlayAsked(call=call, reason=reason, words="听一遍")
    return seat.hotline.desks.play.ask(seat.ticket.operator, name, asked)


def as_role(seat: Workstation, role: Role) -> Workstation:
    who = replace(seat.ticket.operator, roles=(role,))
    return Workstation(seat.hotline, replace(seat.ticket, operator=who))


def may(role: Role, action: Action, part: Part, standings: set[Standing], age: timedelta) -> bool:
    """By the cells alone, without the code under test."""
    return any(
        cell.role is role
        and (cell.of is Standing.ANY or cell.of in standings)
        and (cell.window is None or age < cell.window)
        for cell in MATRIX.cells
        if (cell.entity, cell.part, cell.action) == (Entity.RECORDING, part, action)
    )


def somebody(case: Case, role: Role, how: str) -> tuple[Workstation, set[Standing]]:
    hotline = case.at.hotline
    match how:
        case "own":
            return as_role(case.at, role), {Standing.OWN, Standing.SITE}
        case "elsewhere":
            return hotline.seat(role, site="elsewhere"), set()
        case "grant":
            lead = hotline.seat(Role.SUPERVISOR)
            lead.ask(case.note, hours=168)
            return as_role(lead, role), {Standing.SITE, Standing.GRANT}
    return hotline.seat(role), {Standing.SITE}


@pytest.mark.parametrize("alarming", [False, True])
@pytest.mark.parametrize("role", PEOPLE)
def test_every_role_standing_and_age(hotline: Hotline, role: Role, alarming: bool) -> None:
    seen = set()
    for age, how in product(AGES, STANDINGS):
        case = case_of(hotline, alarming)
        name = recorded(case)
        hotline.clock.forward(age.total_seconds())
        seat, standings = somebody(case, role, how)
        if alarming and how != "elsewhere":
            standings |= {Standing.ALERT}
        expected = how != "elsewhere" and may(role, Action.PLAY, Part.WORDS, standings, age)
        try:
            playing = asks(seat, name, case.call)
            assert seat.hotline.desks.play.sound(seat.ticket.operator, playing.id, 0, 10) == SOUND[:10]
            played = True
        except NotPlayed:
            played = False
        assert played is expected, (role, how, age, alarming)
        seen.add(expected)
        try:
            listed = bool(hotline.desks.play.of_call(seat.ticket.operator, case.call).recordings)
        except NotPlayed:
            listed = False
        known = how != "elsewhere" and may(role, Action.READ, Part.CODED, standings, age)
        assert listed is known, (role, how, age, alarming)
    assert seen == ({False} if role is Role.ADMINISTRATOR else {True, False})


def test_what_is_known_of_a_recording(hotline: Hotline, case: Case) -> None:
    name = recorded(case)
    (known,) = hotline.desks.play.of_call(case.at.ticket.operator, case.call).recordings
    assert (known.id, known.seconds, known.gone) == (name, len(SOUND) / 16_000, "")
    assert known.silent == (Silent(start=1.0, end=2.5),)


def test_any_part_of_the_sound(hotline: Hotline, case: Case) -> None:
    playing = asks(case.at, recorded(case), case.call)
    assert (playing.size, playing.rate, playing.width, playing.channels) == (len(SOUND), 8000, 2, 1)
    who, play = case.at.ticket.operator, hotline.desks.play
    for start, length in ((0, PIECE_BYTES), (65_530, 20), (len(SOUND) - 3, 100), (len(SOUND), 10), (5, 0)):
        assert play.sound(who, playing.id, start, length) == SOUND[start : start + length]


def test_a_leave_is_for_one_person_and_ends(hotline: Hotline, case: Case) -> None:
    playing = asks(case.at, recorded(case), case.call)
    play = hotline.desks.play
    with pytest.raises(NotPlayed, match="no_record"):
        play.sound(hotline.seat(Role.SUPERVISOR).ticket.operator, playing.id, 0, 10)
    with pytest.raises(NotPlayed, match="no_record"):
        play.sound(case.at.ticket.operator, new_id(), 0, 10)
    hotline.clock.forward(3600)
    with pytest.raises(NotPlayed, match="over"):
        play.sound(case.at.ticket.operator, playing.id, 0, 10)


def test_a_leave_ends_with_the_right(hotline: Hotline, case: Case) -> None:
    lead = hotline.seat(Role.LEAD)
    lead.ask(case.note, hours=1)
    hotline.clock.forward(1800)
    playing = asks(lead, recorded(case), case.call)
    who = lead.ticket.operator
    assert hotline.desks.play.sound(who, playing.id, 0, 1)
    hotline.clock.forward(1800)
    with reading(hotline.engine) as transaction:
        assert not running_notes(transaction, who.id, [case.call], hotline.clock.now().timestamp())
    with pytest.raises(NotPlayed, match="not_yours"):
        hotline.desks.play.sound(who, playing.id, 0, 1)


def test_each_time_is_logged_also_in_vain(hotline: Hotline, case: Case) -> None:
    name, stranger = recorded(case), hotline.seat()
    asks(case.at, name, case.call, PlayReason.COMPLAINT)
    with pytest.raises(NotPlayed):
        asks(stranger, name, case.call)
    here = access_log.c
    with hotline.engine.connect() as connection:
        query = select(here.actor, here.act, here.feed, here.reason).where(here.record == name)
        logged = [tuple(row) for row in connection.execute(query.order_by(here.n))]
        mine = select(trace_entry.c.actor, trace_entry.c.act, trace_entry.c.text)
        traced = connection.execute(mine.where(trace_entry.c.entity_id == name)).all()
    assert logged == [
        (case.at.who, "played", "complaint", "complaint: 听一遍"),
        (stranger.who, "refused_not_yours", "review", "review: 听一遍"),
    ]
    assert {(row.actor, row.act) for row in traced} == {(case.at.who, "read"), (stranger.who, "failed")}
    assert not any("听一遍" in row.text or "\\u542c" in row.text for row in traced)


def test_a_recording_of_another_call_is_not_reached_through_ones_own(hotline: Hotline, case: Case) -> None:
    foreign = recorded(case_of(hotline))
    with pytest.raises(NotPlayed, match="no_record"):
        asks(case.at, foreign, case.call)


def test_a_call_opened_by_hand_leads_to_the_line_s_own(hotline: Hotline) -> None:
    line = Case(hotline.seat())
    line.at.push(line.add())
    by_hand = Case(hotline.seat())
    by_hand.at.push(by_hand.add(same_as=line.call), by_hand.open(), by_hand.draft("手工", 1))
    name = recorded(line)
    (known,) = hotline.desks.play.of_call(by_hand.at.ticket.operator, by_hand.call).recordings
    assert known.id == name
    assert asks(by_hand.at, name, by_hand.call).recording == name


def test_a_file_that_is_gone_or_damaged_is_told_so(hotline: Hotline, case: Case, tmp_path: Path) -> None:
    name = recorded(case)
    playing = asks(case.at, name, case.call)
    (path,) = (tmp_path / "recordings").rglob("*.recording")
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.write_bytes(bytes(content))
    play, who = hotline.desks.play, case.at.ticket.operator
    assert play.sound(who, playing.id, 0, 10) == SOUND[:10]
    with pytest.raises(NotPlayed, match="missing"):
        play.sound(who, playing.id, len(SOUND) - 10, 10)
    Store(tmp_path / "recordings").remove(name)
    with pytest.raises(NotPlayed, match="missing"):
        asks(case.at, name, case.call)
    assert play.of_call(who, case.call).recordings[0].gone == "missing"
