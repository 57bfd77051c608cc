"""The same push comes twice, out of order and an hour late: the server ends as if it had come once."""

from itertools import permutations, product

import pytest
from sqlalchemy import Engine

from models.wire.sync import Push, Pushed, PushRefused
from tests.faults.sound import check_database
from tests.server.central.hotline import Case, Hotline, Workstation
from tests.support.soak import runs

_HOUR = 3600.0
_OPERATIONS = 3


def three_pushes(desk: Workstation) -> list[Push]:
    """A call from its beginning to the end of its note, in three requests."""
    case = Case(desk)
    first = desk.numbered(case.add(), case.open())
    second = desk.numbered(case.draft("一", 1), case.answer("acting"), case.refer())
    desk.hotline.clock.forward(60)
    return [first, second, desk.numbered(case.draft("一二", 2), case.finish())]


def deliver(desk: Workstation, pushes: list[Push]) -> None:
    """Whatever the order in which they come, the sender goes on until each was confirmed."""
    for push in pushes:
        desk.send(push)
    for push in sorted(pushes, key=lambda push: push.ops[0].seq):
        assert isinstance(desk.send(push), Pushed)


def told(desk: Workstation) -> object:
    """What a new workstation is given, without the ids and moments that differ from case to case.

    A card has them in its version too: of it the figures are told.
    """
    drawer = desk.pull_all().drawer
    return {
        feed.partition(":")[0]: sorted(
            (kind, (doc["calls"], doc["last_level"]) if kind == "line.caller" else ver)
            for (kind, _), (ver, doc) in held.items()
        )
        for feed, held in drawer.items()
    }


@pytest.fixture
def once(hotline: Hotline) -> object:
    desk = hotline.seat()
    for push in three_pushes(desk):
        assert isinstance(desk.send(push), Pushed)
    return told(desk)


def test_in_any_order_and_again_and_again(hotline: Hotline, engine: Engine, once: object) -> None:
    orders = list(product(range(_OPERATIONS), repeat=runs(2, 5)))
    for order in (*orders, *permutations(range(_OPERATIONS))):
        alone = Hotline(engine)
        desk = alone.seat()
        pushes = three_pushes(desk)
        deliver(desk, [*(pushes[place] for place in order), *pushes])
        assert told(desk) == once
    check_database(engine)


def test_what_comes_before_its_time_leaves_nothing(hotline: Hotline) -> None:
    desk = hotline.seat()
    first, second, third = three_pushes(desk)
    assert desk.send(third) == PushRefused(why="gap", expected=1, last=0)
    desk.send(first)
    assert desk.send(third) == PushRefused(why="gap", expected=3, last=2)
    assert len(hotline.stored("op_id")) == len(first.ops)
    assert isinstance(desk.send(second), Pushed)


def test_an_hour_late_nothing_changes_any_more(hotline: Hotline, engine: Engine) -> None:
    desk = hotline.seat()
    pushes = three_pushes(desk)
    answers = [desk.send(push) for push in pushes]
    before = desk.pull_all().cursor
    hotline.clock.forward(_HOUR)
    for push, first in zip(reversed(pushes), reversed(answers), strict=True):
        again = desk.send(push)
        assert isinstance(again, Pushed)
        assert isinstance(first, Pushed)
        assert again.results == tuple(one.model_copy(update={"dup": True}) for one in first.results)
    assert desk.pull_all().cursor == before
    check_database(engine)


def test_a_push_of_an_epoch_that_was_left_comes_late(hotline: Hotline, engine: Engine) -> None:
    # The device has numbered its acts anew; then the network delivers what was sent under the old numbers.
    desk = hotline.seat()
    first, second, third = three_pushes(desk)
    desk.send(first)
    anew = Workstation(hotline, desk.ticket)
    ops = [one.value() for one in (*second.ops, *third.ops)]
    anew.push(*ops)
    before = anew.pull_all().cursor
    hotline.clock.forward(_HOUR)
    for push in (third, second, third):
        desk.send(push)
    assert anew.pull_all().cursor == before
    assert len(hotline.stored("op_id")) == sum(len(push.ops) for push in (first, second, third))
    check_database(engine)
