"""Each check of the simulation catches what it is there for: a protocol that is wrong in one point."""

import tempfile
from pathlib import Path

import pytest

from tests.faults.broken import Broken
from tests.faults.simulation.__main__ import FAST
from tests.faults.simulation.story import tell
from tests.faults.simulation.variants import VARIANTS, Variant

_MOST_STORIES = 60


@pytest.mark.long
@pytest.mark.parametrize("variant", VARIANTS, ids=lambda variant: variant.__name__)
def test_a_wrong_variant_is_caught(variant: Variant) -> None:
    found: set[str] = set()
    for seed in range(_MOST_STORIES):
        with tempfile.TemporaryDirectory(dir=FAST) as folder, variant():
            try:
                tell(seed, Path(folder), VARIANTS[variant].kind)
            except Broken as broken:
                found.add(broken.check)
        if found & VARIANTS[variant].checks:
            return
    pytest.fail(f"not caught by {sorted(VARIANTS[variant].checks)}, but by {found or 'nothing'}")
