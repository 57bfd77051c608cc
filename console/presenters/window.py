"""The window with all its parts."""

from dataclasses import dataclass

from resources.instruments import Screen
from widgets.access.sharing import SharePanel
from widgets.base.later import Later
from widgets.calls.panel import CallPanel
from widgets.lead.desk import LeadDesk
from widgets.lead.reading import Reading
from widgets.main_window import MainWindow, Panels
from widgets.notes.panel import NotePanel
from widgets.recordings.bar import RecordingBar
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


@dataclass(frozen=True)
class Parts:
    """The window and its parts, in the language and theme they were made in."""

    window: MainWindow
    sign_in: SignInPage
    calls: CallPanel
    note: NotePanel
    risk: RiskPanel
    timeline: ReferralTimeline
    referral: ReferralSheet
    records: RecordList
    lead: LeadDesk
    live: Later[RiskPanel]
    reader: Reading
    password: PasswordForm
    unsent: NotSent
    texts: TwoTexts
    search: SearchPanel
    sharing: SharePanel
    backup: BackupForm
    found: Reading
    recordings: tuple[RecordingBar, ...]
    """One in each view of a record."""


def build_window(practice: bool, screen: Screen | None = None) -> Parts:
    """A window in the language and theme in use; the quick screen is worded as in the hotline's own."""
    sign_in, calls, note, risk = SignInPage(practice), CallPanel(), NotePanel(), RiskPanel(screen)
    timeline, referral, records, lead = ReferralTimeline(), ReferralSheet(), RecordList(), LeadDesk()
    reader, live = Reading(), Later(lambda: RiskPanel(screen))
    lead.take_live(live)
    note.take_reader(reader)
    password, unsent, texts = PasswordForm(), NotSent(), TwoTexts()
    search, found = SearchPanel(), Reading()
    sharing, backup = SharePanel(), BackupForm()
    search.take_reader(found)
    recordings = _recordings(note, reader, lead, found)
    panels = Panels(
        sign_in=sign_in,
        calls=calls,
        note=note,
        risk=risk,
        timeline=timeline,
        referral=referral,
        records=records,
        lead=lead,
        password=password,
        unsent=unsent,
        texts=texts,
        search=search,
        sharing=sharing,
        backup=backup,
    )
    window = MainWindow(panels, practice)
    return Parts(
        window=window,
        sign_in=sign_in,
        calls=calls,
        note=note,
        risk=risk,
        timeline=timeline,
        referral=referral,
        records=records,
        lead=lead,
        live=live,
        reader=reader,
        password=password,
        unsent=unsent,
        texts=texts,
        search=search,
        sharing=sharing,
        backup=backup,
        found=found,
        recordings=recordings,
    )


def _recordings(note: NotePanel, reader: Reading, lead: LeadDesk, found: Reading) -> tuple[RecordingBar, ...]:
    in_note, in_reader, in_lead, in_found = (RecordingBar() for _ in range(4))
    note.take_recordings(in_note)
    note.call_shown.connect(in_note.show_call)
    for view, bar in ((reader, in_reader), (found, in_found)):
        view.take_recordings(bar)
        view.call_shown.connect(bar.show_call)
    lead.take_recordings(in_lead, in_lead.show_call)
    return in_note, in_reader, in_lead, in_found
