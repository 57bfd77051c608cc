"""A hotline's own files: each from a signed pack, from its folder, as it was last good, or as it ships."""

from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TypeVar

from models.risk.questionnaire import Weights
from resources.instruments import weights
from resources.instruments.official import Wording, unofficial
from resources.last_good import load_mine, load_own
from resources.packs import Packs, load_all
from resources.reading import Loader, ResourceError, read_table

T = TypeVar("T")


@dataclass
class OwnData:
    """The folder of a hotline (`own`, None for none) and that of good copies (`kept`).

    `broken` are its files that could not be used and were stood in for.
    """

    own: Path | None
    kept: Path
    packs: Packs = field(default_factory=Packs)
    broken: list[ResourceError] = field(default_factory=list)

    def take_packs(self, keys: tuple[bytes, ...]) -> None:
        """From now on signed packs count."""
        self.packs = load_all(self.own, self.kept, keys, self.broken)

    def one(self, loader: Loader[T], name: str, shipped: Path) -> T:
        """The value of a file. Raises ResourceError only where the shipped one is broken."""
        value, error = load_own(loader, name, self.own, self.kept, shipped, self.packs.path_of(name))
        self.broken += [error] if error else []
        return value

    def instrument(self, loader: Loader[Wording], name: str, shipped: Path) -> Wording:
        """The value of an instrument's file; its wording counts as official only in a signed pack."""
        signed = self.packs.path_of(name) is not None
        return self.one(loader if signed else partial(unofficial, loader), name, shipped)

    def points(self, keys: tuple[bytes, ...]) -> Weights | None:
        """The licensed points of the twelve elements; none where there is no file, or none to be believed."""
        packed, copy = self.packs.path_of(weights.NAME), self.kept / weights.NAME
        if packed is not None:
            found, error = load_mine(lambda path: weights.read(read_table(path)), packed, copy)
        elif self.own is not None and (self.own / weights.NAME).exists():
            found, error = weights.load_last_good(self.own / weights.NAME, copy, keys)
        else:
            return None
        self.broken += [error] if error else []
        return found
