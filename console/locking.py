"""A locked seat: who opens it again, and that it was locked, opened or tried in vain, for the trace."""

from console.session.renewing import Renewal
from console.session.service import SessionService, SignInRefused
from console.session.signed_in import SignedIn
from console.sync.accounts import Wish
from console.workstation import Workstation
from models.trace.entry import Act


def traced(station: Workstation | None, act: Act) -> None:
    """Write into the trace of this seat what was done with its lock; nothing while nobody is signed in."""
    if station is not None:
        me = station.identity
        station.seeing.came(act, me.operator.id, me.seat)


async def unlock(
    sessions: SessionService, station: Workstation, renewal: Renewal, wish: Wish, former: str
) -> SignedIn | bool:
    """True if this is the password of who is signed in; a new sign-in where the former one has ended, because
    the server's word counts then. Raises SignInRefused.
    """
    opened: SignedIn | bool
    try:
        if renewal.ended:
            opened = await sessions.sign_in(wish, former)
        else:
            opened = await sessions.unlock(wish.operator, wish.password)
    except SignInRefused:
        traced(station, Act.FAILED)
        raise
    traced(station, Act.UNLOCKED if opened else Act.FAILED)
    return opened
