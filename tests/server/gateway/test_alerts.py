"""Alerts through the gateway: at once to leads and supervisors, later to those who were away, and back."""

from datetime import timedelta
from typing import Any

import pytest

from models.alerts.alert import Alert, Cause
from models.alerts.known import KEPT
from models.ids import new_id
from models.people.operator import Role
from models.risk.level import Level
from models.wire.alerts import Alerted, AlertSeen, RaiseAlert, SeeAlert
from models.wire.commands import AskPicture
from tests.server.gateway.consoles import Console, Site, play

LEAD = (Role.LEAD,)
SUPERVISOR = (Role.SUPERVISOR,)


def raised(site: Site, **changes: Any) -> RaiseAlert:
    facts = {"alert": "alert-1", "call": "call-1", "note": "note-1", "cause": Cause.LEVEL, "level": Level.R4}
    return RaiseAlert(id=new_id(), at=site.clock.now(), **{**facts, **changes})


def seen(site: Site, alert: Alert) -> SeeAlert:
    return SeeAlert(
        id=new_id(), alert=alert.id, call=alert.call, note=alert.note, to=alert.author, at=site.clock.now()
    )


async def silent(console: Console) -> None:
    """Nothing of alerts was told to this console until now."""
    assert (await console.do(AskPicture(id=new_id()))).ok
    assert not [news for news in console.heard if isinstance(news, Alerted | AlertSeen)]


def test_leads_and_supervisors_hear_at_once_and_others_do_not() -> None:
    async def story(site: Site) -> None:
        async with (
            site.at_work("1001") as operator,
            site.console("1002") as colleague,
            site.console("1009", roles=LEAD) as lead,
            site.console("1010", roles=SUPERVISOR) as supervisor,
        ):
            assert (await operator.do(raised(site))).ok
            for console in (lead, supervisor):
                told = (await console.until(Alerted)).alert
                assert (told.id, told.call, told.note) == ("alert-1", "call-1", "note-1")
                assert (told.cause, told.level, told.at) == (Cause.LEVEL, Level.R4, site.clock.now())
                # Who says so is the gateway's own knowledge.
                assert (told.author, told.seat, told.site) == ("op-1001", "1001", "jinzhong")
                assert told.name == "练习员 1001"
            await silent(colleague)

    play(story)


def test_who_has_seen_it_comes_back_and_to_the_other_leads() -> None:
    async def story(site: Site) -> None:
        async with (
            site.at_work("1001") as operator,
            site.console("1009", roles=LEAD) as lead,
            site.console("1010", roles=SUPERVISOR) as supervisor,
        ):
            assert (await operator.do(raised(site))).ok
            told = (await lead.until(Alerted)).alert
            site.clock.forward(7)
            assert (await lead.do(seen(site, told))).ok
            for console in (operator, supervisor):
                sight = (await console.until(AlertSeen)).sight
                assert (sight.alert, sight.to, sight.author) == ("alert-1", "op-1001", "op-1009")
                assert (sight.name, sight.at) == ("练习员 1009", site.clock.now())

    play(story)


def test_told_twice_it_is_heard_once() -> None:
    async def story(site: Site) -> None:
        async with site.at_work("1001") as operator, site.console("1009", roles=LEAD) as lead:
            for _ in range(3):
                assert (await operator.do(raised(site))).ok
            told = (await lead.until(Alerted)).alert
            for _ in range(2):
                assert (await lead.do(seen(site, told))).ok
            await operator.until(AlertSeen)
            await operator.do(raised(site))
            assert [type(news) for news in lead.heard if isinstance(news, Alerted)] == [Alerted]
            assert len([news for news in operator.heard if isinstance(news, AlertSeen)]) == 1

    play(story)


def test_a_lead_who_comes_later_hears_it_and_an_operator_who_was_away_hears_who_saw_it() -> None:
    async def story(site: Site) -> None:
        async with site.at_work("1001") as operator:
            assert (await operator.do(raised(site))).ok
        async with site.console("1009", roles=LEAD) as lead:
            told = (await lead.until(Alerted)).alert
            assert (await lead.do(seen(site, told))).ok
        async with site.console("1001") as back, site.console("1011", roles=LEAD) as next_lead:
            assert (await back.until(AlertSeen)).sight.author == "op-1009"
            assert (await next_lead.until(AlertSeen)).sight.author == "op-1009"
        async with site.console("1002") as colleague:
            await silent(colleague)

    play(story)


def test_a_lead_acknowledges_what_only_the_server_told() -> None:
    async def story(site: Site) -> None:
        async with site.at_work("1001") as operator, site.console("1009", roles=LEAD) as lead:
            now = site.clock.now()
            sight = SeeAlert(id=new_id(), alert="by-server", call="c", note="n", to="op-1001", at=now)
            assert (await lead.do(sight)).ok
            assert (await operator.until(AlertSeen)).sight.alert == "by-server"
            # Only now the gateway hears of the alert itself.
            assert (await operator.do(raised(site, alert="by-server"))).ok
            assert (await lead.until(Alerted)).alert.author == "op-1001"

    play(story)


@pytest.mark.expects_log("may not acknowledge")
def test_who_leads_nobody_acknowledges_nothing_and_nobody_raises_the_alert_of_another() -> None:
    async def story(site: Site) -> None:
        async with (
            site.at_work("1001") as operator,
            site.console("1002") as other,
            site.console("1009", roles=LEAD) as lead,
        ):
            assert (await operator.do(raised(site))).ok
            told = (await lead.until(Alerted)).alert
            assert (await other.do(seen(site, told))).why == "not_yours"
            assert (await operator.do(seen(site, told))).why == "not_yours"
            assert (await other.do(raised(site))).why == "not_yours"
            assert not [news for news in operator.heard if isinstance(news, AlertSeen)]

    play(story)


@pytest.mark.expects_log("malformed frame")
@pytest.mark.parametrize("changes", [{"alert": ""}, {"call": ""}, {"alert": "x" * 65}, {"note": "x" * 65}])
def test_a_frame_that_is_no_alert_is_malformed(changes: dict[str, str]) -> None:
    async def story(site: Site) -> None:
        async with site.at_work("1001") as operator:
            whole = {"kind": "raise_alert", "cause": "help", "level": None, **raised(site).model_dump()}
            wrong = RaiseAlert.model_construct(**{**whole, **changes})
            assert (await operator.do(wrong)).why == "malformed"

    play(story)


def test_it_goes_through_while_there_is_no_exchange() -> None:
    async def story(site: Site) -> None:
        async with site.at_work("1001") as operator, site.console("1009", roles=LEAD) as lead:
            site.scene.line_breaks()
            assert (await operator.do(raised(site, cause=Cause.HELP, level=None))).ok
            assert (await lead.until(Alerted)).alert.cause is Cause.HELP

    play(story)


def test_after_a_day_it_is_told_to_nobody_who_comes() -> None:
    async def story(site: Site) -> None:
        async with site.at_work("1001") as operator:
            assert (await operator.do(raised(site))).ok
            site.clock.forward(KEPT / timedelta(seconds=1))
            assert (await operator.do(raised(site, alert="fresh"))).ok
        async with site.console("1009", roles=LEAD) as lead:
            assert (await lead.until(Alerted)).alert.id == "fresh"
            assert len([news for news in lead.heard if isinstance(news, Alerted)]) == 1

    play(story)
