"""A storage that is closed after the test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from console.storage.storage import Storage
from tests.console.storage.acts import opened


@pytest.fixture
def storage(tmp_path: Path) -> Iterator[Storage]:
    storage = opened(tmp_path / "zhang.db")
    yield storage
    storage.close()
