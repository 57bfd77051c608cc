"""Rights that end: the day of editing, the four weeks of reading."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

from sqlalchemy import Engine

from models.operation import Outcome
from models.people.operator import Role
from server.central.access.expiry import Expiry
from tests.server.central.hotline import Case, Hotline, Workstation
from tests.support.sealed import open_sealed

TICK = timedelta(seconds=1)
DAY, MONTH = timedelta(hours=24), timedelta(days=28)


def _noted(desk: Workstation, item: str = "ideation_2w") -> Case:
    case = Case(desk)
    desk.push(case.add(), case.open(), case.draft("在桥上", 1), case.answer(item), case.refer())
    return case


def _later(hotline: Hotline, span: timedelta) -> None:
    hotline.clock.forward(span.total_seconds())
    hotline.desks.expiry.step(hotline.clock.now())


def _own(case: Case) -> set[str]:
    drawer = case.at.pull_all().drawer.get(f"op:{case.at.who}", {})
    ids = {case.call, case.note, case.risk, case.referral}
    return {kind for kind, entity in drawer if entity in ids}


def test_words_of_the_next_day_are_held_and_nothing_is_refused(hotline: Hotline) -> None:
    case = _noted(hotline.seat())
    _later(hotline, DAY - TICK)
    assert case.at.push(case.draft("已下桥", 2)).results[0].st is Outcome.APPLIED
    _later(hotline, TICK)
    result = case.at.push(case.draft("补记", 3)).results[0]
    assert (result.st, result.why) == (Outcome.HELD, "late")
    case.at.pull_all()
    assert case.at.has(f"op:{case.at.who}", "note", case.note)["body"]["values"] == {"complaint": "已下桥"}


def test_a_workstation_s_clock_gives_nobody_more_time(hotline: Hotline) -> None:
    case = _noted(hotline.seat())
    _later(hotline, DAY)
    early = case.draft("补记", 2)
    back_dated = replace(early, at=early.at - DAY)
    assert case.at.push(back_dated).results[0].st is Outcome.HELD


def test_an_own_record_leaves_after_four_weeks_and_not_a_second_before(hotline: Hotline) -> None:
    case = _noted(hotline.seat())
    _later(hotline, MONTH - TICK)
    assert _own(case) == {"call", "note", "risk", "referral"}
    _later(hotline, TICK)
    assert _own(case) == set()
    assert hotline.seat(Role.LEAD).pull_all().has(f"shift:{hotline.site}", "note.card", case.note)


def test_what_left_does_not_come_back_by_a_change_of_somebody_else(hotline: Hotline) -> None:
    case, lead = _noted(hotline.seat(), "acting"), hotline.seat(Role.LEAD)
    _later(hotline, MONTH)
    assert (
        lead.push(lead.act("referral.advance", case.referral, {"step": "safe"})).results[0].st
        is Outcome.APPLIED
    )
    assert _own(case) == set()
    steps = lead.pull_all().has(f"alert:{hotline.site}", "referral", case.referral)["timeline"]
    assert [one["step"] for one in steps] == ["proposed", "safe"]


def test_a_record_that_is_opened_after_four_weeks_of_an_old_call_is_new(hotline: Hotline) -> None:
    first = _noted(hotline.seat())
    _later(hotline, MONTH)
    second = Case(hotline.seat(), call=first.call)
    second.at.push(second.open())
    assert _own(second) == {"note"}


def test_many_records_age_in_steps_by_several_processes_at_once(hotline: Hotline, database: str) -> None:
    desk = hotline.seat()
    cases = [Case(desk) for _ in range(230)]
    for start in range(0, len(cases), 100):
        desk.push(*(case.open() for case in cases[start : start + 100]))
    young = Case(desk)
    hotline.clock.forward(MONTH.total_seconds())
    desk.push(young.open())
    engines = [open_sealed(database) for _ in range(3)]
    now = hotline.clock.now()
    with ThreadPoolExecutor(len(engines)) as threads:
        done = list(threads.map(lambda engine: _step(engine, hotline), engines))
    for engine in engines:
        engine.dispose()
    assert sum(done) >= len(cases)
    drawer = desk.pull_all().drawer[f"op:{desk.who}"]
    assert set(drawer) == {("note", young.note)}
    assert hotline.desks.expiry.step(now) == 0


def _step(engine: Engine, hotline: Hotline) -> int:
    return Expiry(engine, hotline.settings.rights).step(hotline.clock.now())


def test_ageing_and_pushing_at_once_leave_every_feed_in_order(hotline: Hotline) -> None:
    pushes = 4
    desks = [hotline.seat() for _ in range(pushes)]
    cases = [_noted(desk) for desk in desks]
    hotline.clock.forward(MONTH.total_seconds())

    def advance(case: Case) -> None:
        for step in ("called", "joined", "accepted"):
            case.at.push(case.at.act("referral.advance", case.referral, {"step": step}))

    with ThreadPoolExecutor(pushes + 1) as threads:
        work = [threads.submit(advance, case) for case in cases]
        threads.submit(hotline.desks.expiry.step, hotline.clock.now()).result()
        for one in work:
            one.result()
    # pull_all adds up what is here and compares it with the server's sums.
    assert [_own(case) for case in cases] == [set()] * pushes
