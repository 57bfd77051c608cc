"""A part of the window that is made when somebody first needs it."""

from collections.abc import Callable
from typing import Generic, TypeVar

from PySide6.QtWidgets import QWidget

W_co = TypeVar("W_co", bound=QWidget, covariant=True)


class Later(Generic[W_co]):
    """Keeps what a widget is to be told until it is made; most of a long day it takes no memory."""

    def __init__(self, make: Callable[[], W_co]) -> None:
        self._make = make
        self._made: W_co | None = None
        self._told: dict[str, Callable[[W_co], object]] = {}

    @property
    def made(self) -> W_co:
        """The widget; not there yet, it is made now and told all that was kept for it."""
        if self._made is None:
            made = self._made = self._make()
            told, self._told = self._told, {}
            for act in told.values():
                act(made)
        return self._made

    @property
    def there(self) -> bool:
        """True once it was made."""
        return self._made is not None

    def tell(self, what: str, act: Callable[[W_co], object]) -> None:
        """Tell it something, now or when it is made; of what is told about the same only the last counts."""
        if self._made is not None:
            act(self._made)
            return
        self._told.pop(what, None)
        self._told[what] = act
