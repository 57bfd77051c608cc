"""What is not sent, what waits for a lead, and two texts side by side, in words."""

from collections.abc import Mapping
from functools import partial

from console.presenters.bridge import Bridge
from console.presenters.times import local
from console.presenters.window import Parts
from console.storage.values import Refused, UnsentAct
from console.sync import state
from console.sync.service import Choice, Opened, Outstanding, SyncService
from console.workstation import Workstation
from models.notes.form import Field, FieldType
from models.notes.joining import CATEGORY, LOG, Difference, differences
from models.notes.note import DraftVersion, Note, NoteBody, Value
from models.operation import Outcome
from models.sync.held import BEHIND, HeldAct, HeldCard, HeldState
from models.trace.entry import Act, Happening, as_code
from resources.enumerations import Enumerations, label
from resources.hotline import Hotline
from resources.texts import language, t
from widgets.sync.view import ActView, DifferenceView, HeldView, LinkWords, TextsView

_GLUES = {FieldType.LONG_TEXT: "\n", FieldType.TEXT: " / ", FieldType.PLACE: " / "}
_WHYS = (
    "offline",
    "timeout",
    "certificate",
    "proxy",
    "answer",
    "busy",
    "disk_full",
    "disk_busy",
    "disk_error",
    "ticket",
    "credentials",
    "drain",
    "program_old",
    "program_new",
    "practice",
)
_HELD = (
    "not_yours",
    "unknown_entity",
    "too_large",
    "poisoned",
    "behind",
    "drain",
    "late",
    "role",
    "erased",
    "newer_schema",
    "witness",
)
_REJECTED = ("erased", "actor", "practice", "dismissed")
_ACTS = (
    "note_open",
    "note_draft_put",
    "note_versions_settle",
    "note_finish",
    "note_sign",
    "note_addendum",
    "phrase_put",
    "phrase_drop",
    "call_add",
    "call_event",
    "risk_answer",
    "risk_rate",
    "risk_judge",
    "referral_open",
    "referral_advance",
    "held_release",
    "held_dismiss",
    "witness_tell",
)


class SyncPresenter:
    """Connects the sheets of syncing with the service."""

    def __init__(self, bridge: Bridge, station: Workstation, parts: Parts, hotline: Hotline) -> None:
        self._bridge = bridge
        self._station = station
        self._view = parts.unsent
        self._texts = parts.texts
        self._words = Words(hotline.forms.fields, hotline.enumerations)
        self._cards: tuple[HeldCard, ...] = ()
        self._opened: Opened | None = None
        self._listen(station.standing)
        self._speak(station.standing)

    def _listen(self, service: SyncService) -> None:
        self._bridge.show(service.outstanding, self._show_outstanding)
        self._bridge.show(service.conflicts, self._show_conflicts)
        self._bridge.show(service.held, self._show_cards)
        self._bridge.show(service.act, self._show_act)

    def _speak(self, service: SyncService) -> None:
        view, spawn = self._view, self._station.spawn
        view.shown.connect(lambda: self._bridge.wish(lambda: spawn(service.refresh())))
        view.again_wanted.connect(partial(self._bridge.wish, service.try_again))
        view.put_away_wanted.connect(lambda op: self._bridge.wish(lambda: spawn(service.put_away(op))))
        view.held.open_wanted.connect(lambda op: self._bridge.wish(lambda: spawn(self._open_held(op))))
        view.held.release_wanted.connect(partial(self._bridge.wish, service.release))
        view.held.dismiss_wanted.connect(partial(self._bridge.wish, service.dismiss))
        self._texts.chosen.connect(self._choose)

    async def _open_held(self, op: str) -> None:
        """Its words are somebody's: that they were read goes into the trace."""
        await self._station.standing.open_held(op)
        opened = self._station.standing.act.value
        if opened is not None and opened.act is not None:
            self._station.seeing.saw(Happening(Act.READ, "held", as_code(op), where="held"))

    def _choose(self, note: str, version: str, choice: str) -> None:
        station = self._station
        wish = station.standing.settle(note, version, Choice(choice), self._words.glue)
        self._bridge.wish(lambda: station.spawn(wish))

    def _show_outstanding(self, told: Outstanding) -> None:
        self._view.show_link(_link(told.link))
        self._view.show_unsent(tuple(map(_unsent, told.unsent)), told.count)
        self._view.show_refused(tuple(map(_refused, told.refused)))

    def _show_conflicts(self, notes: tuple[Note, ...]) -> None:
        self._view.show_texts(len(notes))
        pairs = [(note, version) for note in notes for version in note.unsettled]
        self._texts.show_texts(self._words.texts(*pairs[0], len(pairs) - 1) if pairs else None)

    def _show_cards(self, cards: tuple[HeldCard, ...]) -> None:
        self._cards = cards
        self._show_held()

    def _show_act(self, opened: Opened | None) -> None:
        self._opened = opened
        self._show_held()

    def _show_held(self) -> None:
        self._view.show_held(tuple(self._held(card) for card in self._cards))

    def _held(self, card: HeldCard) -> HeldView:
        words: tuple[tuple[str, str], ...] = ()
        if self._opened is not None and self._opened.op == card.id:
            act = self._opened.act
            words = self._words.of_act(act) if act else ((t("sync.read"), t("sync.not_readable")),)
        first = card.why != BEHIND
        return HeldView(
            card.id, _what(card.type), card.author, local(card.at), _why_held(card.why), first, words
        )


class Words:
    """Fields and choices of notes as people read them."""

    def __init__(self, fields: Mapping[str, Field], names: Enumerations) -> None:
        self._names = names
        self._fields = fields

    @property
    def glue(self) -> Mapping[str, str]:
        """What stands between two texts of one field, for each field of words."""
        return {key: _GLUES[field.type] for key, field in self._fields.items() if field.type in _GLUES}

    def texts(self, note: Note, version: DraftVersion, more: int) -> TextsView:
        """Two texts side by side."""
        keys = tuple(self._fields)
        return TextsView(
            note.id,
            version.op,
            t("sync.texts_heading", time=f"{local(note.opened_at):%m-%d %H:%M}"),
            local(note.updated_at or note.opened_at),
            local(version.at),
            tuple(self._difference(one) for one in differences(note.body, version.body, keys)),
            more,
        )

    def of_act(self, act: HeldAct) -> tuple[tuple[str, str], ...]:
        """The words of a held act, field by field."""
        body = act.body.get("doc", act.body)
        body = body.get("body", body)
        values = body.get("values", {})
        texts = NoteBody(str(body.get("category", "")), values if isinstance(values, dict) else {})
        found = differences(NoteBody(), texts, tuple(self._fields))
        return tuple((self._name(one.key), self._value(one.key, one.other)) for one in found)

    def changes(self, before: NoteBody, after: NoteBody) -> tuple[DifferenceView, ...]:
        """What became of one text in another, field by field."""
        return tuple(self._difference(one) for one in differences(before, after, tuple(self._fields)))

    def _difference(self, one: Difference) -> DifferenceView:
        return DifferenceView(
            self._name(one.key), self._value(one.key, one.mine), self._value(one.key, one.other)
        )

    def _name(self, key: str) -> str:
        if key in (CATEGORY, LOG):
            return t(f"sync.{key}")
        return self._fields[key].label(language()) if key in self._fields else key

    def _value(self, key: str, value: Value | None) -> str:
        if value is None:
            return ""
        values = value if isinstance(value, (tuple, list)) else (str(value),)
        if key == LOG:
            return "\n".join(values)
        choices = "call_category" if key == CATEGORY else self._choices(key)
        shown = [label(self._names, choices, one, language()) if choices else one for one in values]
        return t("lead.separator").join(shown)

    def _choices(self, key: str) -> str:
        return self._fields[key].choices if key in self._fields else ""


def _link(link: state.Link) -> LinkWords:
    match link:
        case state.Starting():
            return LinkWords(t("sync.link_starting"), "bar_care")
        case state.Fetching(held, told):
            return LinkWords(t("sync.link_fetching", held=held, told=told), "bar_care")
        case state.Synced(at):
            return LinkWords(t("sync.link_synced", time=f"{local(at):%H:%M:%S}"), "good")
        case state.Unreachable(since, why):
            text = t("sync.link_unreachable", time=f"{local(since):%H:%M}", why=_why(why))
            return LinkWords(text, "care")
        case state.TurnedAway(since, why):
            text = t("sync.link_turned_away", time=f"{local(since):%H:%M}", why=_why(why))
            return LinkWords(text, "care")
        case state.Drained():
            return LinkWords(t("sync.link_drained"), "care")


def _why(code: str) -> str:
    return t(f"sync.why_{code}") if code in _WHYS else t("sync.why_other")


def _why_held(code: str) -> str:
    return t(f"sync.held_{code}") if code in _HELD else t("sync.held_other")


def _why_rejected(code: str) -> str:
    return t(f"sync.rejected_{code}") if code in _REJECTED else t("sync.rejected_other", code=code)


def _what(kind: str) -> str:
    code = kind.replace(".", "_")
    return t(f"sync.act_{code}") if code in _ACTS else t("sync.act_other")


def _unsent(act: UnsentAct) -> ActView:
    if act.again:
        reason, tone = t("sync.state_again"), "plain"
    elif act.sent_at is None:
        reason, tone = t("sync.state_unsent"), "plain"
    elif act.tries > 1:
        reason, tone = t("sync.state_sent_often", n=act.tries), "care"
    else:
        reason, tone = t("sync.state_sent"), "plain"
    return ActView(act.op, _what(act.type), local(act.at), reason, tone)


def _refused(act: Refused) -> ActView:
    if act.outcome is Outcome.REJECTED:
        reason, ended = t("sync.ended_rejected", why=_why_rejected(act.why.partition(":")[0])), True
    elif act.state == HeldState.DISMISSED:
        reason, ended = t("sync.ended_dismissed", reason=act.reason), True
    elif act.state == HeldState.RELEASED:
        reason, ended = t("sync.ended_released"), True
    else:
        reason, ended = _why_held(act.why), False
    tone = "plain" if act.state == HeldState.RELEASED else "care"
    return ActView(act.op, _what(act.type), local(act.at), reason, tone, ended)
