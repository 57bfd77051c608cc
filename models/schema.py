"""Which schemas of operations and documents programs of different age understand of each other."""

from dataclasses import dataclass

SCHEMA = 4
"""What this program writes. It is raised with every field that an operation or a document gains.

2: a draft says at which stop it was written, draft versions are settled, held acts are records, a call says
who answered and which call of the line it was.
3: a draft names the text that it was written on, a note the act that wrote its text.
4: persons, cases, caller plans, follow-ups, marks of misuse, safety plans, addenda and signatures.
"""

_BACK = 3


@dataclass(frozen=True, slots=True)
class Span:
    """What a program takes: pushes from `oldest_pushed` on, and pulls by programs from `oldest_pulled` on.

    A push is words, and is taken from three schemas back; a document of now may be more than an old
    program can read, then its pull is refused and its push is not.
    """

    current: int
    oldest_pushed: int
    oldest_pulled: int

    def takes(self, schema: int) -> bool:
        """True where operations of this schema are understood."""
        return self.oldest_pushed <= schema <= self.current

    def gives(self, schema: int) -> bool:
        """True where a program of this schema can read the documents of now."""
        return schema >= self.oldest_pulled


PRESENT = Span(SCHEMA, max(1, SCHEMA - _BACK), oldest_pulled=1)
