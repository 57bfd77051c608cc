"""A part of the window that is made when somebody first needs it."""

from collections.abc import Callable
from typing import Generic, TypeVar

from PySide6.QtWidgets import QWidget

W_co = TypeVar("W_co", bound=QWidget, covariant=True)


class Later(Generic[W_co]):
    """Keeps what a widget is to be told until it is made; most of a long day it takes no memory."""

    def __init__(self, make: Callable[[], W_co]) -> None:
        self._make: Callable[[], W_co] | None = make
        self._made: W_co | None = None
        self._told: dict[str, Callable[[W_co], object]] = {}

    @property
    def made(self) -> W_co:
        """The widget; not there yet, it is made now and told all that was kept for it."""
        if self._made is not None:
            return self._made
        if self._make is None:
            raise RuntimeError("the window for which it was to be made is gone")
        made = self._made = self._make()
        told = self._told
        self.forget()
        for act in told.values():
            act(made)
        return made

    @property
    def there(self) -> bool:
        """True once it was made."""
        return self._made is not None

    def forget(self) -> None:
        """Let go of who makes it and of what it was to be told: its window is gone, or it was made."""
        self._make, self._told = None, {}

    def tell(self, what: str, act: Callable[[W_co], object]) -> None:
        """Tell it something, now or when it is made; of what is told about the same only the last counts."""
        if self._made is not None:
            act(self._made)
            return
        self._told.pop(what, None)
        self._told[what] = act
