"""What is wrong with the trace is told to those who lead until somebody says why it was so."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import update

from models.people.operator import Role
from models.trace.chain import Fault
from models.trace.entry import Act, Happening
from models.wire.trace import Alarms
from server.central.storage.engine import reading, writing
from server.central.storage.tables.trace import trace_entry
from server.central.storage.trace import alarms
from server.central.trace.alarms import LATE, NotSettled
from server.central.trace.hourly import verify_all
from server.central.trace.verifying import verify_trace
from tests.server.central.hotline import Hotline, Workstation
from tests.server.central.trace.sender import Sender, sender
from tests.server.central.web import client

BROKEN = pytest.mark.expects_log(r"is broken at entry")


def forked(hotline: Hotline) -> Sender:
    """A workstation whose disk was cloned: two continuations of one chain."""
    one = sender(hotline, "n1", "n2", "n3")
    one.held(one.stretch())
    other = Sender(one.seat, one.epoch)
    other.read("n1", "x2", "x3")
    other.held(other.stretch())
    return one


def told(hotline: Hotline, who: Workstation) -> Alarms | None:
    return hotline.desks.alarms.told(who.ticket.operator)


@BROKEN
@pytest.mark.parametrize("role", [Role.LEAD, Role.SUPERVISOR, Role.ADMINISTRATOR])
def test_a_cloned_workstation_is_told_to_those_who_lead(hotline: Hotline, role: Role) -> None:
    one = forked(hotline)
    found = told(hotline, hotline.seat(role))
    assert found is not None
    assert [(alarm.name, alarm.why) for alarm in found.alarms] == [(f"{one.epoch}:2", "forked")]
    assert (found.alarms[0].operator, found.alarms[0].workstation) == (one.seat.who, one.workstation)


@BROKEN
def test_nobody_else_is_told(hotline: Hotline) -> None:
    forked(hotline)

    async def asked(seat: Workstation) -> int:
        async with client(hotline, seat.token) as web:
            return (await web.get("/trace/v1/alarms")).status_code

    assert asyncio.run(asked(hotline.seat())) == 403
    assert asyncio.run(asked(hotline.seat(Role.LEAD))) == 200


@BROKEN
def test_an_alarm_is_told_until_somebody_says_why(hotline: Hotline) -> None:
    one, desk = forked(hotline), hotline.desks.alarms
    lead, supervisor = hotline.seat(Role.LEAD), hotline.seat(Role.SUPERVISOR)
    for who, name, reason, why in (
        (lead, one.epoch, "换过硬盘", "role"),
        (supervisor, one.epoch, " ", "reason_wanted"),
        (supervisor, "nothing", "换过硬盘", "no_alarm"),
    ):
        with pytest.raises(NotSettled, match=why):
            desk.settle(who.ticket.operator, name, reason)
    assert desk.settle(supervisor.ticket.operator, f"{one.epoch}:2", "换过硬盘") == 1
    found = told(hotline, lead)
    assert found is not None
    assert found.count == 0
    with reading(hotline.engine) as transaction:
        assert len(alarms(transaction)) == 1


@BROKEN
def test_what_a_workstation_says_of_itself_is_an_alarm(hotline: Hotline) -> None:
    one = sender(hotline, "n1")
    one.write(Happening(Act.UNLIKE, "feed", "op:zhang"))
    one.held(one.stretch())
    found = told(hotline, hotline.seat(Role.LEAD))
    assert found is not None
    assert [alarm.why for alarm in found.alarms] == [Fault.UNLIKE.value]


@BROKEN
def test_what_was_altered_in_the_database_is_an_alarm_after_the_nightly_check(hotline: Hotline) -> None:
    one = sender(hotline, "n1", "n2")
    one.held(one.stretch())
    with writing(hotline.engine) as transaction:
        altered = update(trace_entry).where(trace_entry.c.epoch == one.epoch, trace_entry.c.n == 2)
        transaction.execute(altered.values(text=one.links[1].text.replace("n2", "n9")))
    for _ in range(2):
        verify_all(hotline.desks.trace)
    found = told(hotline, hotline.seat(Role.ADMINISTRATOR))
    assert found is not None
    assert [(alarm.name, alarm.why) for alarm in found.alarms] == [(f"{one.epoch}:2", "altered")]
    assert not verify_trace(hotline.engine, hotline.desks.trace.key.public).is_whole


def test_a_checkpoint_that_does_not_come_is_told(hotline: Hotline) -> None:
    one = sender(hotline, "n1")
    one.held(one.stretch())
    assert hotline.desks.trace.close_hour() is not None
    lead = hotline.seat(Role.LEAD)
    for passed, late in ((LATE - timedelta(minutes=1), False), (timedelta(minutes=2), True)):
        hotline.clock.forward(passed.total_seconds())
        found = told(hotline, lead)
        assert found is not None
        assert found.checkpoint_late is late
