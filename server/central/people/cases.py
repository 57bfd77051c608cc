"""What open cases and caller plans say of numbers and calls: whose a caller is, and which calls are kept."""

from models.people.together import connected
from server.central.storage.cases import (
    KnownPerson,
    calls_of_persons,
    known_persons,
    open_cases,
    planned_counsellors,
)
from server.central.storage.engine import Transaction


def counsellors_of(transaction: Transaction, site: str) -> dict[str, str]:
    """Whose each number is: the counsellor of the open case of a person who calls under it.

    Where a number has several, the one of the case that was opened last; where it has none, the one that the
    caller plan in force names, the person's before the number's.
    """
    cases = [one for one in open_cases(transaction, site) if one.counsellor]
    planned = planned_counsellors(transaction, site)
    if not cases and not planned:
        return {}
    persons = known_persons(transaction, site, {*planned, *(case.person for case in cases)})
    known = {one.id for one in persons}
    numbers = {one.id: one.callers for one in persons}
    groups = _groups(persons)
    own = [(about, who) for about, who in planned.items() if about in known]
    own += [(case.person, case.counsellor) for case in cases]
    by_number = {about: who for about, who in planned.items() if about not in known}
    return by_number | {
        caller: who
        for about, who in own
        for person in groups.get(about, (about,))
        for caller in numbers.get(person, ())
    }


def is_in_open_case(transaction: Transaction, site: str, call: str) -> bool:
    """True for a call of an open case, and for what is known of a person whose case is open."""
    cases = open_cases(transaction, site)
    if not cases:
        return False
    groups = _groups(known_persons(transaction, site, {case.person for case in cases}))
    persons = {person for case in cases for person in groups.get(case.person, (case.person,))}
    named = {one for case in cases for one in case.calls}
    return call in named or call in persons or call in calls_of_persons(transaction, persons)


def _groups(persons: list[KnownPerson]) -> dict[str, frozenset[str]]:
    edges = [(one.id, other) for one in persons for other in one.same_as]
    groups = connected((one.id for one in persons), edges)
    return {name: group for group in groups for name in group}
