from collections.abc import Iterator

import pytest

from resources.texts import use_language


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """What is wrong with a file is told in the language in use; these tests read it in English."""
    use_language("en")
    yield
    use_language("zh_CN")
