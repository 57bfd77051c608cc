"""The key database: wrapped pages of record keys, and opening it with the master key."""

import secrets
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import Engine, insert, select, update
from sqlalchemy.exc import DBAPIError

from models.clock import Clock
from server.central.sealing.pages import Change, Master, Unsealable
from server.central.sealing.sealing import OWN_NAME, OWN_PAGE, Sealing
from server.central.storage.engine import DatabaseTrouble, reading, writing
from server.central.storage.tables.keys import key_metadata, key_page
from server.central.storage.upsert import put_missing

_SECRET_BYTES = 32


@dataclass(frozen=True, slots=True)
class KeyPages:
    """The pages of a key database."""

    engine: Engine

    def add(self, pages: dict[int, bytes]) -> None:
        """Keep new pages; they are on the disk when this returns."""
        with writing(self.engine) as connection:
            rows = [{"id": page, "wrapped": wrapped} for page, wrapped in pages.items()]
            connection.execute(insert(key_page), rows)

    def find(self, ids: Collection[int]) -> dict[int, bytes]:
        """Those of the pages that exist."""
        with reading(self.engine) as connection:
            found = connection.execute(select(key_page).where(key_page.c.id.in_(ids)))
            return {row.id: bytes(row.wrapped) for row in found}

    def rewrite(self, page: int, change: Change) -> None:
        """Replace a page by what `change` makes of it, and leave nothing of the old one behind."""
        this = key_page.c.id == page
        with writing(self.engine) as connection:
            wrapped = connection.scalar(select(key_page.c.wrapped).where(this).with_for_update())
            if wrapped is not None:
                connection.execute(update(key_page).where(this).values(wrapped=change(bytes(wrapped))))
        self._forget()

    def has_beside(self, page: int) -> bool:
        """True where there is any other page."""
        with reading(self.engine) as connection:
            return connection.scalar(select(key_page.c.id).where(key_page.c.id != page).limit(1)) is not None

    def close(self) -> None:
        """Nobody asks any more for now."""
        self.engine.dispose()

    def _forget(self) -> None:
        # What a database replaced lies in its file until it is swept.
        sqlite = self.engine.dialect.name == "sqlite"
        with self.engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
            for statement in _SWEEP_SQLITE if sqlite else _SWEEP_POSTGRESQL:
                connection.exec_driver_sql(statement)


_SWEEP_SQLITE = ("PRAGMA wal_checkpoint(TRUNCATE)", "VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)")
_SWEEP_POSTGRESQL = ("VACUUM FULL key_page",)


def open_sealing(engine: Engine, master: Master, clock: Clock) -> Sealing:
    """Sealing with the keys of a database, made where there is none yet.

    Raises DatabaseTrouble: `unreachable`, or `master` where its pages were wrapped by another master key.
    """
    try:
        with writing(engine) as connection:
            key_metadata.create_all(connection)
            own = {"id": OWN_PAGE, "wrapped": master.wrap(OWN_NAME, secrets.token_bytes(_SECRET_BYTES))}
            put_missing(connection, key_page, [own])
            wrapped = connection.scalar(select(key_page.c.wrapped).where(key_page.c.id == OWN_PAGE))
        return Sealing(KeyPages(engine), master, clock, master.unwrap(OWN_NAME, bytes(wrapped or b"")))
    except DBAPIError as error:
        raise DatabaseTrouble("unreachable", str(error.orig).strip()) from error
    except Unsealable as error:
        raise DatabaseTrouble("master") from error
