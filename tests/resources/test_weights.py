"""With an obviously artificial file: nobody here knows the real points."""

from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from models.risk.elements import Element, total
from models.risk.level import Level
from resources.instruments.weights import load
from resources.reading import ResourceError
from resources.signed import sign

KEY = Ed25519PrivateKey.generate()
TRUSTED = [KEY.public_key().public_bytes_raw()]


def artificial(relatives: int = 5) -> str:
    """Eleven elements count one point, one counts the rest: nobody could take that for the instrument."""
    lines = ['id = "elements12"', "version = 7", 'owner = "Artificial Example"', 'date = "2026-01-01"']
    for element in Element:
        points = relatives if element is Element.RELATIVES else 1
        lines += ["[[element]]", f'code = "{element}"']
        for code, one in (("no", 0), ("yes", points)):
            lines += [
                "[[element.answer]]",
                f'code = "{code}"',
                f'zh = "{code}"',
                f'en = "{code}"',
                f"points = {one}",
            ]
    return "\n".join(lines) + "\n"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "elements12.weights.toml"
    file.write_text(artificial(), encoding="utf-8")
    return file


def test_signed_weights_give_a_total_and_a_level(path: Path) -> None:
    sign(path, KEY.private_bytes_raw())
    weights = load(path, TRUSTED)
    assert weights.name == "Artificial Example 7 (2026-01-01)"
    points = {element: weights.points[element] for element in Element}
    assert total(dict.fromkeys(Element, "yes"), points).points == 16
    assert total({Element.RELATIVES: "yes", Element.HOPE: "yes"}, points).level is Level.R2


def test_weights_that_nobody_signed_are_none(path: Path) -> None:
    with pytest.raises(ResourceError, match="missing"):
        load(path, TRUSTED)


def test_a_key_that_is_not_trusted_signs_nothing(path: Path) -> None:
    sign(path, Ed25519PrivateKey.generate().private_bytes_raw())
    with pytest.raises(ResourceError, match="keys that this hotline trusts"):
        load(path, TRUSTED)


def test_one_byte_changed_after_the_signature_makes_it_worthless(path: Path) -> None:
    sign(path, KEY.private_bytes_raw())
    path.write_text(artificial().replace("points = 5", "points = 6"), encoding="utf-8")
    with pytest.raises(ResourceError, match="keys that this hotline trusts"):
        load(path, TRUSTED)


def test_a_signature_that_is_none_is_said(path: Path) -> None:
    path.with_name(path.name + ".sig").write_text("not base64 at all!", encoding="utf-8")
    with pytest.raises(ResourceError, match="cannot be read"):
        load(path, TRUSTED)


@pytest.mark.parametrize(
    ("source", "named"),
    [
        (artificial(relatives=6), "the highest total"),
        (artificial().replace('code = "hope"', 'code = "hop"'), "the items are"),
        (artificial().replace("elements12", "phq9", 1), "elements12"),
        (artificial().replace("points = 5", "points = -5"), "0 or more"),
    ],
)
def test_weights_that_are_not_those_of_the_elements_are_refused(
    tmp_path: Path, source: str, named: str
) -> None:
    file = tmp_path / "weights.toml"
    file.write_text(source, encoding="utf-8")
    sign(file, KEY.private_bytes_raw())
    with pytest.raises(ResourceError, match=named):
        load(file, TRUSTED)
