"""How long a note may be: what goes to the server as one act has a limit, said before it is reached."""

import json
import re

from models.codec import to_document
from models.notes.note import NoteBody

MOST_CHARACTERS = 200_000
"""Of one field: more than anybody types in a call, less than what a pasted book has."""

_MOST_BYTES = 2 * 1024 * 1024 - 4096
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def fits(body: NoteBody) -> bool:
    """True where the whole text can be taken as one act."""
    text = json.dumps(to_document(body), ensure_ascii=False)
    # A character has four bytes at most: the common case needs no second text.
    return len(text) * 4 <= _MOST_BYTES or len(text.encode(errors="replace")) <= _MOST_BYTES


def storable(text: str) -> str:
    """The text as every database takes it: U+0000 and lone surrogates as U+FFFD."""
    return _UNSTORABLE.sub("\ufffd", text)
