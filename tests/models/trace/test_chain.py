"""Whatever is done to a chain afterwards is found, and where."""

import json
from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from models.trace.chain import Broken, Fault, Link, Place, beginning, canonical, verify
from models.trace.entry import Act, Happening
from tests.models.trace.chains import START, chained, end_of, happenings

some = st.lists(happenings, min_size=1, max_size=12)
several = st.lists(happenings, min_size=2, max_size=12)


def place_in(data: st.DataObject, links: list[Link]) -> int:
    return data.draw(st.integers(0, len(links) - 1))


@given(st.lists(happenings, max_size=12))
def test_a_chain_that_nobody_touched_is_whole(what: list[Happening]) -> None:
    links = chained(what)
    assert verify(START, links, end_of(links)) is None


@given(some, st.data())
def test_an_altered_entry_is_found(what: list[Happening], data: st.DataObject) -> None:
    links = chained(what)
    end, at = end_of(links), place_in(data, links)
    document = json.loads(links[at].text)
    name = data.draw(st.sampled_from(sorted(document)))
    document[name] = 99 if name == "n" else f"{document[name]}x"
    altered = canonical(document)
    assume(altered != links[at].text)
    links[at] = replace(links[at], text=altered)
    assert verify(START, links, end) == Broken(at + 1, Fault.ALTERED)


@given(some, st.data())
def test_an_entry_altered_together_with_its_hash_is_found(what: list[Happening], data: st.DataObject) -> None:
    links = chained(what)
    end, at = end_of(links), place_in(data, links)
    changed = chained([*what[:at], replace(what[at], reason="other-reason"), *what[at + 1 :]])
    links[at] = changed[at]
    broken = verify(START, links, end)
    assert broken is not None
    assert broken.n in (at + 1, at + 2)


@given(some, st.data())
def test_a_removed_entry_is_found(what: list[Happening], data: st.DataObject) -> None:
    links = chained(what)
    end, at = end_of(links), place_in(data, links)
    del links[at]
    broken = verify(START, links, end)
    assert broken == Broken(at + 1, Fault.CUT if at == len(what) - 1 else Fault.MISSING)


@given(several, st.data())
def test_swapped_entries_are_found(what: list[Happening], data: st.DataObject) -> None:
    links = chained(what)
    end = end_of(links)
    one, other = sorted(
        data.draw(st.lists(st.sampled_from(range(len(links))), min_size=2, max_size=2, unique=True))
    )
    kept = links[one], links[other]
    # As rows under each other's number, and as rows in the wrong order.
    if data.draw(st.booleans()):
        links[one], links[other] = (replace(kept[1], n=kept[0].n), replace(kept[0], n=kept[1].n))
    else:
        links[one], links[other] = kept[1], kept[0]
    broken = verify(START, links, end)
    assert broken is not None
    assert broken.n == one + 1


@given(some, happenings, st.data())
def test_an_inserted_entry_is_found(what: list[Happening], strange: Happening, data: st.DataObject) -> None:
    links = chained(what)
    end, at = end_of(links), data.draw(st.integers(0, len(links)))
    before = end_of(links[:at])
    inserted = chained([strange], before)
    links[at:at] = inserted
    broken = verify(START, links, end)
    assert broken is not None
    assert broken.n >= at + 1 or broken.why is Fault.EXTRA


@given(some, st.data())
def test_a_cut_chain_is_found_by_the_end_that_was_kept(what: list[Happening], data: st.DataObject) -> None:
    links = chained(what)
    left = place_in(data, links)
    assert verify(START, links[:left], end_of(links)) == Broken(left + 1, Fault.CUT)


@given(some, st.data())
def test_a_chain_stamped_anew_is_found_by_the_end_that_was_vouched_for(
    what: list[Happening], data: st.DataObject
) -> None:
    vouched, at = end_of(chained(what)), data.draw(st.integers(0, len(what) - 1))
    anew = chained([*what[:at], replace(what[at], reason="other-reason"), *what[at + 1 :]])
    assert verify(START, anew, end_of(anew)) is None
    assert verify(START, anew, vouched) == Broken(len(what), Fault.RESTAMPED)


def test_the_beginning_says_whose_chain_it_is() -> None:
    places = {
        beginning("epoch-1", "zhang", "desk-7"),
        beginning("epoch-2", "zhang", "desk-7"),
        beginning("epoch-1", "li", "desk-7"),
        beginning("epoch-1", "zhang", "desk-8"),
        beginning("epoch-1", "zhan", "gdesk-7"),
    }
    assert len(places) == 5


@pytest.mark.parametrize("words", ["他说 今晚", "two words", "line\nfeed", "nul\x00", "x" * 65])
def test_words_do_not_get_into_the_trace(words: str) -> None:
    with pytest.raises(ValueError, match="ids and codes"):
        Happening(Act.READ, "note", "n1", reason=words)


def test_a_text_that_is_no_entry_is_an_altered_one() -> None:
    links = chained([Happening(Act.READ)])
    for text in ("", "[]", "{}", '{"n":"1"}', '{"n":true}'):
        broken = verify(START, [replace(links[0], text=text)], end_of(links))
        assert broken == Broken(1, Fault.ALTERED)
    assert verify(START, [], Place(0, "unlike")) == Broken(0, Fault.RESTAMPED)
