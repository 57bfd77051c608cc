import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.calls.quality import Grade, Sample, grade_of, worse, worst

figures = st.floats(0, 1000)
samples = st.builds(Sample, figures, figures, figures)


@pytest.mark.parametrize(
    ("sample", "grade"),
    [
        (Sample(), Grade.GOOD),
        (Sample(2.9, 29, 299), Grade.GOOD),
        (Sample(3, 0, 0), Grade.POOR),
        (Sample(0, 30, 0), Grade.POOR),
        (Sample(0, 0, 300), Grade.POOR),
        (Sample(8, 0, 0), Grade.BAD),
        (Sample(0, 60, 0), Grade.BAD),
        (Sample(0, 0, 800), Grade.BAD),
    ],
)
def test_each_figure_alone_decides_from_its_limit_on(sample: Sample, grade: Grade) -> None:
    assert grade_of(sample) is grade


@given(samples, samples)
def test_more_trouble_is_never_better(one: Sample, other: Sample) -> None:
    together = grade_of(worst((one, other)))
    for grade in (grade_of(one), grade_of(other)):
        assert not worse(grade, together)
