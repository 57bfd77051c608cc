"""The one window of the console: bars, pages, three columns and the sheets over them."""

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QIcon
from PySide6.QtWidgets import QApplication, QStackedWidget, QVBoxLayout, QWidget

from resources.texts import t
from widgets.access.sharing import SharePanel
from widgets.alerts.strip import AlertStrip
from widgets.base.keys import bind, key_for
from widgets.base.keys_overview import KeysOverview
from widgets.base.later import Later
from widgets.base.sheet import Sheet
from widgets.calls.panel import CallPanel
from widgets.cases.notice import CallerNotice
from widgets.followups.panel import DuePanel
from widgets.followups.result_bar import ResultBar, below
from widgets.lead.desk import LeadDesk
from widgets.notes.panel import NotePanel
from widgets.operator_desk import OperatorDesk
from widgets.records.panel import RecordList
from widgets.referrals.sheet import ReferralSheet
from widgets.referrals.timeline import ReferralTimeline
from widgets.risk.panel import RiskPanel
from widgets.search.panel import SearchPanel
from widgets.session.close_bar import CloseBar
from widgets.session.password import PasswordForm
from widgets.session.sign_in import SignInPage
from widgets.session.status_bar import StatusBar
from widgets.session.top_bar import TopBar
from widgets.sync.sheets import SyncSheets
from widgets.sync.texts import TwoTexts
from widgets.sync.unsent import NotSent
from widgets.theme import icon_path
from widgets.upkeep.backup import BackupForm


class Page(StrEnum):
    """What fills the window."""

    SIGN_IN = "sign_in"
    DESK = "desk"
    LEAD = "lead"


@dataclass(frozen=True)
class Panels:
    """The parts of the window."""

    sign_in: SignInPage
    calls: CallPanel
    note: NotePanel
    risk: RiskPanel
    timeline: ReferralTimeline
    referral: ReferralSheet
    records: RecordList
    lead: LeadDesk
    password: PasswordForm
    unsent: NotSent
    texts: TwoTexts
    search: SearchPanel
    sharing: SharePanel
    backup: BackupForm


class MainWindow(QWidget):
    """Shows one page at a time and lays sheets over the right part; nothing in it is modal.

    ``close_wanted`` asks whether it may close; the answer is `let_close` or `ask_before_closing`.
    """

    close_wanted = Signal()
    close_confirmed = Signal()
    refer_wanted = Signal()
    records_wanted = Signal()
    call_back_wanted = Signal()
    lock_wanted = Signal()
    desk_wanted = Signal()
    search_opened = Signal()
    search_closed = Signal()
    sharing_closed = Signal()
    backup_opened = Signal()

    def __init__(self, panels: Panels, practice: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setWindowTitle(t("window.title_practice" if practice else "window.title"))
        self.setWindowIcon(QIcon(icon_path("xinqiao")))
        self._panels = panels
        self._may_close = False
        self._added: list[Sheet] = []
        self.top_bar = TopBar(self, practice)
        self.status_bar = StatusBar(practice)
        self.alerts = AlertStrip()
        self.due, self.result, self.notice = DuePanel(), ResultBar(), CallerNotice()
        calls = below(panels.calls, self.notice, self.result)
        self.desk = OperatorDesk(calls, panels.note, panels.risk, panels.timeline)
        self._close_bar = CloseBar()
        self._desks = QStackedWidget()
        self._pages = QStackedWidget()
        self._arrange()
        self._referral = Sheet("", self._desks, panels.referral)
        self._records = Sheet(t("window.records"), self._desks, panels.records, width=680)
        self._keys = Sheet(t("base.keys"), self._desks, Later(lambda: KeysOverview(practice)), width=440)
        self._password = Sheet(t("session.change_password"), self._desks, panels.password, width=440)
        self._search = Sheet(t("search.title"), self._desks, panels.search, width=820)
        self._sharing = Sheet(t("records.share"), self._desks, panels.sharing, width=480)
        self._backup = Sheet(t("upkeep.title"), self._desks, panels.backup, width=480)
        self._due = self.add_sheet(t("followups.title"), self.due, 820)
        self._to_call = self.status_bar.offer(t("followups.open", n=0), self._toggle_due, rank=0)
        self.sync = SyncSheets(self._desks, panels.unsent, panels.texts)
        self._connect()
        self.show_page(Page.SIGN_IN)

    @property
    def parts(self) -> Panels:
        """The parts it was built from."""
        return self._panels

    @property
    def page(self) -> Page:
        """What fills the window now."""
        if self._pages.currentWidget() is self._panels.sign_in:
            return Page.SIGN_IN
        return Page.LEAD if self._desks.currentWidget() is self._panels.lead else Page.DESK

    def show_page(self, page: Page) -> None:
        """Fill the window with a page; open sheets are put away."""
        own = (self._keys, self._password, self._sharing, self._backup)
        for sheet in (self._referral, self._records, self._search, *own, *self._added):
            sheet.close_sheet()
        self.sync.close()
        self.alerts.show_locked(page is Page.SIGN_IN)
        if page is Page.SIGN_IN:
            self._pages.setCurrentWidget(self._panels.sign_in)
            return
        lead = page is Page.LEAD
        self._pages.setCurrentWidget(self._work)
        desk: QWidget = self._panels.lead if lead else self.desk
        self._desks.setCurrentWidget(desk)
        self.top_bar.show_desk(lead)
        desk.setFocus()

    def add_sheet(self, title: str, content: QWidget | Later[QWidget], width: int) -> Sheet:
        """One more sheet over the right part; it is put away with the others when the page changes."""
        sheet = Sheet(title, self._desks, content, width)
        self._added.append(sheet)
        return sheet

    def add_bar(self, bar: QWidget) -> None:
        """A line above all pages, for what does not wait until somebody has signed in."""
        self._whole.insertWidget(1, bar)

    def show_referral(self, shown: bool) -> None:
        """Lay the referral sheet over the right part, or put it away."""
        _lay(self._referral, shown)

    def show_alarming(self, alarming: bool) -> None:
        """Show whether the level of the call is R3 or R4: only then the way to help is red."""
        self.desk.refer.show_alarming(alarming)

    def show_records(self, shown: bool) -> None:
        """Lay the list of my records over the right part, or put it away."""
        _lay(self._records, shown)

    def show_due(self, n: int, overdue: int, told: int = 0) -> None:
        """Show how many calls are owed and overdue, and of how many own ones others brought news."""
        key = "followups.open_overdue" if overdue else "followups.open"
        self._to_call.set_compact()
        news = f" · {t('followups.told', n=told)}" if told else ""
        self._to_call.show_label(t(key, n=n, overdue=overdue) + news, key_for("due"))
        self._to_call.show_tone("care" if overdue or told else "status")

    def lay_due(self, shown: bool) -> None:
        """Lay the list of calls that are owed over the right part, or put it away."""
        _lay(self._due, shown)

    def show_sharing(self) -> None:
        """Lay the way to give a record to a lead over the right part."""
        self._sharing.open_sheet()

    def request_attention(self) -> None:
        """Come forward, and let the task bar flash where the desktop does not allow that."""
        if self.isMinimized():
            self.showNormal()
        self.raise_()
        self.activateWindow()
        QApplication.alert(self)

    def ask_before_closing(self, question: str) -> None:
        """Ask in the window, without blocking it, whether it is really to close."""
        self._close_bar.ask(question)

    def let_close(self) -> None:
        """Close without asking again."""
        self._may_close = True
        self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Never close on its own: ask first."""
        if not self._may_close:
            self.close_wanted.emit()
        # The answer may have come at once.
        event.setAccepted(self._may_close)

    def _arrange(self) -> None:
        self._desks.addWidget(self.desk)
        self._desks.addWidget(self._panels.lead)
        self._work = QWidget()
        work = QVBoxLayout(self._work)
        work.setContentsMargins(0, 0, 0, 0)
        work.setSpacing(0)
        work.addWidget(self.top_bar)
        work.addWidget(self._desks, 1)
        work.addWidget(self.status_bar)
        self._pages.addWidget(self._panels.sign_in)
        self._pages.addWidget(self._work)
        whole = self._whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        # Above all pages: a locked window asks too.
        whole.addWidget(self._close_bar)
        whole.addWidget(self.alerts)
        whole.addWidget(self._pages, 1)

    def _connect(self) -> None:
        self.desk.refer_wanted.connect(self.refer_wanted)
        self.top_bar.lock_wanted.connect(self.lock_wanted)
        self.top_bar.desk_wanted.connect(self.desk_wanted)
        self.status_bar.greeting_wanted.connect(self._panels.calls.toggle_greeting)
        self.status_bar.records_wanted.connect(self.records_wanted)
        self.status_bar.search_wanted.connect(self._toggle_search)
        self._search.closed.connect(self.search_closed)
        self._sharing.closed.connect(self.sharing_closed)
        self.status_bar.backup_wanted.connect(self._open_backup)
        self.status_bar.keys_wanted.connect(self._toggle_keys)
        self.status_bar.password_wanted.connect(self._open_password)
        self._close_bar.confirmed.connect(self.close_confirmed)
        bind(self._work, "keys", self._toggle_keys)
        bind(self._work, "records", self.records_wanted.emit)
        bind(self._work, "search", self._toggle_search)
        bind(self._work, "due", self._toggle_due)
        bind(self._work, "call_back", self.call_back_wanted.emit)
        bind(self._work, "problems", self.top_bar.problems.toggle)
        bind(self._work, "lock", self.lock_wanted.emit)
        bind(self._work, "alert_seen", self.alerts.acknowledge_first)
        bind(self._work, "desk", self._wish_desk)
        bind(self._work, "unsent", self.sync.toggle_unsent)
        bind(self._work, "texts", self.sync.toggle_texts)
        self.top_bar.unsent_wanted.connect(self.sync.toggle_unsent)

    def _toggle_keys(self) -> None:
        _lay(self._keys, self._keys.isHidden())

    def _toggle_due(self) -> None:
        _lay(self._due, self._due.isHidden())

    def _toggle_search(self) -> None:
        if self._search.isHidden():
            self._search.open_sheet()
            self.search_opened.emit()
        else:
            self._search.close_sheet()

    def _open_backup(self) -> None:
        self.backup_opened.emit()
        self._backup.open_sheet()

    def _open_password(self) -> None:
        self._panels.password.clear()
        self._password.open_sheet()

    def _wish_desk(self) -> None:
        if self.top_bar.offers_desk:
            self.desk_wanted.emit()


def _lay(sheet: Sheet, shown: bool) -> None:
    if shown:
        sheet.open_sheet()
    else:
        sheet.close_sheet()
