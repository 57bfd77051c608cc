"""What is not sent, what waits for a lead, and two texts side by side, in words."""

from functools import partial

from console.presenters.bridge import Bridge
from console.presenters.differing import Words, unmask
from console.presenters.times import local
from console.presenters.window import Parts
from console.storage.values import Refused, UnsentAct
from console.sync import state
from console.sync.service import Choice, Opened, Outstanding, SyncService
from console.workstation import Workstation
from models.access.reasons import UnmaskReason
from models.notes.note import Note
from models.operation import Outcome
from models.sync.held import BEHIND, HeldCard, HeldState
from models.trace.entry import Act, Happening, as_code
from resources.hotline import Hotline
from resources.texts import t
from widgets.sync.view import ActView, HeldView, LinkWords

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
        self._conflicts: tuple[Note, ...] = ()
        self._whole: frozenset[str] = frozenset()
        self._opened: Opened | None = None
        self._listen(station.standing)
        self._speak(station.standing)

    def _listen(self, service: SyncService) -> None:
        self._bridge.show(service.outstanding, self._show_outstanding)
        self._bridge.show(service.conflicts, self._show_conflicts)
        self._bridge.show(self._station.access.unmasked, self._show_unmasked)
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
        self._texts.unmask_wanted.connect(self._unmask)

    async def _open_held(self, op: str) -> None:
        """Its words are somebody's: that they were read goes into the trace."""
        await self._station.standing.open_held(op)
        opened = self._station.standing.act.value
        if opened is not None and opened.op == op and opened.act is not None:
            self._station.seeing.saw(Happening(Act.READ, "held", as_code(op), where="held"))

    def _choose(self, note: str, version: str, choice: str) -> None:
        station = self._station
        settle = partial(station.standing.settle, note, version, Choice(choice), self._words.glue)
        self._bridge.wish(lambda: station.spawn(settle()))

    def _show_outstanding(self, told: Outstanding) -> None:
        self._view.show_link(_link(told.link))
        self._view.show_unsent(tuple(map(_unsent, told.unsent)), told.count)
        self._view.show_refused(tuple(map(_refused, told.refused)))

    def _show_conflicts(self, notes: tuple[Note, ...]) -> None:
        self._conflicts = notes
        self._view.show_texts(len(notes))
        self._show_texts()

    def _show_unmasked(self, calls: frozenset[str]) -> None:
        self._whole = calls
        self._show_texts()

    def _show_texts(self) -> None:
        pairs = [(note, version) for note in self._conflicts for version in note.unsettled]
        if not pairs:
            self._texts.show_texts(None)
            return
        note, version = pairs[0]
        whole = note.call in self._whole
        self._texts.show_texts(self._words.texts(note, version, len(pairs) - 1, whole=whole))

    def _unmask(self, name: str, reason: str) -> None:
        station = self._station
        note = next((one for one in self._conflicts if one.id == name), None)
        if note is not None:
            self._bridge.wish(lambda: station.spawn(unmask(station, note, UnmaskReason(reason))))

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
