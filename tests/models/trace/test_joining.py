"""A stretch joins the chain that the server holds where it is the same chain, and says why where not."""

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.trace.chain import Broken, Fault, Link, Place, canonical
from models.trace.entry import Act, Happening
from models.trace.joining import Joined, Stretch, join
from tests.models.trace.chains import START, chained, happenings

CHAIN = chained([Happening(Act.READ, "note", f"n{n}") for n in range(10)])


def heads(links: list[Link]) -> dict[int, str]:
    return {0: START.head} | {link.n: link.hash for link in links}


def place(n: int, links: list[Link] = CHAIN) -> Place:
    return Place(n, heads(links)[n])


def stretch(after: int, until: int, links: list[Link] = CHAIN, kept: int = 0) -> Stretch:
    entries = tuple(json.loads(one.text) for one in links[after:until])
    return Stretch(
        "epoch-1", "desk-7", place(kept, links), place(after, links), entries, place(until, links).head
    )


def joined(held: int, given: Stretch, links: list[Link] = CHAIN) -> Joined:
    return join(place(held, links), heads(links[:held]), given)


@given(st.lists(happenings, max_size=10), st.data())
def test_any_stretch_of_the_chain_that_leaves_no_gap_brings_it_to_its_end(
    what: list[Happening], data: st.DataObject
) -> None:
    links = chained(what)
    held = data.draw(st.integers(0, len(links)))
    after = data.draw(st.integers(0, held))
    until = data.draw(st.integers(after, len(links)))
    result = joined(held, stretch(after, until, links), links)
    assert result.fault is None
    assert list(result.links) == links[held:until]
    assert result.place == place(max(held, until), links)


def test_a_stretch_with_a_gap_is_left_aside_while_its_owner_has_the_rest() -> None:
    assert joined(3, stretch(5, 10)) == Joined((), place(3))


def test_a_gap_that_nobody_can_fill_is_joined_and_told() -> None:
    result = joined(3, stretch(5, 10, kept=5))
    assert result.fault == Broken(4, Fault.MISSING)
    assert [one.n for one in result.links] == [6, 7, 8, 9, 10]
    assert result.place == place(10)


def test_another_past_is_told_and_kept_apart() -> None:
    other = chained([Happening(Act.READ, "note", f"n{n}" if n < 4 else f"x{n}") for n in range(10)])
    result = joined(6, stretch(3, 8, other))
    assert result.fault == Broken(5, Fault.FORKED)
    assert result.place == place(6)
    assert [one.n for one in result.unfit] == [5, 6, 7, 8]


def test_a_stretch_that_stands_on_another_past_is_told() -> None:
    other = chained([Happening(Act.READ, "note", f"x{n}") for n in range(10)])
    result = joined(6, stretch(6, 8, other))
    assert result.fault == Broken(6, Fault.FORKED)
    assert [one.n for one in result.unfit] == [7, 8]


def test_entries_that_do_not_lead_to_their_head_are_told_and_kept_apart() -> None:
    given = stretch(6, 9)
    altered = replace(given, entries=(given.entries[0], {**given.entries[1], "id": "n99"}, given.entries[2]))
    result = joined(6, altered)
    assert result.fault == Broken(7, Fault.ALTERED)
    assert result.place == place(6)
    assert json.loads(result.unfit[1].text)["id"] == "n99"


def test_an_entry_with_another_number_is_told() -> None:
    given = stretch(6, 7)
    result = joined(6, replace(given, entries=({**given.entries[0], "n": 8},)))
    assert result.fault == Broken(7, Fault.ALTERED)


@pytest.mark.parametrize(
    "value", [None, 1.5, True, [], {}, "nul\x00", "\ud800", "x" * 257, 2**60, float("nan")]
)
def test_what_cannot_be_kept_is_no_entry(value: Any) -> None:
    given = stretch(6, 7)
    result = joined(6, replace(given, entries=({**given.entries[0], "more": value},)))
    assert result == Joined((), place(6), Broken(7, Fault.MALFORMED))
    crowded = {**given.entries[0], **{f"f{n}": n for n in range(24)}}
    assert joined(6, replace(given, entries=(crowded,))).fault == Broken(7, Fault.MALFORMED)


def test_a_field_of_a_newer_program_is_carried() -> None:
    newer = {**json.loads(CHAIN[0].text), "ward": "w1"}
    text = canonical(newer)
    given = replace(stretch(0, 1), entries=(newer,))
    result = join(START, {}, given)
    assert result.fault == Broken(1, Fault.ALTERED)
    fitting = replace(given, head=result.unfit[0].hash)
    assert join(START, {}, fitting).links[0].text == text
