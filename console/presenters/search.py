"""The search box: wishes to the service, what was found to the panel."""

from collections.abc import Callable, Coroutine
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from console.access.service import Asked
from console.lead.service import FullRecord
from console.presenters.asking import ask_view
from console.presenters.bridge import Bridge
from console.presenters.known_hits import known_view
from console.presenters.reading import RecordTexts
from console.presenters.times import local
from console.presenters.window import Parts
from console.runtime.reach import Reach
from console.runtime.store import Store
from console.search.service import Found, Opened, Stage
from console.storage.found import Choices, Hit
from console.storage.values import Indexing
from console.workstation import Workstation
from models.access.reasons import UnmaskReason
from models.calls.call import Call
from models.clock import Clock
from models.notes.card import NoteCard
from models.people.number import mask
from models.referrals.referral import Referral
from models.risk.assessment import Assessment
from models.search.query import Snippet, parse
from models.search.texts import CALL
from models.search.wish import Filters, Wish
from resources.hotline import Hotline
from resources.places import english
from resources.texts import language, t
from widgets.base.levels import level_text
from widgets.main_window import MainWindow
from widgets.search.view import FilterChoices, HitView, Period, Standing, Wanted

_DAYS = {Period.TODAY: 0, Period.WEEK: 6, Period.MONTH: 27}
_OWN_FIELDS = ("log", "incomplete_reason", "addendum", "plan", "target_name", "text", "detail")


class SearchPresenter:
    """Shows pages of hits and a record to be read; nothing of it stays when the box is closed."""

    def __init__(
        self,
        bridge: Bridge,
        here: tuple[Store[Reach], Workstation],
        parts: Parts,
        hotline: Hotline,
        clock: Clock,
    ) -> None:
        reach, station = here
        self._bridge = bridge
        self._station = station
        self._panel = parts.search
        self._reader = parts.found
        self._hotline = hotline
        self._clock = clock
        self._texts = RecordTexts(hotline)
        self._found = Found()
        self._indexing = Indexing()
        self._reach = Reach()
        self._opened: Opened | None = None
        self._wanted: NoteCard | None = None
        self._asked = Asked()
        self._shown: frozenset[str] = frozenset()
        self._listen(reach, parts.window)

    def _listen(self, reach: Store[Reach], window: MainWindow) -> None:
        bridge, station = self._bridge, self._station
        service = station.search
        window.search_opened.connect(lambda: self._spawn(service.begin))
        window.search_closed.connect(self._leave)
        self._panel.wanted.connect(self._wish)
        self._panel.more_wanted.connect(lambda: self._spawn(service.more))
        self._panel.open_wanted.connect(lambda call, note: self._spawn(service.open, call, note))
        self._panel.away_wanted.connect(lambda: bridge.wish(service.put_away))
        self._reader.unmask_wanted.connect(self._unmask)
        bridge.show(station.access.unmasked, self._show_unmasked)
        bridge.show(service.found, self._show_found)
        bridge.show(service.opened, self._show_opened)
        self._reader.ask_wanted.connect(self._ask)
        bridge.show(service.wanted, self._show_wanted)
        bridge.show(station.access.asked, self._show_asked)
        bridge.show(service.choices, self._show_choices)
        bridge.show(service.indexing, self._show_indexing)
        bridge.show(reach, self._show_reach)

    def _spawn(self, act: Callable[..., Coroutine[Any, Any, object]], *given: object) -> None:
        station = self._station
        self._bridge.wish(lambda: station.spawn(act(*given)))

    def _leave(self) -> None:
        self._panel.clear()
        self._spawn(self._station.search.leave)

    def _wish(self, wanted: Wanted) -> None:
        filters = Filters(
            since=self._since(wanted.period),
            author=wanted.author,
            level=wanted.level,
            category=wanted.category,
            city=wanted.city,
            kind=wanted.kind,
        )
        self._spawn(self._station.search.look, Wish(wanted.text, filters))

    def _since(self, period: Period) -> datetime | None:
        if period not in _DAYS:
            return None
        today = local(self._clock.now()).replace(hour=0, minute=0, second=0, microsecond=0)
        return today - timedelta(days=_DAYS[period])

    def _show_found(self, found: Found) -> None:
        self._found = found
        if found.stage is not Stage.SEARCHING:
            masked = () if found.more else tuple(map(self._masked, found.cards))
            self._panel.show_hits((*map(self._view, found.hits), *masked), found.more)
        self._say()

    def _show_opened(self, opened: Opened | None) -> None:
        self._opened = opened
        self._show_record()
        self._panel.show_reading(opened is not None or self._wanted is not None)

    def _show_wanted(self, card: NoteCard | None) -> None:
        self._wanted = card
        self._show_record()
        self._panel.show_reading(card is not None or self._opened is not None)

    def _show_asked(self, asked: Asked) -> None:
        self._asked = asked
        self._show_record()

    def _ask(self, note: str, reason: str, hours: int) -> None:
        self._spawn(self._station.ask_for, note, reason, hours)

    def _show_unmasked(self, calls: frozenset[str]) -> None:
        self._shown = calls
        self._show_record()

    def _show_record(self) -> None:
        opened = self._opened
        if opened is None:
            self._reader.show_record(None)
        else:
            who = self._who(opened.note.author)
            self._reader.show_record(self._texts.of(_full(opened), who, self._shown))
        card = self._wanted if opened is None else None
        asking = ask_view(card, self._who(card.author), self._station.access, self._asked) if card else None
        self._reader.show_ask(asking)

    def _unmask(self, reason: str) -> None:
        opened = self._opened
        call = _full(opened).call if opened is not None else None
        if opened is not None and call is not None:
            given = (call, opened.note, opened.beside, UnmaskReason(reason))
            self._bridge.wish(partial(self._station.access.unmask, *given))

    def _show_choices(self, choices: Choices) -> None:
        self._panel.show_choices(
            FilterChoices(
                tuple((code, self._texts.name("call_category", code)) for code in choices.categories),
                tuple((author, self._who(author)) for author in choices.authors),
                tuple((city, _city(city)) for city in choices.cities),
            )
        )

    def _show_indexing(self, indexing: Indexing) -> None:
        self._indexing = indexing
        self._say()

    def _show_reach(self, reach: Reach) -> None:
        self._reach = reach
        self._say()

    def _say(self) -> None:
        text, tone = self._words()
        left, total = self._indexing.left, self._indexing.total
        self._panel.show_standing(
            Standing(
                text,
                tone,
                self._caller(),
                t("search.indexing", left=left, total=total) if left else "",
                t("search.off_line") if self._reach.up is False else "",
            )
        )

    def _words(self) -> tuple[str, str]:
        found = self._found
        if found.stage is Stage.TROUBLE:
            return t("search.stage_trouble"), "care"
        if found.stage is not Stage.DONE:
            return t(f"search.stage_{found.stage}"), "soft"
        if not found.hits and not found.cards:
            return t("search.stage_none_lead" if self._offers() else "search.stage_none"), "plain"
        if found.cards:
            return t("search.count_masked", n=len(found.hits), m=len(found.cards)), "soft"
        return t("search.count_more" if found.more else "search.count", n=len(found.hits)), "soft"

    def _offers(self) -> bool:
        """Words find nothing in texts that are not here; who leads is told how to find the records."""
        return bool(self._found.wish.text.strip() and self._station.access.longest_hours())

    def _masked(self, card: NoteCard) -> HitView:
        return HitView(
            id=f"card/{card.id}",
            call=card.call,
            note=card.id,
            at=local(card.opened_at),
            who=self._who(card.author),
            kind=t("search.kind_note"),
            category=self._texts.name("call_category", card.category),
            level=card.level or "RX",
            where="",
            text=t("search.masked"),
        )

    def _caller(self) -> str:
        card = self._found.caller
        if card is None:
            return ""
        number = mask(parse(self._found.wish.text).number)
        return t("search.caller", number=number, n=card.calls, level=level_text(card.last_level or "RX"))

    def _view(self, hit: Hit) -> HitView:
        if hit.whose is not None:
            return known_view(hit, hit.whose)
        note, snippet = hit.note, hit.snippet or Snippet("", hit.number)
        author = note.author if note else ""
        at = note.opened_at if note else self._clock.now()
        where, text, marks = self._said(hit.type, snippet)
        return HitView(
            id=f"{hit.type}/{hit.id}",
            call=note.call if note else "",
            note=note.id if note else "",
            at=local(at),
            who=self._who(author),
            kind=t(f"search.kind_{hit.type}"),
            category=self._texts.name("call_category", note.body.category) if note else "",
            level=hit.level,
            where=where,
            text=text,
            marks=marks,
        )

    def _said(self, kind: str, snippet: Snippet) -> tuple[str, str, tuple[tuple[int, int], ...]]:
        """The name of the field, and its text; a code that was found is shown with its label."""
        if kind == CALL:
            return "", snippet.text, ()
        field = self._hotline.forms.field(snippet.field)
        if kind == "note" and field is not None:
            if not field.choices:
                return field.label(language()), snippet.text, snippet.marks
            labels = (self._texts.name(field.choices, code) for code in snippet.text.split("、"))
            return field.label(language()), t("lead.separator").join(labels), ()
        known = snippet.field in (*_OWN_FIELDS, "place")
        return t(f"search.field_{snippet.field}") if known else "", snippet.text, snippet.marks

    def _who(self, author: str) -> str:
        duties = self._station.shifts.view.value.seats.values()
        me = self._station.identity.operator
        if author == me.id:
            return me.name
        return next((duty.name for duty in duties if duty.operator == author and duty.name), author)


def _city(city: str) -> str:
    return english(city) if language() == "en" else city


def _full(opened: Opened) -> FullRecord:
    note, beside = opened.note, opened.beside
    calls = [one for one in beside if isinstance(one, Call)]
    assessments = [one for one in beside if isinstance(one, Assessment) and one.note == note.id]
    referrals = tuple(one for one in beside if isinstance(one, Referral) and one.note == note.id)
    call, assessment = calls[0] if calls else None, assessments[0] if assessments else None
    return FullRecord(note, call, assessment, referrals, beside)
