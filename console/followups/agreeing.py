"""What is agreed with a person about being called: a series, another arrangement, an end, no contact."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from console.followups.owing import Owing
from console.session.identity import Identity
from models.clock import Clock
from models.codec import to_document
from models.followups import contact
from models.followups.dates import Calendar
from models.followups.followup import Arrangement, Consent, Ending, Followup, Series
from models.followups.reduce_followup import followup_id


@dataclass(frozen=True, slots=True)
class About:
    """The call that a follow-up comes of: its id, note and number, when it ended, how high its risk was."""

    call: str
    note: str
    number: str
    since: datetime
    level: str = ""
    person: str = ""
    case: str = ""


class Agreeing:
    """Lives on the io thread."""

    def __init__(self, owing: Owing, clock: Clock, identity: Identity, calendar: Calendar) -> None:
        self._owing = owing
        self._clock = clock
        self._identity = identity
        self._calendar = calendar

    def agree(self, about: About, agreed: Arrangement, series: Series) -> str:
        """Make the follow-up of a note; gives its id, "" where the person did not agree to one.

        What was agreed before with the person is replaced by it.

        For a note that has one already, only the arrangement is said anew. Agreeing takes a wish for no
        contact back: the person says so themselves.
        """
        if agreed.consent is not Consent.AGREED:
            return ""
        known = self._owing.followup_of(about.note)
        keys = self._keys(about, agreed)
        self._take_back(keys)
        if known is not None:
            if known.agreed != agreed:
                self._owing.act(known, "amend", {"agreed": to_document(agreed)})
            return known.id
        me = self._identity.operator
        due = self._calendar.dates(about.since, series.days, agreed.windows)
        for other in self._owing.open_series(keys):
            self._owing.act(other, "end", {"how": Ending.REPLACED})
        made = Followup(
            *(followup_id(about.note), about.call, about.note, me.site, me.id, me.name, about.number),
            *(self._clock.now(), about.since, due, series, agreed),
            level=about.level,
            person=about.person,
            case=about.case,
        )
        self._owing.add(made)
        return made.id

    def end(self, followup: str, reason: str, how: Ending = Ending.WITHDRAWN) -> None:
        """End a series without a call, with a reason."""
        known = self._owing.get(followup)
        if isinstance(known, Followup) and (reason.strip() or how is Ending.LOST):
            self._owing.act(known, "end", {"how": how, "reason": reason})

    def saw(self, followup: str) -> None:
        """Its author has looked at what others brought back."""
        known = self._owing.get(followup)
        if isinstance(known, Followup) and known.unseen:
            self._owing.act(known, "seen", {"attempts": [one.op for one in known.unseen]})

    def stop(self, keys: Iterable[str], call: str = "", words: str = "") -> None:
        """The person wishes no contact any more: nothing is due, nobody calls, whoever answers sees it."""
        wished = frozenset(key for key in keys if key)
        body = {"site": self._identity.operator.site, "call": call, "words": words}
        for key in sorted(wished):
            self._owing.wish(contact.STOP, key, body)
        for known in self._owing.open_series(wished):
            self._owing.act(known, "end", {"how": Ending.STOPPED, "reason": words})

    def allow(self, owed: str, reason: str, hours: int = 24) -> None:
        """A lead lets somebody call in spite of the wish, for so many hours at most, with a reason."""
        known = self._owing.get(owed)
        if known is None or not reason.strip() or not self._identity.operator.leads:
            return
        for key in self._owing.keys_of(known):
            wish = self._owing.contact(key)
            if wish is not None and wish.stopped is not None:
                self._owing.wish(contact.ALLOW, key, {"reason": reason, "hours": hours})

    def _take_back(self, keys: frozenset[str]) -> None:
        for key in sorted(keys):
            wish = self._owing.contact(key)
            if wish is not None and wish.stopped is not None:
                stops = [one.op for one in wish.stops if not one.resumed]
                self._owing.wish(contact.RESUME, key, {"stops": stops})

    def _keys(self, about: About, agreed: Arrangement) -> frozenset[str]:
        numbers = map(self._owing.key_of, (about.number, agreed.number))
        return frozenset(key for key in (about.person, *numbers) if key)
