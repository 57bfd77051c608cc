"""The style sheet of the console, made from one palette."""

from collections.abc import Callable
from dataclasses import asdict
from string import Template

from widgets.theme.palette import Palette
from widgets.theme.scale import Size
from widgets.theme.sheet_controls import CONTROLS
from widgets.theme.sheet_surfaces import SURFACES


def _lengths(px: Callable[[float], int]) -> dict[str, str]:
    """Return every length that the templates name: ``$p4`` is 4 px of the design."""
    named = {f"p{length}": f"{px(length)}px" for length in range(1, 49)}
    named["hair"] = f"{max(1, px(1))}px"
    return named | {f"size_{size.name.lower()}": f"{px(size)}px" for size in Size}


def style_sheet(palette: Palette, px: Callable[[float], int], icon: Callable[[str], str]) -> str:
    """Return the style sheet for a palette, a scale and the place of the icons."""
    icons = {f"icon_{name}": f'"{icon(name)}"' for name in ("down", "up", "close", "search")}
    icons["icon_check"] = f'"{icon(f"check-{palette.name}")}"'
    values = {key: str(value) for key, value in asdict(palette).items()}
    return Template(SURFACES + CONTROLS).substitute(values | _lengths(px) | icons)
