from hypothesis import given
from hypothesis import strategies as st

from models.referrals.place import KnownPlace, whereabouts
from models.referrals.referral import PlaceBasis

cities = st.sampled_from(["晋中市", "太原市", "北京市"])
maybe = cities | st.just("")
surer = st.sampled_from([PlaceBasis.STATED, PlaceBasis.CLUES])


@given(cities, surer, maybe, maybe, st.booleans())
def test_what_was_said_or_heard_outranks_the_number(
    city: str, basis: PlaceBasis, number: str, site: str, is_person: bool
) -> None:
    said = KnownPlace(city, basis, "大桥旁")
    where = whereabouts(said, number, site, is_person)
    assert where.chosen == said
    assert where.places[0] == said


@given(maybe, maybe, st.booleans())
def test_as_long_as_only_the_number_speaks_nothing_is_chosen(number: str, site: str, is_person: bool) -> None:
    assert whereabouts(None, number, site, is_person).chosen is None


@given(cities, cities)
def test_the_city_of_the_number_and_the_site_s_stand_side_by_side(number: str, site: str) -> None:
    where = whereabouts(None, number, site, caller_is_person=True)
    assert {place.city for place in where.places} == {number, site}
    assert where.places[0].basis is PlaceBasis.NUMBER


@given(st.none() | st.builds(KnownPlace, maybe, surer), cities, maybe)
def test_the_number_of_a_third_party_says_nothing_of_the_person(
    said: KnownPlace | None, number: str, site: str
) -> None:
    where = whereabouts(said, number, site, caller_is_person=False)
    assert all(place.basis is not PlaceBasis.NUMBER for place in where.places)


@given(st.none() | st.builds(KnownPlace, maybe, surer), maybe, maybe, st.booleans())
def test_no_city_stands_twice_and_none_is_empty(
    said: KnownPlace | None, number: str, site: str, is_person: bool
) -> None:
    named = [place.city for place in whereabouts(said, number, site, is_person).places]
    assert len(named) == len(set(named))
    assert all(named)
