"""The order in which the keyboard walks, where parts were made later than those that stand under them."""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def walk_before(place: QWidget, *parts: QWidget) -> None:
    """Let the keyboard come to these parts, and to all that is in them, right before this place."""
    new = _all_of(parts)
    before = place.previousInFocusChain()
    while before is not None and before is not place and (before in new or not takes_tab(before)):
        before = before.previousInFocusChain()
    if before is not None and before is not place:
        _walk((before, *new))


def walk_in_order(*parts: QWidget) -> None:
    """Let the keyboard walk through all that is in these parts, as they are given; the first stays."""
    _walk(_all_of(parts))


def _all_of(parts: Iterable[QWidget]) -> list[QWidget]:
    # Also what Tab does not come to now: in a row of answers it comes to the chosen one.
    every = (one for part in parts for one in (part, *part.findChildren(QWidget)))
    return [one for one in every if one.focusPolicy() is not Qt.FocusPolicy.NoFocus]


def _walk(widgets: Sequence[QWidget]) -> None:
    for one, other in pairwise(widgets):
        QWidget.setTabOrder(one, other)


def takes_tab(widget: QWidget) -> bool:
    """True for what the Tab key can lead to."""
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
