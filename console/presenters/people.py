"""Who calls: the banner under the call in front, and the sheet in which somebody is named and merged."""

from collections.abc import Coroutine
from typing import TYPE_CHECKING, Any

from console.people.behind import Behind, Known, Merging, Sought
from console.presenters.bridge import Bridge
from console.presenters.times import local_or_none
from console.presenters.window import Parts
from console.workstation import Workstation
from models.cases.named import counsellor_name
from models.people.person import Part
from models.people.together import Together
from resources.texts import t
from widgets.base.keys import bind
from widgets.base.later import Later
from widgets.main_window import Page
from widgets.people.banner import PersonBanner
from widgets.people.view import BannerView, MergeView, PersonRow

if TYPE_CHECKING:
    from widgets.people.who import WhoPanel

_WIDTH = 820


class PeoplePresenter:
    """`banner` is for the call panel; whoever wants the history of a person is told to `open_person`."""

    def __init__(self, bridge: Bridge, station: Workstation, parts: Parts) -> None:
        self._bridge = bridge
        self._station = station
        self._people = station.knowing.people
        self._front = self._asked = ""
        self._known = Known()
        self._window = parts.window
        self.banner = PersonBanner()
        self.who = Later(self._make)
        self._sheet = parts.window.add_sheet(t("persons.title"), self.who, _WIDTH)
        parts.calls.add_below_card(self.banner)
        parts.calls.front_changed.connect(self._bring_forward)
        self._speak()
        bridge.show(self._people.known, self._show_known)
        bridge.show(self._people.sought, self._show_sought)
        bridge.show(self._people.joining.proposed, self._show_merging)

    def _speak(self) -> None:
        knowing, people = self._station.knowing, self._people
        self.banner.person_chosen.connect(
            lambda call, person, part: self._spawn(knowing.choose(call, person, part))
        )
        self.banner.who_wanted.connect(self._open)
        bind(self._window, "who", self._open_front)
        self._sheet.closed.connect(lambda: self._bridge.wish(people.put_away))

    def _make(self) -> "WhoPanel":
        from widgets.people.who import WhoPanel

        who, people, knowing = WhoPanel(), self._people, self._station.knowing
        who.sought.connect(lambda words: self._spawn(people.look_for(words)))
        who.person_chosen.connect(self._choose)
        who.newcomer_noted.connect(self._note_down)
        who.taken_back.connect(lambda person: self._spawn(knowing.take_back(self._asked, person)))
        who.untied.connect(self._untie)
        who.renamed.connect(lambda *given: self._spawn(people.rename(*given)))
        who.merge_proposed.connect(lambda one, other: self._spawn(people.joining.propose(one, other)))
        who.merge_confirmed.connect(self._merge)
        who.merge_cancelled.connect(lambda: self._bridge.wish(people.joining.proposed.publish, None))
        return who

    def _spawn(self, work: Coroutine[Any, Any, object]) -> None:
        self._bridge.wish(self._station.spawn, work)

    def _bring_forward(self, call: str) -> None:
        if call == self._front:
            return
        self._front = call
        self._show_banner()
        # Opened a moment before the call was there: it is about this one, with what was typed meanwhile.
        if call and not self._asked and not self._sheet.isHidden():
            self._asked = call
            self.who.made.show_call(True)
            self._show_rows()

    def _open(self, call: str) -> None:
        if not self._sheet.isHidden() and call == self._asked:
            self._sheet.close_sheet()
            return
        self._asked = call
        self.who.made.begin(bool(call))
        self._show_rows()
        self._sheet.open_sheet()

    def _open_front(self) -> None:
        """By a key, also without a call: somebody may be looked for at any time."""
        if self._window.page is not Page.SIGN_IN:
            self._open(self._front)

    def _untie(self, person: str) -> None:
        behind = self._known.behind.get(self._asked)
        together = next((one for one in behind.persons if one.id == person), None) if behind else None
        if behind is not None and together is not None:
            self._spawn(self._people.untie(together, behind.caller))

    def _choose(self, person: str, part: Part) -> None:
        self._spawn(self._station.knowing.choose(self._asked, person, part))
        self._sheet.close_sheet()

    def _note_down(self, alias: str, word: str, part: Part) -> None:
        self._spawn(self._station.knowing.note_down(self._asked, alias, word, part))
        self._sheet.close_sheet()

    def _merge(self, one: str, other: str) -> None:
        self._spawn(self._people.joining.merge(one, other))

    def _show_known(self, known: Known) -> None:
        self._known = known
        self._show_banner()
        self._show_rows()

    def _show_sought(self, sought: Sought) -> None:
        behind = self._known.behind.get(self._asked)
        rows = tuple(person_row(one, behind) for one in sought.found)
        self.who.tell("found", lambda who: who.show_found(rows))

    def _show_merging(self, merging: Merging | None) -> None:
        view = _merge_view(merging) if merging else None
        self.who.tell("merging", lambda who: who.show_merging(view))

    def _show_rows(self) -> None:
        behind = self._known.behind.get(self._asked, Behind(self._asked))
        rows = tuple(person_row(one, behind) for one in (*behind.chosen, *behind.offered))
        self.who.tell("known", lambda who: who.show_known(rows))

    def _show_banner(self) -> None:
        if not self._front:
            self.banner.show_view(None)
            return
        behind = self._known.behind.get(self._front, Behind(self._front))
        case = behind.cases[0] if behind.cases else None
        self.banner.show_view(
            BannerView(
                self._front,
                tuple(person_row(one, behind) for one in behind.chosen),
                tuple(person_row(one, behind) for one in behind.offered),
                case is not None,
                counsellor_name(case) if case else "",
            )
        )


def person_row(together: Together, behind: Behind | None) -> PersonRow:
    """A person in a line, as everybody who takes calls may see them."""
    level, _ = together.last_level
    calls = tuple(dict.fromkeys(meeting.call for _, meeting in together.met))
    earlier = [meeting for _, meeting in together.met if behind is None or meeting.call != behind.call]
    return PersonRow(
        together.id,
        together.aliases,
        together.code_word,
        len(calls),
        level,
        local_or_none(earlier[0].call_at if earlier else None),
        behind.parts.get(together.id) if behind else None,
        tuple((one.id, one.alias) for one in together.persons) if len(together.persons) > 1 else (),
    )


def _merge_view(merging: Merging) -> MergeView:
    both = (merging.one, merging.other)
    numbers = {caller for one in both for caller in one.callers}
    calls = {meeting.call for one in both for _, meeting in one.met}
    one, other = (person_row(each, None) for each in both)
    return MergeView(one, other, len(numbers), len(calls))
