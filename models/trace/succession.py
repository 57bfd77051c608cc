"""One receipt key follows another: both sign it, so that who knows either one knows the other."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from models.trace.signature import is_signed


@dataclass(frozen=True, slots=True)
class Succession:
    """`key` took the place of `former` at a moment; `by_former` and `by_key` are their signatures.

    Keys and signatures are Ed25519, in base64.
    """

    former: str
    key: str
    at: datetime
    by_former: str
    by_key: str

    @property
    def is_sound(self) -> bool:
        """True where both keys signed it."""
        text = succession_text(self.former, self.key, self.at)
        return is_signed(text, self.by_former, self.former) and is_signed(text, self.by_key, self.key)


def succession_text(former: str, key: str, at: datetime) -> bytes:
    """What both keys sign."""
    return "\n".join(("xinqiao receipt key 1", former, key, at.isoformat())).encode()


def heirs(known: str, successions: Iterable[Succession]) -> frozenset[str]:
    """A key and all that followed it, one after the other."""
    return _reached(known, [(one.former, one.key) for one in successions if one.is_sound])


def kin(known: str, successions: Iterable[Succession]) -> frozenset[str]:
    """A key with all that it followed and that followed it: what each of them signed in its time counts."""
    sound = [(one.former, one.key) for one in successions if one.is_sound]
    return _reached(known, sound) | _reached(known, [(key, former) for former, key in sound])


def _reached(known: str, steps: Iterable[tuple[str, str]]) -> frozenset[str]:
    reached, open_ = {known}, [known]
    pairs = list(steps)
    while open_:
        here = open_.pop()
        for begin, end in pairs:
            if begin == here and end not in reached:
                reached.add(end)
                open_.append(end)
    return frozenset(reached)
