"""Who works at the hotline."""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What somebody may do (domain.md 2); `GATEWAY` is the program beside the exchange."""

    OPERATOR = "OP"
    SUPERVISOR = "SUP"
    LEAD = "LEAD"
    ADMINISTRATOR = "ADM"
    GATEWAY = "GW"


GATEWAY = "gateway"
"""The account of the gateway, which has a key and no password."""
LEADING = frozenset({Role.LEAD, Role.SUPERVISOR})


@dataclass(frozen=True, slots=True)
class Operator:
    """A person who signs in; `title` is a code of the enumeration of professional titles."""

    id: str
    name: str
    title: str
    site: str
    roles: tuple[Role, ...]

    @property
    def leads(self) -> bool:
        """True for a shift lead or a supervisor."""
        return bool(LEADING.intersection(self.roles))
