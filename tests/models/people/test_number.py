import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.people.number import NumberKind, kind_of, mask, mask_within, normalise


@pytest.mark.parametrize(
    ("given_number", "normal", "kind", "masked"),
    [
        ("13800000001", "13800000001", NumberKind.MOBILE, "138****0001"),
        ("+86 138 0000 0001", "13800000001", NumberKind.MOBILE, "138****0001"),
        ("008613800000001", "13800000001", NumberKind.MOBILE, "138****0001"),
        ("１３８００００００００１", "138000000001", NumberKind.ODD, "1380****0001"),
        ("010-00000001", "01000000001", NumberKind.LANDLINE, "010****0001"),
        ("+861000000001", "01000000001", NumberKind.LANDLINE, "010****0001"),
        ("03540000001", "03540000001", NumberKind.LANDLINE, "0354****0001"),
        ("110", "110", NumberKind.SHORT, "110"),
        ("12356", "12356", NumberKind.SHORT, "12356"),
        ("+1 202 555 0100", "0012025550100", NumberKind.ABROAD, "0012****0100"),
        ("", "", NumberKind.WITHHELD, ""),
        ("anonymous", "", NumberKind.WITHHELD, ""),
        ("7", "7", NumberKind.ODD, "****"),
        # withheld, as carriers write it
        ("0", "", NumberKind.WITHHELD, ""),
        ("00000000", "", NumberKind.WITHHELD, ""),
        ("Restricted", "", NumberKind.WITHHELD, ""),
        ("unknown", "", NumberKind.WITHHELD, ""),
        # China without its plus, and a mobile with the digit of a long-distance call
        ("8613800000001", "13800000001", NumberKind.MOBILE, "138****0001"),
        ("861000000001", "01000000001", NumberKind.LANDLINE, "010****0001"),
        ("863540000001", "03540000001", NumberKind.LANDLINE, "0354****0001"),
        ("013800000001", "13800000001", NumberKind.MOBILE, "138****0001"),
        ("86000001", "86000001", NumberKind.ODD, "86****01"),
        # abroad
        ("+852 0000 0001", "0085200000001", NumberKind.ABROAD, "0085****0001"),
        ("0085200000001", "0085200000001", NumberKind.ABROAD, "0085****0001"),
        ("+44 0 20 0000 0001", "004402000000001", NumberKind.ABROAD, "0044****0001"),
        # through a switchboard: however the extension is written, it is one number
        ("010-00000001-801", "01000000001801", NumberKind.SWITCHBOARD, "010****1801"),
        ("01000000001801", "01000000001801", NumberKind.SWITCHBOARD, "010****1801"),
        ("01000000001;ext=801", "01000000001801", NumberKind.SWITCHBOARD, "010****1801"),
        ("+861000000001,801", "01000000001801", NumberKind.SWITCHBOARD, "010****1801"),
        ("0354-0000001转8801", "035400000018801", NumberKind.SWITCHBOARD, "0354****8801"),
        ("0354-0000001-8", "035400000018", NumberKind.LANDLINE, "0354****0018"),
    ],
)
def test_numbers(given_number: str, normal: str, kind: NumberKind, masked: str) -> None:
    assert normalise(given_number) == normal
    assert kind_of(given_number) is kind
    assert mask(given_number) == masked


@given(st.text(max_size=30))
def test_any_text_is_a_number_of_some_kind_and_normalising_twice_changes_nothing(text: str) -> None:
    normal = normalise(text)
    assert set(normal) <= set("0123456789")
    assert normalise(normal) in (normal, normalise(normal))
    assert kind_of(text) in NumberKind


@given(st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True))
def test_a_masked_mobile_hides_four_digits(number: str) -> None:
    assert mask(number) == f"{number[:3]}****{number[7:]}"


def test_in_a_text_only_what_may_be_a_telephone_is_masked() -> None:
    told = "回拨13800000001或+8613800000002，0351-6666；已拨 110，2026-11-22，302 室"
    assert mask_within(told) == "回拨138****0001或138****0002，0351-6666；已拨 110，2026-11-22，302 室"
