"""Parameters as PostgreSQL reads them, made without the detours of the driver's general way."""

from struct import Struct
from typing import Any

from psycopg import Connection
from psycopg.adapt import Dumper
from psycopg.postgres import types
from psycopg.pq import Format
from psycopg.types.string import BytesBinaryDumper

_TEXT = types["text"]
_HEAD = Struct("!iiIii")
_LENGTH = Struct("!i")


class Texts(list[str]):
    """Many texts as one parameter, an array."""


class _TextsDumper(Dumper):
    """Writes the binary form of `text[]`: one dimension, no nulls, the first place is 1."""

    format = Format.BINARY
    oid = _TEXT.array_oid

    def dump(self, obj: Texts) -> bytes:
        """The array."""
        parts = [_HEAD.pack(1, 0, _TEXT.oid, len(obj), 1)]
        for text in obj:
            content = text.encode()
            parts += (_LENGTH.pack(len(content)), content)
        return b"".join(parts)


def prepare(connection: Connection[Any]) -> None:
    """Let a connection take such parameters, and bytes without asking whether they are the DBAPI's."""
    connection.adapters.register_dumper(Texts, _TextsDumper)
    connection.adapters.register_dumper(bytes, BytesBinaryDumper)
