"""Answering: what rings is looked up when the wish arrives, not when the window was last painted."""

from functools import partial

from console.presenters.bridge import Bridge
from console.presenters.window import Parts
from console.workstation import Workstation
from widgets.base.keys import bind
from widgets.main_window import Page


def answer(bridge: Bridge, station: Workstation, seen: str) -> None:
    """Answer the call that was `seen` to ring, "" for whichever does.

    Between the ring and its card, and between two rings, the window may be a moment behind: the key is no
    less meant then.
    """

    def pick_up() -> None:
        call = station.calls.view.value.to_answer(seen)
        if call:
            station.spawn(station.command(station.line.answer(call)))

    bridge.wish(pick_up)


def answer_from_lead_desk(bridge: Bridge, station: Workstation, parts: Parts) -> None:
    """Let the key act there too, where no call is shown: the desk comes with the call."""

    def pick_up() -> None:
        if station.calls.view.value.to_answer(""):
            bridge.post(partial(parts.window.show_page, Page.DESK))
            answer(bridge, station, "")

    bind(parts.lead, "answer", partial(bridge.wish, pick_up))
