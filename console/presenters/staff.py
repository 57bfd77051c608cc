"""What is said beside the name of somebody who works here."""

from collections.abc import Iterable, Iterator

from models.people.staff import COUNSELLING, Member
from resources.enumerations import Enumerations, label
from resources.texts import language, t


def staff_words(members: Iterable[Member], names: Enumerations) -> dict[str, str]:
    """Profession and role of each who has a card, by the account."""
    said = ((one.id, t("callers.counsellor_separator").join(_words(one, names))) for one in members)
    return {who: words for who, words in said if words}


def _words(one: Member, names: Enumerations) -> Iterator[str]:
    if one.title:
        yield label(names, "title", one.title, language())
    yield from (t(f"access.role_{role}") for role in sorted(COUNSELLING) if role.value in one.roles)
