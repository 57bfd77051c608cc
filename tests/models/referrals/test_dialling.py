from hypothesis import given
from hypothesis import strategies as st

from models.people.site import Site
from models.referrals.dialling import Dial, dial_for
from models.referrals.target import Target

CITIES = {"晋中市": "0354", "太原市": "0351", "北京市": "010"}
POLICE = Target("f110", "F110", "110 公安", "Police 110", "110", "110", emergency=True, by_city=True)
CONFIRMED = Target("f110", "F110", "110 公安", "Police 110", "110", "110", by_city=True, verified=True)
CLINIC = Target("clinic", "FPSY", "绿色通道", "Green channel", "门诊", "03540000001", verified=True)

cities = st.sampled_from(sorted(CITIES))
targets = st.sampled_from([POLICE, CONFIRMED])


def site(city: str) -> Site:
    return Site("s", "站", "Site", city, "", CITIES.get(city, ""), ("12356",), None, "", False)


@given(targets, cities)
def test_in_the_site_s_own_city_the_plain_number_rings(target: Target, city: str) -> None:
    assert dial_for(target, city, CITIES[city], site(city)) == Dial("110", target.verified)


@given(targets, cities, cities)
def test_in_another_city_its_area_code_comes_first_and_is_never_verified(
    target: Target, city: str, here: str
) -> None:
    dial = dial_for(target, city, CITIES[city], site(here))
    if city != here:
        assert dial == Dial(CITIES[city] + "110", False)


@given(targets, cities)
def test_without_a_place_nothing_can_be_dialled(target: Target, here: str) -> None:
    assert dial_for(target, "", "", site(here)) == Dial("", False)


@given(targets, cities)
def test_without_an_area_code_no_other_city_s_police_is_reached_by_mistake(target: Target, here: str) -> None:
    assert dial_for(target, "阿拉尔市", "", site(here)) == Dial("", False)


def test_a_site_without_a_city_always_needs_the_area_code() -> None:
    assert dial_for(POLICE, "太原市", "0351", site("")) == Dial("0351110", False)


@given(cities | st.just(""), cities)
def test_a_number_of_its_own_is_dialled_from_everywhere(city: str, here: str) -> None:
    assert dial_for(CLINIC, city, CITIES.get(city, ""), site(here)) == Dial("03540000001", True)
