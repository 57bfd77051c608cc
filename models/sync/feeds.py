"""Which feeds exist: the unit of rights and of what is shown (sync.md)."""

from models.people.operator import Operator, Role

OWN_RECORDS = "op:"
ALERTS = "alert:"
GRANTS = "grant:"


def own_feed(operator: str) -> str:
    """Own records in full."""
    return f"{OWN_RECORDS}{operator}"


def line_feed(site: str) -> str:
    """Caller cards: what a console needs at a ring."""
    return f"line:{site}"


def shift_feed(site: str) -> str:
    """Note cards without text, for leads."""
    return f"shift:{site}"


def alert_feed(site: str) -> str:
    """Full records of calls that reached R3 or R4, for leads."""
    return f"{ALERTS}{site}"


def due_feed(site: str) -> str:
    """Calls that the hotline owes somebody, for everybody who takes calls."""
    return f"due:{site}"


def case_feed(site: str) -> str:
    """Cases, and what is asked of leads about callers, for leads."""
    return f"case:{site}"


def held_feed(site: str) -> str:
    """Cards of acts that wait for a lead, without their words."""
    return f"held:{site}"


def staff_feed(site: str) -> str:
    """Cards of everybody who works or worked at a site, for everybody who takes calls."""
    return f"staff:{site}"


def grant_feed(account: str) -> str:
    """Records that somebody was granted for a time, with the grants."""
    return f"{GRANTS}{account}"


def feeds_of(operator: Operator) -> tuple[str, ...]:
    """All feeds an operator may pull; an administrator and a gateway have no clinical feed."""
    if Role.OPERATOR not in operator.roles and not operator.leads:
        return ()
    feeds = [own_feed(operator.id), grant_feed(operator.id), line_feed(operator.site)]
    feeds += [due_feed(operator.site), staff_feed(operator.site)]
    if operator.leads:
        feeds += [
            shift_feed(operator.site),
            alert_feed(operator.site),
            held_feed(operator.site),
            case_feed(operator.site),
        ]
    return tuple(sorted(feeds))
