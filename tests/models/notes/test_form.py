import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.notes.form import (
    Choice,
    Field,
    FieldType,
    Form,
    Group,
    Section,
    mandatory_groups,
    missing,
    required_fields,
)
from models.notes.note import Value


def field(key: str, kind: FieldType = FieldType.TEXT, *, required: bool = True) -> Field:
    return Field(key, kind, key, key, required=required)


FORM = Form(
    "f",
    1,
    (
        Section(Group.CALLER, "来电者", "Caller", (field("sex"), field("hobby", required=False))),
        Section(Group.PROBLEM, "问题", "Problem", (field("main"), field("age", FieldType.NUMBER))),
        Section(Group.COURSE, "过程", "Course", (field("log", FieldType.LOG),)),
        Section(Group.INTERVENTION, "处理", "Intervention", (field("out", FieldType.MULTI_CHOICE),)),
        Section(Group.FOLLOW_UP, "随访", "Follow-up", (field("consent"),)),
    ),
)
ALL = ("sex", "main", "age", "log", "out")
CATEGORIES = [*(f"C{n}" for n in range(1, 7)), *(f"S{n}" for n in range(1, 10))]
values = st.dictionaries(
    st.sampled_from([one.key for one in FORM.fields]),
    st.text(max_size=3) | st.integers() | st.lists(st.text(max_size=2)).map(tuple),
)


@pytest.mark.parametrize(
    ("categories", "required"),
    [
        ("S5 S8", ()),
        ("C4 S6 S9", ("out",)),
        ("C1 S4", ("sex", "out")),
        ("C2 C3 C5 C6 S2", ALL),
        ("S1 S3", ("log",)),
        ("S7", ("consent",)),
    ],
)
def test_what_a_category_asks_for(categories: str, required: tuple[str, ...]) -> None:
    for category in categories.split():
        assert tuple(one.key for one in required_fields(FORM, category)) == required
        assert missing(FORM, category, {}, 0) == required


def test_without_a_category_the_category_is_what_is_missing() -> None:
    assert missing(FORM, "", {"sex": "f"}, 3) == ("category",)
    assert mandatory_groups("") == frozenset()


@pytest.mark.parametrize(
    ("value", "is_open"), [("", True), ("  ", True), ((), True), (0, False), ("x", False), (("O01",), False)]
)
def test_what_counts_as_filled(value: Value, is_open: bool) -> None:
    full: dict[str, Value] = dict.fromkeys(ALL, "x")
    assert ("main" in missing(FORM, "C3", {**full, "main": value}, 1)) is is_open


def test_a_log_is_filled_by_its_lines() -> None:
    assert missing(FORM, "S1", {"log": "x"}, 0) == ("log",)
    assert missing(FORM, "S1", {}, 1) == ()


@given(st.sampled_from(CATEGORIES), values, st.integers(0, 3), st.sampled_from(ALL))
def test_filling_a_field_in_never_opens_another(
    category: str, given_values: dict[str, Value], lines: int, key: str
) -> None:
    before = missing(FORM, category, given_values, lines)
    after = missing(FORM, category, {**given_values, key: "x"}, lines + 1)
    assert set(after) <= set(before)
    assert set(before) <= {one.key for one in required_fields(FORM, category)}


def test_labels_follow_the_language() -> None:
    for labelled in (FORM.sections[0], field("sex"), Choice("a", "甲", "A")):
        assert (labelled.label("zh_CN"), labelled.label("en")) == (labelled.zh, labelled.en)
