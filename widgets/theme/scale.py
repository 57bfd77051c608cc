"""The type scale of four sizes and the grid of 4 px, at the scale of the screen."""

from enum import IntEnum

GRID = 4


class Size(IntEnum):
    """The four sizes of type, in pixels of an unscaled screen."""

    SMALL = 12
    TEXT = 13
    TITLE = 17
    FIGURE = 26


def scale_for(width: int, height: int) -> float:
    """Return how much larger than on 1366×768 everything is drawn on a screen of this logical size.

    Up to 1920×1200 the extra room goes to the columns; a 4K screen that the desktop does not scale itself
    would otherwise show type that nobody reads from 60 cm.
    """
    return max(1.0, round(min(width / 1920, height / 1080) * 4) / 4)
