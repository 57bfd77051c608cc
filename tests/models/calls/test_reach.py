"""Which numbers may be dialled."""

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.calls.reach import EMERGENCY, Barred, Reach, is_entry

REACH = Reach(listed=frozenset({"12355", "12345", "4001619995"}), own=("96120", "951*"))


@pytest.mark.parametrize(
    "dial",
    [
        *("110", "119", "120", "122", "0351110", "010120", "0354122"),
        *("12355", "12345", "035412355", "01012345", "4001619995"),
        *("13800000001", "19900000001", "17700000001", "013800000001"),
        *("2021234", "82951332", "01082951332", "03542021234", "035182951332"),
        *("4008888888", "8008888888", "96120", "95188", "951"),
    ],
)
def test_ordinary_emergency_and_listed_numbers_are_dialled(dial: str) -> None:
    assert REACH.bars(dial) is None


@pytest.mark.parametrize(
    ("dial", "why"),
    [
        ("00", Barred.ABROAD),
        ("0012125551234", Barred.ABROAD),
        ("0085221234567", Barred.ABROAD),
        ("008613800000001", Barred.ABROAD),
        ("16812345", Barred.PREMIUM),
        ("16012345", Barred.PREMIUM),
        ("035416812345", Barred.PREMIUM),
        ("01016012345", Barred.PREMIUM),
        ("12590123", Barred.PREMIUM),
        ("10621234", Barred.PREMIUM),
        ("17909001212555", Barred.CARRIER),
        ("17911138000000", Barred.CARRIER),
        ("17951000000", Barred.CARRIER),
        ("11808001212555", Barred.CARRIER),
        ("12593138000000", Barred.CARRIER),
        ("10086", Barred.SERVICE),
        ("12388", Barred.SERVICE),
        ("035412388", Barred.SERVICE),
        ("95599", Barred.SERVICE),
        ("96110", Barred.SERVICE),
        ("01096110", Barred.SERVICE),
        ("911", Barred.UNKNOWN),
        ("999", Barred.UNKNOWN),
        ("0354", Barred.UNKNOWN),
        ("1380000000", Barred.UNKNOWN),
        ("138000000012", Barred.UNKNOWN),
        ("９１１", Barred.UNKNOWN),
        ("", Barred.UNKNOWN),
        ("+8613800000001", Barred.UNKNOWN),
    ],
)
def test_what_is_not_dialled_and_why(dial: str, why: Barred) -> None:
    assert REACH.bars(dial) is why


@pytest.mark.parametrize(
    "entry", ["00*", "0012125551234", "168*", "16812345", "17909138000000", "1*", "", "ab"]
)
def test_no_site_opens_what_is_open_to_nobody(entry: str) -> None:
    opened = Reach(own=(entry,))
    assert not is_entry(entry) or opened.bars("16812345") is Barred.PREMIUM
    assert opened.bars("16812345") is Barred.PREMIUM
    assert opened.bars("0012125551234") is Barred.ABROAD


def test_a_site_names_digits_or_their_beginning() -> None:
    assert [is_entry(one) for one in ("96120", "951*", "10086", "0035*", "16812345", "*", "12a")] == [
        *(True, True, True),
        *(False, False, False, False),
    ]


_DIGITS = st.text("0123456789", min_size=0, max_size=16)


@given(_DIGITS, st.lists(_DIGITS.map(lambda digits: f"{digits}*"), max_size=3))
def test_nothing_leads_abroad_or_to_a_premium_number(dial: str, own: list[str]) -> None:
    reach = Reach(listed=frozenset({dial}), own=tuple(own))
    assert reach.bars(f"00{dial}") is Barred.ABROAD
    assert reach.bars(f"168{dial[:5]:0<5}") is Barred.PREMIUM
    assert reach.bars(f"010160{dial[:5]:0<5}") is Barred.PREMIUM
    assert reach.bars(f"17909{dial:0<6}"[:16]) is Barred.CARRIER


@given(_DIGITS)
def test_emergency_numbers_are_always_dialled_also_in_another_city(digits: str) -> None:
    for number in EMERGENCY:
        assert Reach().bars(number) is None
        assert Reach().bars(f"0351{number}") is None
    assert Reach(listed=frozenset({digits})).bars("110") is None


@given(st.from_regex(r"1(?:[38][0-9]|5[0-35-9]|6[25-7]|7[0-35-8]|9[0-35-9])[0-9]{8}", fullmatch=True))
def test_every_mobile_of_the_plan_is_dialled(mobile: str) -> None:
    assert Reach().bars(mobile) is None
    assert phonenumbers.is_valid_number(phonenumbers.parse(mobile, "CN"))


@given(st.from_regex(r"[1-9][0-9]{6,14}", fullmatch=True))
def test_what_is_dialled_is_no_premium_number_of_the_plan(digits: str) -> None:
    if Reach().bars(digits) is None:
        try:
            kind = phonenumbers.number_type(phonenumbers.parse(digits, "CN"))
        except phonenumbers.NumberParseException:
            return
        assert kind is not phonenumbers.PhoneNumberType.PREMIUM_RATE
