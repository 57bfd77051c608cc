"""The bars: the state of everything, always in sight and always true."""

from collections.abc import Iterable, Mapping
from datetime import timedelta

from console.calls.service import LineView
from console.notes.service import Desk
from console.presenters.bridge import Bridge
from console.presenters.times import local, local_or_none
from console.runtime.reach import Reach
from console.seat import Seat
from console.shifts.service import DutyView
from console.workstation import Workstation
from models.people.operator import Operator
from models.people.site import Site
from models.problems import Problem
from resources.enumerations import Enumerations, label
from resources.texts import language, t
from widgets.base.problems import ProblemView
from widgets.main_window import MainWindow
from widgets.session.view import Link, LinkView, SavedView, Saving

_CAUSED = ("command_refused", "not_saved")
_CAUSES = (
    "bad_number",
    "number_barred",
    "disk_busy",
    "disk_damaged",
    "disk_error",
    "disk_full",
    "gateway_lost",
    "line_lost",
    "malformed",
    "no_such_call",
    "not_now",
    "phone_unreachable",
)
_LINKS = {True: Link.UP, False: Link.DOWN, None: Link.WORKING}


def problem_sentence(code: str, **params: str) -> str:
    """What is wrong and what to do, in one breath."""
    what, advice = _sentences(code, params)
    return f"{what} · {advice}"


def problem_views(problems: Iterable[Problem]) -> tuple[ProblemView, ...]:
    """Known trouble in words."""
    return tuple(ProblemView(*_sentences(each.code, each.params), local(each.since)) for each in problems)


def _sentences(code: str, params: Mapping[str, str]) -> tuple[str, str]:
    if code in _CAUSED:
        cause = params["cause"] if params["cause"] in _CAUSES else "other"
        params = {**params, "cause": t(f"problems.cause_{cause}")}
    return t(f"problems.{code}_what", **params), t(f"problems.{code}_do", **params)


class Bars:
    """Shows the stores of a workstation in the top bar and the status bar."""

    def __init__(self, window: MainWindow) -> None:
        self._top = window.top_bar
        self._status = window.status_bar
        self._failed = False
        self._desk = Desk()

    def follow(self, bridge: Bridge, station: Workstation, seat: Seat) -> None:
        """Show everything that this workstation publishes."""
        bridge.show(seat.problems.store, self.show_problems)
        bridge.show(seat.sync, self.show_sync)
        bridge.show(seat.offset, self.show_server_offset)
        bridge.show(station.reach, self.show_line)
        bridge.show(station.shifts.view, self.show_duty)
        bridge.show(station.calls.view, self.show_calls)
        bridge.show(station.notes.desk, self.show_desk)

    def show_person(self, site: Site, me: Operator, names: Enumerations, seat: str) -> None:
        """Whose desk this is."""
        spoken = language()
        title = label(names, "title", me.title, spoken) if me.title else ""
        self._top.show_person(site.name(spoken), me.name, title, me.leads)
        self._status.show_seat(seat)

    def show_problems(self, problems: tuple[Problem, ...]) -> None:
        """Known trouble, oldest first."""
        self._failed = any(problem.code == "not_saved" for problem in problems)
        self._top.show_problems(problem_views(problems))
        self._status.show_saved(self._saved(self._desk))

    def show_line(self, reach: Reach) -> None:
        """The link to the gateway and the exchange behind it."""
        self._top.show_line(_link(reach))

    def show_sync(self, reach: Reach) -> None:
        """The link to the server."""
        self._top.show_sync(_link(reach))

    def show_server_offset(self, offset: timedelta | None) -> None:
        """How far the server's clock is from this one."""
        self._status.show_server_offset(offset)

    def show_duty(self, view: DutyView) -> None:
        """The operator's own state."""
        if view.mine:
            self._top.show_state(view.mine.state, local(view.mine.since))

    def show_calls(self, view: LineView) -> None:
        """Who waits."""
        self._top.show_queue(view.queue.waiting, local_or_none(view.queue.oldest_at))

    def show_desk(self, desk: Desk) -> None:
        """Whether all that was typed is on disk."""
        self._desk = desk
        self._status.show_saved(self._saved(desk))

    def _saved(self, desk: Desk) -> SavedView:
        if desk.note is None:
            return SavedView(Saving.NOTHING)
        if desk.saving:
            return SavedView(Saving.FAILED if self._failed else Saving.PENDING)
        return SavedView(Saving.SAVED, local_or_none(desk.saved_at))


def _link(reach: Reach) -> LinkView:
    return LinkView(_LINKS[reach.up], local_or_none(reach.since), reach.waiting)
