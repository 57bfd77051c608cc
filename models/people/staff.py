"""Who works at a hotline: their cards, as the server tells them, and whoever a workstation has heard of."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from models.people.operator import Role

CARD = "staff.card"
COUNSELLING = frozenset({Role.OPERATOR, Role.LEAD, Role.SUPERVISOR})
"""Who talks with callers, so that a caller can be theirs."""


@dataclass(frozen=True, slots=True)
class StaffCard:
    """Somebody with an account at a site; `left`: they work there no more.

    `title` is a code of the enumeration of professional titles, `roles` are codes too, also such as this
    program does not know.
    """

    id: str
    name: str
    title: str
    site: str
    roles: tuple[str, ...]
    left: bool = False


@dataclass(frozen=True, slots=True)
class Member:
    """An account by its id and the name it was last heard under; without roles: its card is not here."""

    id: str
    name: str
    title: str = ""
    roles: tuple[str, ...] = ()
    left: bool = False

    @property
    def counsels(self) -> bool:
        """True for whose a caller or case can become from now on."""
        return not self.left and not (self.roles and COUNSELLING.isdisjoint(self.roles))


def staff_of(heard: Iterable[tuple[str, str]], cards: Iterable[StaffCard] = ()) -> tuple[Member, ...]:
    """Everybody who was named or has a card, by name; of several names of one account the last one.

    What a card says counts before what was heard.
    """
    known = {one: Member(one, name.strip()) for one, name in heard if one and name.strip()}
    for card in cards:
        named = known.get(card.id, Member(card.id, card.id))
        known[card.id] = replace(
            named,
            name=card.name.strip() or named.name,
            title=card.title,
            roles=card.roles,
            left=card.left,
        )
    return tuple(sorted(known.values(), key=lambda one: (one.name, one.id)))
