"""Each check of the simulation catches what it is there for: a protocol that is wrong in one point."""

import tempfile
from pathlib import Path

import pytest

from tests.faults.broken import Broken
from tests.faults.simulation.__main__ import FAST
from tests.faults.simulation.story import tell
from tests.faults.simulation.variants import VARIANTS, Variant

_MOST_STORIES = 60
# Which story shows a variant, so far: it is told first, and all the others where it shows it no more.
_SHOWN_BY = {
    "what_left_without_an_answer_counts_as_never_sent": 4,
    "a_pull_overwrites_what_waits": 10,
    "the_cursor_is_committed_before_the_rows": 1,
    "nothing_tells_of_a_restored_server": 19,
    "a_fork_is_taken_for_a_repetition": 43,
    "a_restored_server_is_told_nothing_again": 2,
    "withdrawn_feeds_stay": 2,
    "what_was_refused_blocks_the_queue": 1,
    "rows_are_dropped_by_the_highest_number": 9,
    "sums_are_ignored_and_the_cursor_runs_ahead": 1,
    "an_act_is_known_by_its_epoch": 1,
    "acts_are_committed_before_the_records": 12,
    "acts_get_new_ids_with_a_new_epoch": 6,
}


@pytest.mark.long
@pytest.mark.parametrize("variant", VARIANTS, ids=lambda variant: variant.__name__)
def test_a_wrong_variant_is_caught(variant: Variant) -> None:
    found: set[str] = set()
    first = _SHOWN_BY.get(variant.__name__, 0)
    for seed in sorted(range(_MOST_STORIES), key=lambda one: one != first):
        with tempfile.TemporaryDirectory(dir=FAST) as folder, variant():
            try:
                tell(seed, Path(folder), VARIANTS[variant].kind)
            except Broken as broken:
                found.add(broken.check)
        if found & VARIANTS[variant].checks:
            return
    pytest.fail(f"not caught by {sorted(VARIANTS[variant].checks)}, but by {found or 'nothing'}")
