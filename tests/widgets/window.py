"""The main window with all its real parts."""

from tests.support.undressed import undressed
from widgets.access.sharing import SharePanel
from widgets.calls.panel import CallPanel
from widgets.lead.desk import LeadDesk
from widgets.main_window import MainWindow, Panels
from widgets.notes.panel import NotePanel
from widgets.records.panel import RecordList
from widgets.referrals.sheet import ReferralSheet
from widgets.referrals.timeline import ReferralTimeline
from widgets.risk.panel import RiskPanel
from widgets.search.panel import SearchPanel
from widgets.session.password import PasswordForm
from widgets.session.sign_in import SignInPage
from widgets.sync.texts import TwoTexts
from widgets.sync.unsent import NotSent
from widgets.upkeep.backup import BackupForm


def make_window(practice: bool = True) -> MainWindow:
    """The window, built as the console builds it and dressed afterwards."""
    with undressed():
        return assemble(practice)


def assemble(practice: bool = True) -> MainWindow:
    """Put the window together, with whatever the application wears."""
    panels = Panels(
        sign_in=SignInPage(practice),
        calls=CallPanel(),
        note=NotePanel(),
        risk=RiskPanel(),
        timeline=ReferralTimeline(),
        referral=ReferralSheet(),
        records=RecordList(),
        lead=LeadDesk(),
        password=PasswordForm(),
        unsent=NotSent(),
        texts=TwoTexts(),
        search=SearchPanel(),
        sharing=SharePanel(),
        backup=BackupForm(),
    )
    return MainWindow(panels, practice)
