"""A main window whose note, risk and referral parts are plain stand-ins."""

from widgets.base.card import Card, CardHeader
from widgets.base.timeline import Timeline
from widgets.calls.panel import CallPanel
from widgets.lead.desk import LeadDesk
from widgets.main_window import MainWindow, Panels
from widgets.records.panel import RecordList
from widgets.session.sign_in import SignInPage


def stand_in(name: str) -> Card:
    card = Card()
    card.body.addWidget(CardHeader(name))
    card.body.addWidget(Timeline())
    card.body.addStretch(1)
    return card


def make_window(practice: bool = True) -> MainWindow:
    panels = Panels(
        sign_in=SignInPage(practice),
        calls=CallPanel(),
        note=stand_in("note"),
        risk=stand_in("risk"),
        timeline=stand_in("timeline"),
        referral=stand_in("referral"),
        records=RecordList(),
        lead=LeadDesk(),
    )
    return MainWindow(panels, practice)
