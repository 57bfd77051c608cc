"""What the list of records shows, and the rule of its search."""

from dataclasses import dataclass
from datetime import datetime

from models.cases.closing import RecordState


@dataclass(frozen=True, slots=True)
class RecordView:
    """One record of mine: the number is masked, ``level`` is a code or RX."""

    id: str
    at: datetime
    number: str
    category: str
    level: str
    state: RecordState


def matches(record: RecordView, wanted: str) -> bool:
    """Tell whether a record fits what is searched: a time such as ``2:3`` by its beginning, digits by the
    number's tail, other words by the category. Full-width digits and colons count as plain ones."""
    text = wanted.strip().translate(_PLAIN).casefold()
    if not text:
        return True
    if ":" in text:
        return any(
            shown.startswith(text) for shown in (f"{record.at:%H:%M}", f"{record.at.hour}:{record.at:%M}")
        )
    if text.isdigit():
        return "".join(filter(str.isdigit, record.number)).endswith(text)
    return text in record.category.casefold()


_PLAIN = str.maketrans("０１２３４５６７８９：", "0123456789:")
