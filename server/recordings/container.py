"""A locked recording as one file: its label in clear, its wrapped key, its sealed pieces."""

import json
import struct
from dataclasses import dataclass
from typing import BinaryIO

from models.codec import from_document, to_document
from models.recordings.label import Label
from server.recordings.locking import Broken, sealed_size

MAGIC = b"xinqiao recording 1\n"
_LENGTHS = struct.Struct(">II")
_MOST_LABEL, _MOST_KEY = 1 << 20, 1 << 10


@dataclass(frozen=True, slots=True)
class Head:
    """The beginning of such a file: the label as it was bound, the wrapped key, where the pieces begin."""

    label: bytes
    wrapped: bytes
    offset: int

    @property
    def said(self) -> Label:
        """What the label says. Raises Broken."""
        return read_label(self.label)


def write_label(label: Label) -> bytes:
    """A label as the bytes that are bound to the sound."""
    return json.dumps(to_document(label), sort_keys=True, separators=(",", ":")).encode()


def read_label(label: bytes) -> Label:
    """What a label says. Raises Broken."""
    try:
        return from_document(Label, json.loads(label))
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise Broken("label") from error


def head_bytes(label: bytes, wrapped: bytes) -> bytes:
    """The beginning of the file."""
    return MAGIC + _LENGTHS.pack(len(label), len(wrapped)) + label + wrapped


def read_head(file: BinaryIO, size: int) -> Head:
    """The beginning of a file of that many bytes; that it is whole is checked too. Raises Broken."""
    begin = file.read(len(MAGIC) + _LENGTHS.size)
    if len(begin) != len(MAGIC) + _LENGTHS.size or not begin.startswith(MAGIC):
        raise Broken("magic")
    label_size, key_size = _LENGTHS.unpack_from(begin, len(MAGIC))
    if label_size > _MOST_LABEL or key_size > _MOST_KEY:
        raise Broken("head")
    label, wrapped = file.read(label_size), file.read(key_size)
    if len(label) != label_size or len(wrapped) != key_size:
        raise Broken("head")
    head = Head(label, wrapped, len(begin) + label_size + key_size)
    if size != head.offset + sealed_size(head.said.size):
        raise Broken("size")
    return head
