from pathlib import Path

import pytest

from resources import spoken
from resources.reading import ResourceError


def test_a_file_without_a_word_that_is_needed_is_named(tmp_path: Path) -> None:
    file = tmp_path / "spoken.toml"
    file.write_text(spoken.SHIPPED.read_text(encoding="utf-8").replace("noon =", "noone ="), encoding="utf-8")
    with pytest.raises(ResourceError, match=r"spoken\.toml.*noon"):
        spoken.load(file)
