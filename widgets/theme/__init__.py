"""Colours, type and measures of the console, from one palette."""

from widgets.theme.palette import DARK, LIGHT, PALETTES, Palette
from widgets.theme.scale import GRID, Size, scale_for
from widgets.theme.style import (
    apply_theme,
    colour,
    colours,
    dress,
    font,
    icon_path,
    px,
    recolour,
    restyle,
    use_theme,
)

__all__ = [
    "DARK",
    "GRID",
    "LIGHT",
    "PALETTES",
    "Palette",
    "Size",
    "apply_theme",
    "colour",
    "colours",
    "dress",
    "font",
    "icon_path",
    "px",
    "recolour",
    "restyle",
    "scale_for",
    "use_theme",
]
