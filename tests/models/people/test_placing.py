"""Who calls and who is at risk are two roles: putting somebody into a call moves the others rightly."""

import pytest

from models.people.person import Part, Person
from models.people.placing import Placing, placing, taking_out
from models.people.reduce import reduce
from models.people.together import Together, grouped
from tests.models.people.test_person import START, act, meet, person

CALL = "c"


def with_parts(**parts: Part) -> tuple[Together, ...]:
    return grouped([person(meet(f"m-{name}", CALL, part), name=name) for name, part in parts.items()])


def after(known: tuple[Together, ...], way: Placing, more: tuple[Person, ...] = ()) -> dict[str, Part]:
    made = {one.id: one for together in known for one in together.persons} | {one.id: one for one in more}
    acts = [act("undo", f"u{n}", of=of, what=what) for n, (of, what) in enumerate(way.undone)]
    for n, (of, part) in enumerate(way.parts):
        body = {"call": CALL, "part": part, "call_at": START.isoformat()}
        acts.append(act("meet", f"k{n}", after=9, of=of, **body))
    for one in acts:
        changed = reduce(made[one.id], one, 0).entity
        assert changed
        made[one.id] = changed
    return {name: meeting.part for name, one in made.items() for meeting in one.met}


@pytest.mark.parametrize(
    ("before", "part", "wanted"),
    [
        ({}, Part.SELF, {"q": Part.SELF}),
        ({"p": Part.SELF}, Part.SELF, {"q": Part.SELF}),
        ({"p": Part.SELF}, Part.SUBJECT, {"p": Part.CALLER, "q": Part.SUBJECT}),
        ({"p": Part.SELF}, Part.CALLER, {"q": Part.CALLER}),
        ({"p": Part.CALLER}, Part.SUBJECT, {"p": Part.CALLER, "q": Part.SUBJECT}),
        ({"p": Part.SUBJECT}, Part.CALLER, {"p": Part.SUBJECT, "q": Part.CALLER}),
        ({"p": Part.CALLER, "r": Part.SUBJECT}, Part.SELF, {"q": Part.SELF}),
        ({"p": Part.CALLER, "r": Part.SUBJECT}, Part.SUBJECT, {"p": Part.CALLER, "q": Part.SUBJECT}),
        ({"q": Part.CALLER}, Part.SUBJECT, {"q": Part.SUBJECT}),
    ],
)
def test_one_person_calls_and_the_call_is_about_one(
    before: dict[str, Part], part: Part, wanted: dict[str, Part]
) -> None:
    known = with_parts(**before)
    here = {one.id for together in known for one in together.persons}
    more = () if "q" in here else (person(name="q"),)
    assert after(known, placing(known, CALL, "q", part), more) == wanted


def test_a_tie_that_was_made_with_the_mistake_is_taken_back_with_it() -> None:
    wrong = person(meet("m", CALL), act("tie", "t", caller="k"), act("tie", "old", after=-5, caller="other"))
    known = grouped([wrong])
    way = taking_out(known, CALL, "p")
    assert way == Placing((("p", "m"), ("p", "t")))
    assert after(known, way) == {}
    assert taking_out(known, "another", "p") == Placing()
