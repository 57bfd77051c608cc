"""Rights that end by themselves: own records after their time, grants after theirs."""

from dataclasses import dataclass, replace
from datetime import datetime

from models.access.matrix import Entity, Matrix
from models.sync.feeds import OWN_RECORDS
from server.central.access.age import OWN, oldest_in_view
from server.central.access.gates import close_gates_of
from server.central.access.granting import withdraw_over
from server.central.storage.access import aged, locked_mark, move_mark
from server.central.storage.engine import Database, Transaction, written
from server.central.storage.feeds import place, placed_records

_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Expiry:
    """Takes out of the feeds what their owners may read no longer.

    Any number of processes may do it at once: how far it has come is in the database, locked while one of
    them goes on.
    """

    engine: Database
    rights: Matrix

    def step(self, now: datetime) -> int:
        """Withdraw all that is over at a moment of the server's time; gives how many records and grants."""
        done = 0
        for entity in OWN:
            done += self._all_of(entity, now)
        while count := withdraw_over(self.engine, now):
            done += count
        return done

    def _all_of(self, entity: Entity, now: datetime) -> int:
        horizon = oldest_in_view(self.rights, entity, now)
        done = 0
        if horizon is not None:
            until = horizon.timestamp()
            while count := written(self.engine, lambda transaction: _aged_out(transaction, entity, until)):
                done += count
        return done


def _aged_out(transaction: Transaction, entity: Entity, until: float) -> int:
    """Take the next records of a type out of their authors' feeds; gives how many there were to look at."""
    mark = f"aged_{entity}"
    records = aged(transaction, entity, locked_mark(transaction, mark), until, _AT_ONCE)
    if not records:
        return 0
    close_gates_of(transaction, {one.site for one in records})
    standing = placed_records(transaction, [one.key for one in records])
    own = [replace(one, gone=True) for one in standing if one.feed.startswith(OWN_RECORDS)]
    place(transaction, own, standing)
    move_mark(transaction, mark, records[-1].taken, records[-1].id)
    return len(records)
