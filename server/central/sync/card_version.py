"""Which version a card takes: what is made of records for others has no acts of its own to count."""

from zlib import crc32

import orjson

from models.codec import Document

_VERSIONS = 1024


def version_after(before: int, document: Document) -> int:
    """A later version, which says something of the content.

    A server that is put back, and told nothing of it, counts the same again: a reader whose cursor was
    overtaken meanwhile could not tell two cards of one version apart.
    """
    return before + 1 + crc32(orjson.dumps(document, option=orjson.OPT_SORT_KEYS)) % _VERSIONS
