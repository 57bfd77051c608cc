"""Abandoned calls of one number are one line, and none of them is lost."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from models.followups.callback import Callback, Closing, Why
from models.followups.followup import Followup, Series
from models.followups.known import Owed
from models.followups.together import beside, rows_of

START = datetime(2026, 11, 1, 14, 0, tzinfo=UTC)


def owed(
    name: str, number: str = "13800000001", why: Why = Why.ABANDONED, site: str = "jinzhong"
) -> Callback:
    return Callback(name, f"call {name}", site, "", why, number, START, START)


SERIES = Followup(
    *("s", "c", "n", "jinzhong", "li", "李", "13800000001", START, START, (START + timedelta(days=1),)),
    Series("bj", 1, (1,)),
)


def ids(line: tuple[Owed, ...]) -> list[str]:
    return [one.id for one in line]


def test_calls_of_one_number_are_one_line_in_whatever_spelling_it_came() -> None:
    lines = rows_of((owed("a"), owed("b", "13900000002"), owed("c", "+8613800000001"), SERIES))
    assert list(map(ids, lines)) == [["a", "c"], ["b"], ["s"]]


def test_a_wish_a_promise_and_another_site_stand_alone() -> None:
    alone = (owed("w", why=Why.ASKED), owed("h", why=Why.AFTER_HOURS), owed("e", site="elsewhere"), SERIES)
    lines = rows_of((owed("a"), *alone))
    assert all(len(line) == 1 for line in lines)
    assert [ids(beside(one, (owed("a"), *alone))) for one in alone] == [[one.id] for one in alone]


def test_one_call_serves_what_is_open_of_its_number() -> None:
    closed = replace(owed("x"), closing=Closing.DONE)
    assert ids(beside(owed("b"), (owed("a"), owed("b"), closed, owed("o", "13900000002")))) == ["b", "a"]


@given(st.lists(st.tuples(st.sampled_from(["", "13800000001", "+8613800000001", "2"]), st.sampled_from(Why))))
def test_every_call_stands_in_one_line(given_ones: list[tuple[str, Why]]) -> None:
    known = [owed(str(place), number, why) for place, (number, why) in enumerate(given_ones)]
    listed = [one.id for line in rows_of(known) for one in line]
    assert sorted(listed) == sorted(one.id for one in known)
