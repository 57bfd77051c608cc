"""What a grant of a note covers: the note itself, its call, its assessment, its referrals."""

from models.people.operator import Operator
from server.central.storage.engine import Transaction
from server.central.storage.records import Kept, Key, Outline, find_records, records_of_calls


def note_of(transaction: Transaction, key: Key) -> Kept | None:
    """The note that a record is or belongs to; None where there is none."""
    found = find_records(transaction, [key]).get(key)
    if found is None or found.type == "note":
        return found
    return find_records(transaction, [("note", found.note)]).get(("note", found.note)) if found.note else None


def took_part(transaction: Transaction, reader: Operator, note: Kept) -> bool:
    """Whether somebody wrote a note of the same call too: the conversation was handed on between them."""
    records = records_of_calls(transaction, [note.call])
    return any((one.type, one.author, one.site) == ("note", reader.id, note.site) for one in records)


def covered(transaction: Transaction, note: str, call: str, site: str) -> list[Outline]:
    """All that somebody reads who may read the note."""
    return [
        kept
        for kept in records_of_calls(transaction, [call])
        if kept.site == site and (kept.key == ("note", note) or kept.note == note or kept.type == "call")
    ]
