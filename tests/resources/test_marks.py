from pathlib import Path

import pytest

from resources import marks
from resources.reading import ResourceError

MARK = '[[mark]]\nid = "{id}"\nzh = "{id}"\nen = "{id}"\n'


def written(folder: Path, content: str) -> Path:
    file = folder / marks.NAME
    file.write_text("version = 1\n" + content)
    return file


def test_the_shipped_marks_have_a_key_each_and_are_not_confirmed() -> None:
    shipped = marks.load(marks.SHIPPED)
    assert 0 < len(shipped.marks) <= marks.MOST
    assert not shipped.confirmed
    assert [one.label("zh_CN") for one in shipped.marks][:2] == ["哭泣", "沉默"]
    assert shipped.marks[0].label("en") == "Crying"


@pytest.mark.parametrize(
    "content",
    [MARK.format(id="a") * 2, "".join(MARK.format(id=n) for n in "abcdefghi"), '[[mark]]\nid = "a"\n'],
    ids=["twice", "nine marks", "no words"],
)
def test_a_broken_file_is_named(tmp_path: Path, content: str) -> None:
    with pytest.raises(ResourceError, match=r"marks\.toml"):
        marks.load(written(tmp_path, content))
