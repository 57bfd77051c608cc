"""Each check of the simulation catches what it is there for: a protocol that is wrong in one point."""

import tempfile
from pathlib import Path

import pytest

from tests.faults.broken import Broken
from tests.faults.simulation.__main__ import FAST
from tests.faults.simulation.story import tell
from tests.faults.simulation.variants import VARIANTS, Variant

_MOST_STORIES = 60


@pytest.mark.parametrize("variant", VARIANTS, ids=lambda variant: variant.__name__)
def test_a_wrong_variant_is_caught(variant: Variant, caplog: pytest.LogCaptureFixture) -> None:
    # What a wrong protocol warns of is not of interest.
    found = set()
    for seed in range(_MOST_STORIES):
        with tempfile.TemporaryDirectory(dir=FAST) as folder, variant():
            try:
                tell(seed, Path(folder))
            except Broken as broken:
                found.add(broken.check)
        if found & VARIANTS[variant]:
            return
    pytest.fail(f"not caught by {VARIANTS[variant]}, but by {found or 'nothing'}")
