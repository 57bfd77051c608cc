"""Alerts and the conversations of others in every state, to be looked at."""

from dataclasses import replace

from models.calls.events import Watching
from tests.widgets.samples import ago
from widgets.lead.talks import TalkCard
from widgets.lead.view import TalkView
from widgets.main_window import MainWindow, Page

TALKS = (
    TalkView("call-1", "1001", "王小咨询员", ago(501), "R4"),
    TalkView("call-2", "1003", "赵咨询员", ago(62), "", held=True),
)


def lead_talks(window: MainWindow) -> None:
    window.show_page(Page.LEAD)
    window.parts.lead.show_talks(TALKS)


def lead_listens(window: MainWindow) -> None:
    window.show_page(Page.LEAD)
    window.parts.lead.show_talks((TALKS[0], replace(TALKS[1], how=Watching.WHISPER)))


def lead_takes_over(window: MainWindow) -> None:
    lead_talks(window)
    window.parts.lead.findChildren(TalkCard)[0].act_take_over()


STATES = (lead_talks, lead_listens, lead_takes_over)
