"""Refresh tokens, by their hashes only."""

from dataclasses import dataclass

from sqlalchemy import Connection, Engine, Row, delete, insert, select, update

from models.people.refreshing import Family, Verdict, judge
from server.central.storage.engine import writing, written
from server.central.storage.tables import refresh_family, refresh_token


@dataclass(frozen=True, slots=True)
class Holder:
    """Whose tokens these are: the account, the workstation and the seat of the sign-in."""

    account: str
    workstation: str
    seat: str


def open_family(
    engine: Engine, family: str, holder: Holder, token: str, now: float, expires_at: float
) -> None:
    """The first token of a sign-in (its hash); forgets families that are over. Seconds since 1970."""
    with writing(engine) as connection:
        over = select(refresh_family.c.id).where(refresh_family.c.expires_at < now)
        connection.execute(delete(refresh_token).where(refresh_token.c.family.in_(over)))
        connection.execute(delete(refresh_family).where(refresh_family.c.expires_at < now))
        row = {
            "id": family,
            "account": holder.account,
            "workstation": holder.workstation,
            "seat": holder.seat,
            "generation": 1,
            "former": "",
            "rotated_at": now,
            "expires_at": expires_at,
            "revoked": False,
        }
        connection.execute(insert(refresh_family), [row])
        _add_token(connection, token, family, 1)


def use_token(
    engine: Engine, token: str, successor: str, workstation: str, now: float, expires_at: float
) -> Holder | None:
    """Exchange a token for its successor (hashes) at its own workstation; None where it is worth nothing.

    A token that was used before, or comes from elsewhere, ends all tokens of its sign-in.
    """

    def work(connection: Connection) -> Holder | None:
        known = connection.execute(select(refresh_token).where(refresh_token.c.hash == token)).first()
        if known is None:
            return None
        mine = refresh_family.c.id == known.family
        family = connection.execute(select(refresh_family).where(mine).with_for_update()).first()
        # Gone where a sign-in has just forgotten what was over.
        if family is None or family.revoked or family.expires_at < now:
            return None
        state = Family(family.generation, family.former, family.rotated_at)
        verdict = judge(state, token, known.generation, now)
        if family.workstation != workstation or verdict is Verdict.REUSED:
            connection.execute(update(refresh_family).where(mine).values(revoked=True))
            return None
        _exchange(connection, family, verdict, token, successor, now, expires_at)
        return Holder(family.account, family.workstation, family.seat)

    return written(engine, work)


def revoke_families(engine: Engine, account: str, but_at: str | None = None) -> None:
    """The tokens of an account are worth nothing any more, except those at one workstation."""
    theirs = refresh_family.c.account == account
    if but_at is not None:
        theirs &= refresh_family.c.workstation != but_at
    with writing(engine) as connection:
        connection.execute(update(refresh_family).where(theirs).values(revoked=True))


def _exchange(
    connection: Connection,
    family: Row[tuple[object, ...]],
    verdict: Verdict,
    token: str,
    successor: str,
    now: float,
    expires_at: float,
) -> None:
    generation = family.generation
    if verdict is Verdict.ROTATE:
        generation += 1
        values = {"generation": generation, "former": token, "rotated_at": now, "expires_at": expires_at}
        mine = refresh_family.c.id == family.id
        connection.execute(update(refresh_family).where(mine).values(**values))
    _add_token(connection, successor, family.id, generation)


def _add_token(connection: Connection, token: str, family: str, generation: int) -> None:
    connection.execute(insert(refresh_token), [{"hash": token, "family": family, "generation": generation}])
