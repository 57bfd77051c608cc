"""Every card that a server makes takes a version that says something of its content.

A server that is put back and told nothing of it counts the same again; the sum of a feed sees versions alone.
"""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from models.operation import Operation
from models.people.operator import Role
from models.people.staff import CARD as STAFF
from models.sync.feeds import held_feed, staff_feed
from models.sync.held import CARD as HELD
from server.central.people.staff import tell_staff
from server.central.storage.accounts import State, change_state
from server.central.sync.card_version import version_after
from tests.server.central.hotline import Case, Hotline, Workstation
from tests.server.central.test_held import LONG
from tests.server.central.test_staff import hired

CONTENTS = st.dictionaries(st.text(max_size=5), st.integers(0, 99) | st.text(max_size=5), max_size=4)


@given(CONTENTS, st.integers(0, 2**40))
def test_a_version_only_grows_and_is_the_same_for_the_same_content(
    content: dict[str, Any], before: int
) -> None:
    turned = dict(reversed(content.items()))
    assert before < version_after(before, content) == version_after(before, turned) <= before + 1024


def test_the_card_of_a_held_act_says_what_stands_in_it(hotline: Hotline) -> None:
    desk, lead = hotline.seat(), hotline.seat(Role.OPERATOR, Role.LEAD)
    case = Case(desk)
    act: Operation = case.draft(LONG, 1)
    desk.push(case.add(), case.open(), act)
    before, waits = _card(lead, held_feed(hotline.site), HELD, act.op)
    assert before == version_after(0, waits)
    lead.push(lead.act("held.dismiss", act.op, {"reason": "（练习）太长"}))
    after, dismissed = _card(lead, held_feed(hotline.site), HELD, act.op)
    assert dismissed["state"] != waits["state"]
    assert after == version_after(before, dismissed)


def test_the_card_of_a_colleague_says_what_stands_in_it(hotline: Hotline) -> None:
    li, seat = hired(hotline, "li"), hotline.seat()
    tell_staff(hotline.engine)
    before, there = _card(seat, staff_feed(hotline.site), STAFF, li)
    assert before == version_after(0, there)
    change_state(hotline.engine, li, State.DRAIN)
    tell_staff(hotline.engine)
    after, left = _card(seat, staff_feed(hotline.site), STAFF, li)
    assert left["left"] is True
    assert after == version_after(before, left)


def _card(seat: Workstation, feed: str, kind: str, entity: str) -> tuple[int, dict[str, Any]]:
    version, card = seat.pull_all().drawer[feed][kind, entity]
    return version, card
