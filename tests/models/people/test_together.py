"""Persons that are one: merged in any order and from both sides they are equal, and nothing vanishes."""

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from models.operation import Operation
from models.people.person import Part, Person
from models.people.reduce import reduce
from models.people.together import Together, grouped, parting
from tests.models.people.test_person import START, act, meet, person

NAMES = ("p", "q", "r", "s")


def join(one: str, other: str, op: str = "", after: float = 1) -> Operation:
    return act("join", op or f"{one}-{other}-{after}", of=one, after=after, into=other)


def all_of(*acts: Operation, names: Sequence[str] = NAMES) -> tuple[Person, ...]:
    made = {name: person(name=name, alias=name.upper()) for name in names}
    for one in acts:
        after = reduce(made[one.id], one, 0).entity
        assert after
        made[one.id] = after
    return tuple(made.values())


def ids(groups: Sequence[Together]) -> set[frozenset[str]]:
    return {one.ids for one in groups}


def test_merged_into_each_other_they_are_one_and_neither_vanishes() -> None:
    (both,) = grouped(all_of(join("p", "q"), join("q", "p"), names="pq"))
    assert (both.id, sorted(both.ids)) == ("p", ["p", "q"])
    assert both.aliases == ("P", "Q")


def test_the_calls_of_each_remain_distinguishable() -> None:
    first, second = person(meet("m", "c"), join("p", "q"), name="p"), person(meet("n", "d", day=1), name="q")
    (both,) = grouped((first, second))
    assert [(who.id, meeting.call) for who, meeting in both.met] == [("q", "d"), ("p", "c")]


def test_whoever_is_merged_with_somebody_unknown_stands_alone() -> None:
    (alone,) = grouped([person(join("p", "elsewhere"))])
    assert alone.ids == {"p"}


@given(
    st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES)), max_size=8), st.sampled_from(NAMES)
)
def test_who_is_parted_stands_alone_and_the_others_stay_together(
    merges: list[tuple[str, str]], name: str
) -> None:
    wishes = [join(one, other, f"j{n}", n) for n, (one, other) in enumerate(merges) if one != other]
    known = all_of(*wishes)
    before = next(one for one in grouped(known) if name in one.ids)
    way = parting(before, name)
    acts = [act("undo", f"u{n}", of=of, after=20, what=what) for n, (of, what) in enumerate(way.undone)]
    acts += [join(one, other, f"k{n}", 21) for n, (one, other) in enumerate(way.kept)]
    after = grouped(all_of(*wishes, *acts))
    others = ids([one for one in grouped(known) if name not in one.ids])
    rest = {before.ids - {name}} - {frozenset()}
    assert ids(after) == others | rest | {frozenset({name})}


@given(st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES)), min_size=1, max_size=6), st.data())
def test_the_order_of_merging_says_nothing(merges: list[tuple[str, str]], data: st.DataObject) -> None:
    wishes = [join(one, other, f"j{n}", n) for n, (one, other) in enumerate(merges) if one != other]
    other_order = data.draw(st.permutations(wishes))
    assert grouped(all_of(*wishes)) == grouped(all_of(*other_order))
    assert frozenset(NAMES) == frozenset().union(*ids(grouped(all_of(*wishes))))


def test_the_last_level_is_of_a_call_about_them() -> None:
    tell = act("tell", "s", call="c", assessment="a", seconds=60, level="R2", peak="R3")
    own = person(meet("m", "c"), tell)
    assert grouped([own])[0].last_level == ("R3", START)
    theirs = person(meet("m", "c", Part.CALLER), tell)
    assert grouped([theirs])[0].last_level == ("", None)


def test_the_newest_alias_of_all_is_shown_and_a_code_word_is_not_lost() -> None:
    one = person(act("name", "n", after=5, alias="新名"), join("p", "q"))
    other = person(act("name", "m", after=3, of="q", alias="旧名", code_word="海棠"), name="q")
    (both,) = grouped([one, other])
    assert (both.alias, both.code_word) == ("新名", "海棠")
