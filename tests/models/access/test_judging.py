from datetime import timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.access.judging import Ask, judge, window_of
from models.access.matrix import CLINICAL, Action, Cell, Entity, Part, Standing
from models.people.operator import Role
from resources import access

MATRIX = access.load(access.SHIPPED)
TICK = timedelta(microseconds=1)
DAY = timedelta(hours=24)
MONTH = timedelta(days=28)
EVERY = list(product(Role, Entity, Part, Action, Standing))


def _ask(role: Role, ask: Ask) -> str:
    verdict = judge(MATRIX, (role,), ask)
    assert verdict.allowed is (verdict.why == "")
    return verdict.why


@pytest.mark.parametrize("cell", MATRIX.cells, ids=str)
def test_each_right_holds_and_ends_where_it_says(cell: Cell) -> None:
    def ask(age: timedelta, reason: str = "复核", *standings: Standing) -> str:
        return _ask(cell.role, Ask(cell.entity, cell.part, cell.action, frozenset(standings), age, reason))

    old = timedelta(days=36500) if cell.window is None else cell.window - TICK
    assert ask(timedelta(0), "复核", cell.of) == ask(old, "复核", cell.of) == ""
    if cell.of is not Standing.ANY:
        assert ask(timedelta(0)) == "not_yours"
    if cell.window is not None:
        assert ask(cell.window, "复核", cell.of) == "late"
    if cell.reason:
        assert ask(timedelta(0), " ", cell.of) == "reason_wanted"


def test_what_no_cell_gives_nobody_has() -> None:
    given_to = {(cell.role, cell.entity, cell.part, cell.action, cell.of) for cell in MATRIX.cells}
    refused = 0
    for role, entity, part, action, standing in EVERY:
        anybody = (role, entity, part, action, Standing.ANY) in given_to
        expected = anybody or (role, entity, part, action, standing) in given_to
        ask = Ask(entity, part, action, frozenset({standing}), reason="复核")
        assert judge(MATRIX, (role,), ask).allowed is expected, (role, entity, part, action, standing)
        refused += not expected
    assert refused > len(EVERY) // 2


@given(st.timedeltas(timedelta(0), timedelta(days=60)))
def test_an_author_edits_for_a_day_and_reads_for_four_weeks(age: timedelta) -> None:
    own = frozenset({Standing.OWN, Standing.SITE})
    write = _ask(Role.OPERATOR, Ask(Entity.NOTE, Part.WORDS, Action.WRITE, own, age))
    read = _ask(Role.OPERATOR, Ask(Entity.NOTE, Part.WORDS, Action.READ, own, age))
    assert write == ("" if age < DAY else "late")
    assert read == ("" if age < MONTH else "late")


def test_an_administrator_and_a_gateway_have_no_clinical_right_but_calls_and_recordings() -> None:
    clinical = [cell for cell in MATRIX.cells if cell.entity in CLINICAL]
    assert not [cell for cell in clinical if cell.role is Role.ADMINISTRATOR]
    assert {(cell.entity, cell.action) for cell in MATRIX.cells if cell.role is Role.GATEWAY} == {
        (Entity.CALL, Action.WRITE),
        (Entity.RECORDING, Action.WRITE),
    }


def test_several_roles_have_what_each_of_them_has_and_the_longest_time() -> None:
    ask = Ask(Entity.GRANT, Part.WORDS, Action.ASK, frozenset({Standing.SITE}), reason="复核")
    both = judge(MATRIX, (Role.LEAD, Role.SUPERVISOR), ask)
    assert both.cell is not None
    assert both.cell.longest == timedelta(hours=168)


def test_the_windows_of_an_author() -> None:
    assert window_of(MATRIX, Entity.NOTE, Part.WORDS, Action.WRITE) == DAY
    assert window_of(MATRIX, Entity.NOTE, Part.WORDS, Action.READ) == MONTH
    assert window_of(MATRIX, Entity.REFERRAL, Part.CODED, Action.ADVANCE) is None
    assert window_of(MATRIX, Entity.ERASURE, Part.CODED, Action.REQUEST) == timedelta(0)
