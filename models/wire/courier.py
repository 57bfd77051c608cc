"""The courier: what nobody has sent yet, sealed to the server, carried by the workstation itself."""

from typing import Annotated

from pydantic import Field, ValidationError

from models.wire.base import Message
from models.wire.sync import MOST_OPERATIONS, PushedOperation

MOST_CARRIED = 4 * MOST_OPERATIONS
"""How many operations one courier carries at most."""


class TooMany(ValueError):
    """There are more operations in a courier than one may carry."""


class Courier(Message):
    """What is inside: the waiting operations of one operator under the numbers of their outbox.

    In order, without gaps; at most 2,000, and 8 MiB unpacked. Whoever has more makes several couriers.
    """

    operator: Annotated[str, Field(min_length=1, max_length=64)]
    epoch: Annotated[str, Field(min_length=8, max_length=64)]
    # At the first fault it is read no further.
    ops: Annotated[tuple[PushedOperation, ...], Field(min_length=1, max_length=MOST_CARRIED, fail_fast=True)]

    @classmethod
    def read(cls, content: bytes) -> "Courier":
        """The courier of a JSON text. Raises TooMany, and ValueError for anything that is none."""
        try:
            return cls.model_validate_json(content)
        except ValidationError as error:
            if any((fault["type"], fault["loc"]) == ("too_long", ("ops",)) for fault in error.errors()):
                raise TooMany("operations") from error
            raise


class Sealed(Message):
    """A courier on its way.

    `sealed` (base64) is HPKE (X25519, HKDF-SHA-256, AES-256-GCM) over gzip JSON of Courier, sealed to the
    server's courier key with info "xinqiao courier 1"; `signature` (base64) is the workstation's Ed25519
    signature over the sealed bytes.
    """

    workstation: Annotated[str, Field(min_length=1, max_length=64)]
    sealed: str
    signature: Annotated[str, Field(max_length=128)]


class Carried(Message):
    """The operations (their ids) that the server holds now; nothing else of a courier comes back."""

    ops: tuple[str, ...]
