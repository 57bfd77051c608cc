"""How a person is written in a line."""

from resources.texts import t
from widgets.people.view import PersonRow


def name_of(person: PersonRow) -> str:
    """All aliases of a person."""
    return t("persons.names_separator").join(person.aliases) or t("persons.nameless")


def calls_of(person: PersonRow) -> str:
    """How often they called, and when last."""
    if person.last_at is None:
        return t("persons.calls", n=person.calls)
    return t("persons.calls_last", n=person.calls, at=f"{person.last_at:%Y-%m-%d}")


def part_of(person: PersonRow) -> str:
    """What they are in the present call."""
    return t(f"persons.part_{person.part}") if person.part else ""
