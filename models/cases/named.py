"""The accounts that a case or a caller plan names, with what their owners were called."""

from collections.abc import Iterator

from models.cases.caller_plan import CallerPlan
from models.cases.case import Case

Named = tuple[str, str]


def named_in_case(case: Case) -> Iterator[Named]:
    """Who has or had it, wrote in it, or said what came of a task."""
    yield from ((one.by, one.name) for one in case.story)
    yield from ((one.by, one.name) for one in case.steps)
    yield from ((one.to, one.name) for one in case.given)


def named_in_plan(plan: CallerPlan) -> Iterator[Named]:
    """Who worded it, signed it, or is named in it as the caller's own counsellor."""
    for one in plan.versions:
        yield one.by, one.name
        yield one.agreed_by, one.agreed_name
        yield one.text.counsellor, one.text.counsellor_name


def counsellor_name(case: Case) -> str:
    """What whoever has the case is called; the account's id where nobody said a name."""
    given = (one.name for one in reversed(case.given) if one.to == case.counsellor)
    return next(given, "") or case.counsellor
