"""The failures that make somebody wait before trying again; they survive restarts."""

import math
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Connection, Engine, delete, update

from server.central.storage.engine import writing, written
from server.central.storage.tables import sign_in_failure
from server.central.storage.upsert import lock_row

_FORGOTTEN_AFTER = 24 * 3600.0


@dataclass(frozen=True, slots=True)
class Attempt:
    """Whether an attempt may be looked at now; seconds to wait, for it or, should it fail, for the next.

    `failures` counts this one already.
    """

    allowed: bool
    wait_seconds: int
    failures: int = 0


def count_attempt(
    engine: Engine, name: str, device: str, now: float, wait_after: Callable[[int], int]
) -> Attempt:
    """Count one more attempt as failed until `forget_attempts` says otherwise, before it is looked at.

    So attempts side by side cannot share one count. `now` in seconds since 1970. Forgets those of others
    that are a day old.
    """
    table = sign_in_failure
    mine = (table.c.name == name) & (table.c.device == device)
    blank = {"name": name, "device": device, "failures": 0, "wait_until": now}

    def work(connection: Connection) -> Attempt:
        connection.execute(delete(table).where(table.c.wait_until < now - _FORGOTTEN_AFTER))
        known = lock_row(connection, table, blank)
        if now < known.wait_until:
            return Attempt(False, math.ceil(known.wait_until - now))
        failures = known.failures + 1
        wait = wait_after(failures)
        connection.execute(update(table).where(mine).values(failures=failures, wait_until=now + wait))
        return Attempt(True, wait, failures)

    return written(engine, work)


def take_back(engine: Engine, name: str, device: str, now: float, counted: Attempt) -> None:
    """This attempt was no failure, but no success that forgets the others either."""
    table = sign_in_failure
    # Where another attempt was counted meanwhile, both stand: at worst somebody waits a little too long.
    mine = (table.c.name == name) & (table.c.device == device) & (table.c.failures == counted.failures)
    with writing(engine) as connection:
        connection.execute(update(table).where(mine).values(failures=counted.failures - 1, wait_until=now))


def forget_attempts(engine: Engine, name: str, device: str) -> None:
    """Nothing stands against this name at this device any more."""
    table = sign_in_failure
    with writing(engine) as connection:
        connection.execute(delete(table).where(table.c.name == name, table.c.device == device))


def lift_attempts(engine: Engine, name: str) -> None:
    """Nothing stands against this name anywhere any more."""
    with writing(engine) as connection:
        connection.execute(delete(sign_in_failure).where(sign_in_failure.c.name == name))
