"""Who works at a hotline, as far as a workstation has heard of them."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Member:
    """An account by its id, with the name it was last heard under."""

    id: str
    name: str


def staff_of(heard: Iterable[tuple[str, str]]) -> tuple[Member, ...]:
    """Everybody who was named, by name; of several names of one account the one that was heard last."""
    names = {one: name.strip() for one, name in heard if one and name.strip()}
    return tuple(sorted((Member(*one) for one in names.items()), key=lambda one: (one.name, one.id)))
