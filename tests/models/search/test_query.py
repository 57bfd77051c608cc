"""What a query finds in a text: all that holds it, and nothing else."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.search.folding import fold, place_of, plain, runs
from models.search.query import Part, number_words, parse
from models.search.texts import parts_of
from models.search.tokens import tokens_of

HAN = "自杀失业桥边网贷到期想离开今晚药"
SIGNS = HAN + "abZ１2９Ａé，。！ \n　…ﾊﾝ"
texts = st.text(alphabet=SIGNS, max_size=24)
words = st.text(alphabet=HAN + "ab１2", min_size=1, max_size=6)


def holds(text: str, typed: str) -> bool:
    return parse(typed).found_in([Part("f", text)]) is not None


@given(texts, words, texts)
def test_whatever_holds_the_query_is_found(before: str, wanted: str, after: str) -> None:
    begun = before + "，" if wanted[0] in "ab１2" else before
    assert holds(begun + wanted + after, wanted)


@given(texts, words)
def test_nothing_else_is_found(text: str, wanted: str) -> None:
    if holds(text, wanted):
        assert fold(wanted) in fold(plain(text))


@given(texts, words)
def test_the_index_leads_to_every_text_that_holds_a_query(text: str, wanted: str) -> None:
    if not holds(text, wanted):
        return
    singles, pairs = (column.split(" ") for column in tokens_of([text]))
    unspaced, latin = runs(fold(wanted))
    for run in unspaced:
        assert (run in singles) if len(run) == 1 else (" ".join(run[n : n + 2] for n in range(len(run) - 1)))
        if len(run) > 1:
            wanted_pairs = [run[n : n + 2] for n in range(len(run) - 1)]
            places = range(len(pairs) - len(wanted_pairs) + 1)
            assert any(pairs[n : n + len(wanted_pairs)] == wanted_pairs for n in places)
    for word in latin:
        assert any(one.startswith(word[:4]) for one in singles)


@given(st.text(max_size=40))
def test_any_text_finds_itself(text: str) -> None:
    query = parse(text)
    if not query.empty and not query.number and len(text.split()) <= 12:
        assert query.found_in([Part("f", text)]) is not None


@given(texts, words)
def test_what_is_marked_is_what_was_wanted(text: str, wanted: str) -> None:
    found = parse(wanted).found_in([Part("f", text)])
    if found is not None:
        assert found.marks
        for begin, end in found.marks:
            assert fold(found.text[begin:end]).strip().startswith(fold(wanted)[0])


@pytest.mark.parametrize(
    ("text", "typed", "found"),
    [
        ("他说想自杀", "自杀", True),
        ("他说想自杀", "杀自", False),
        ("我失业，业主不管", "失业主", False),
        ("喝了ＶＸ和酒", "vx", True),
        ("喝了vodka", "VOD", True),
        ("喝了vodka", "odka", False),
        ("电话１３８００１", "1380", True),
        ("今天ok了", "天ok了", True),
        ("失业三个月，网贷到期", "网贷 失业", True),
        ("失业三个月，网贷到期", "失业 父亲", False),
        ("失业，三个月", "失业，三", True),
        ("失业，三个月", "失业三", False),
        ("自\u200b杀", "自杀", True),
        ("cafe\u0301", "café", True),
        ("㎏", "kg", True),
        ("他说：「。」", "。", False),
    ],
)
def test_width_case_and_order(text: str, typed: str, found: bool) -> None:
    assert holds(text, typed) is found


def test_terms_may_stand_in_different_fields_and_the_first_one_is_shown() -> None:
    parts = [Part("complaint", "失业三个月"), Part("log", "父亲在家")]
    found = parse("父亲 失业").found_in(parts)
    assert found is not None
    assert (found.field, found.text, found.marks) == ("complaint", "失业三个月", ((0, 2),))


def test_a_long_text_is_cut_around_the_hit() -> None:
    found = parse("桥边").found_in([Part("f", "前" * 100 + "桥边" + "后" * 100)])
    assert found is not None
    assert found.text.startswith("…前")
    assert found.text.endswith("后…")
    ((begin, end),) = found.marks
    assert found.text[begin:end] == "桥边"


def test_places_are_those_of_the_shown_text() -> None:
    shown = plain("ﬁn桥\ufe0f边")
    folded = fold(shown)
    assert folded == "fin桥边"
    assert shown[place_of(shown, folded.index("边"))] == "边"
    assert unicodedata.is_normalized("NFC", shown)


@pytest.mark.parametrize(
    ("number", "found_by"),
    [
        ("13800138000", {"8000", "000", "00", "0", "13800138000"}),
        ("+86 138-0013-8000", {"8000", "000", "00", "0", "13800138000"}),
        ("12356", {"12356", "2356", "356", "56", "6"}),
        ("", set()),
    ],
)
def test_a_number_is_found_by_the_digits_that_are_shown_or_by_all(number: str, found_by: set[str]) -> None:
    assert set(number_words(number)) == found_by


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("8000", "8000"),
        ("１３８ ００１３ ８０００", "13800138000"),
        ("+8613800138000", "13800138000"),
        ("8点", ""),
    ],
)
def test_digits_alone_are_a_number(typed: str, number: str) -> None:
    assert parse(typed).number == number


@given(st.text(alphabet=SIGNS + "㌕ﷺß\u200bİ", max_size=24), st.integers(0, 40))
def test_a_place_is_that_of_the_first_sign_that_reaches_past_it(text: str, folded_place: int) -> None:
    ends = [len(fold(text[: place + 1])) for place in range(len(text))]
    assert place_of(text, folded_place) == next(
        (place for place, end in enumerate(ends) if end > folded_place), len(text)
    )


def test_the_number_to_call_back_is_not_shown_by_what_was_told() -> None:
    told = {"target_name": "太原 110", "place": "", "text": "请回拨 13800000001，她在三楼。"}
    parts = parts_of("referral", told)
    assert parse("三楼").found_in(parts) is not None
    assert "13800000001" not in "".join(part.text for part in parts)
    assert parse("13800000001").found_in(parts) is None


def test_nothing_but_zeros_is_the_end_of_a_number_here() -> None:
    assert parse("0000").number == "0000"
