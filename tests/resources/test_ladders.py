from pathlib import Path

import pytest

from resources import enumerations, ladders
from resources.reading import ResourceError

TYPES = {choice.code for choice in enumerations.load()["call_category"]}
STEP = '[[step]]\nid = "{id}"\nzh = "{id}"\nen = "x"\n'


def written(folder: Path, content: str) -> Path:
    file = folder / "silent.toml"
    file.write_text("version = 1\n" + content)
    return file


def test_the_shipped_ladder_ends_in_a_silent_call_and_is_not_confirmed() -> None:
    ladder = ladders.load(ladders.SHIPPED, TYPES)
    assert [step.category for step in ladder.steps if step.category] == ["S1"]
    assert not ladder.confirmed


@pytest.mark.parametrize(
    "content",
    [
        STEP.format(id="a") * 2,
        "".join(STEP.format(id=name) for name in "abcdefghij"),
        STEP.format(id="a") + 'category = "S99"\n',
        '[[step]]\nid = "a"\n',
    ],
    ids=["twice", "ten steps", "no such type", "no words"],
)
def test_a_broken_ladder_is_named_with_its_file(tmp_path: Path, content: str) -> None:
    with pytest.raises(ResourceError, match=r"silent\.toml"):
        ladders.load(written(tmp_path, content), TYPES)
