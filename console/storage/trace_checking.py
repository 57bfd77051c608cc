"""Checking the trace in an operator's file: chains, and what the server vouched for."""

from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Row, create_engine, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import StaticPool

from console.storage import meta
from console.storage.chains import hash_at
from console.storage.connecting import connect_reading, reason
from console.storage.tables.trace import trace_chain, trace_entry
from console.storage.trace import known_successions
from console.storage.trace_values import CheckedChain
from models.trace.chain import Broken, Fault, Link, Place, beginning, verify
from models.trace.receipt import Receipt
from models.trace.signature import is_signed
from models.trace.succession import kin


def check_trace(path: Path, key: bytes, server_key: str = "") -> tuple[CheckedChain, ...]:
    """Check every chain that is kept, oldest first; the console may be running.

    `server_key` is the server's public key (base64) from a safe place; without it the one that came with the
    first receipt counts. Raises StorageError where the file cannot be read.
    """
    import sqlcipher3

    engine = create_engine(
        "sqlite+pysqlite://",
        module=sqlcipher3,
        creator=lambda: connect_reading(path, key),
        poolclass=StaticPool,
    )
    try:
        with engine.begin() as connection:
            connection.exec_driver_sql("BEGIN")
            present = server_key or meta.get(connection, "receipt_key")
            known = kin(present, known_successions(connection))
            chains = connection.execute(select(trace_chain).order_by(trace_chain.c.place)).all()
            return tuple(_checked(connection, chain, known) for chain in chains)
    except DBAPIError as error:
        raise reason(error.orig, path) from error
    finally:
        engine.dispose()


def _checked(connection: Connection, chain: Row[Any], keys: frozenset[str]) -> CheckedChain:
    query = select(trace_entry).where(trace_entry.c.epoch == chain.epoch).order_by(trace_entry.c.n)
    links = [Link(row.n, row.text, row.hash) for row in connection.execute(query)]
    kept = Place(chain.kept_n, chain.kept_head)
    start = beginning(chain.epoch, chain.operator, chain.workstation)
    broken = verify(kept, links, Place(chain.n, chain.head))
    if broken is None and kept.n == start.n and kept != start:
        broken = Broken(0, Fault.ALTERED)
    if broken is None and chain.receipt_n:
        broken = _against_receipt(chain, hash_at(connection, chain, chain.receipt_n), keys)
    if broken is None and chain.fault:
        broken = Broken(chain.fault_n, Fault(chain.fault))
    return CheckedChain(chain.epoch, len(links), chain.n, chain.receipt_n, broken)


def _against_receipt(chain: Row[Any], here: str | None, keys: frozenset[str]) -> Broken | None:
    place = Place(chain.receipt_n, chain.receipt_head)
    at = datetime.fromisoformat(chain.receipt_at)
    receipt = Receipt(chain.epoch, place, at, chain.receipt_key, chain.receipt_signature)
    if receipt.key not in keys or not is_signed(receipt.text, receipt.signature, receipt.key):
        return Broken(place.n, Fault.SIGNATURE)
    if place.n > chain.n:
        return Broken(chain.n + 1, Fault.CUT)
    return None if here == place.head else Broken(place.n, Fault.RESTAMPED)
