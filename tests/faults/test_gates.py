"""The gates of a site: whoever writes about its records waits for whoever does already."""

from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotYet
from dataclasses import replace

import pytest
from sqlalchemy import Engine

from models.people.operator import Role
from models.sync.feeds import held_feed, shift_feed
from server.central.storage.engine import writing
from server.central.storage.feeds import lock_heads
from tests.server.central.hotline import Case, Hotline

_BLOCKED_SECONDS = 0.5
_PATIENCE_SECONDS = 120.0


@pytest.mark.parametrize("database", [pytest.param("postgresql", marks=pytest.mark.postgres)], indirect=True)
def test_an_act_about_a_record_of_another_site_waits_for_that_site_too(
    hotline: Hotline, engine: Engine
) -> None:
    case, stranger = Case(hotline.seat()), hotline.seat(site="elsewhere")
    case.at.push(case.open())
    act = replace(case.draft("不是我的", 1), actor=stranger.who)
    with ThreadPoolExecutor(1) as threads:
        with writing(engine) as open_still:
            lock_heads(open_still, [shift_feed(hotline.site)])
            later = threads.submit(stranger.push, act)
            with pytest.raises(NotYet):
                later.result(_BLOCKED_SECONDS)
        results = later.result(_PATIENCE_SECONDS).results
    assert [(one.st, one.why) for one in results] == [("held", "not_yours")]
    assert hotline.seat(Role.LEAD).pull_all().has(held_feed(hotline.site), "held.card", act.op)
