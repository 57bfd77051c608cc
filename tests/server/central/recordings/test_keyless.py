"""A server without a key for recordings keeps none, and says so."""

import pytest

from server.central.recordings.keeping import NotKept
from tests.server.central.hotline import Hotline
from tests.server.central.recordings.stage import case_of, hand_over, locked


def test_it_keeps_none(hotline: Hotline) -> None:
    with pytest.raises(NotKept, match="no_recordings"):
        hand_over(hotline, locked(case_of(hotline)))
