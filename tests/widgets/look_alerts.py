"""Alerts and the conversations of others in every state, to be looked at."""

from dataclasses import replace

from models.calls.events import Watching
from resources.texts import t
from tests.widgets import look_samples
from tests.widgets.samples import NOW, TALKING, ago
from widgets.alerts.view import WaitingAlert
from widgets.base.later import Later
from widgets.calls.supervised import SupervisedView
from widgets.lead.talks import TalkCard
from widgets.lead.view import TalkView
from widgets.main_window import MainWindow, Page
from widgets.risk.panel import RiskPanel

TALKS = (
    TalkView("call-1", "1001", "王小咨询员", ago(501), "R4"),
    TalkView("call-2", "1003", "赵咨询员", ago(62), "", held=True),
)
ALERTS = (
    WaitingAlert("a1", "n1", "王小咨询员", "1001", ago(34), "R4"),
    WaitingAlert("a2", "n2", "赵咨询员", "1003", ago(12), "R2", help=True),
    WaitingAlert("a3", "n3", "陈护士", "1004", ago(200), "R3"),
    WaitingAlert("a4", "", "李老师", "1005", ago(10), "", help=True),
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


def alerts_lead(window: MainWindow) -> None:
    lead_talks(window)
    window.alerts.show_alerts(ALERTS)
    window.alerts.show_now(NOW)


def alerts_one(window: MainWindow) -> None:
    window.alerts.show_alerts(ALERTS[:1])
    window.alerts.show_now(NOW)
    window.alerts.show_sound(False, "02:50")


def alerts_second(window: MainWindow) -> None:
    window.show_page(Page.LEAD)
    window.alerts.show_alerts((WaitingAlert("a5", "n5", "周老师", "1006", ago(8), "R2", second=True),))
    window.alerts.show_now(NOW)


def alerts_locked(window: MainWindow) -> None:
    window.alerts.show_alerts(ALERTS[:2])
    window.alerts.show_now(NOW)
    window.show_page(Page.SIGN_IN)
    window.parts.sign_in.show_locked("0712", "3")


def live_risk(window: MainWindow) -> None:
    lead_talks(window)
    panel = RiskPanel()
    window.parts.lead.take_live(Later(lambda: panel))
    panel.show_assessment(look_samples.URGENT)
    window.parts.lead.show_live(t("lead.live", who="王小咨询员", seat="1001"), "")
    window.parts.lead.open_live()


def live_risk_unknown(window: MainWindow) -> None:
    lead_talks(window)
    window.parts.lead.take_live(Later(RiskPanel))
    hint = t("lead.live_unknown", time="02:40", code="R4", level=t("base.level_R4"))
    window.parts.lead.show_live(t("lead.live", who="王小咨询员", seat="1001"), hint)
    window.parts.lead.open_live()


def _in_call(window: MainWindow, view: SupervisedView) -> None:
    window.parts.calls.show_board((TALKING,))
    window.parts.calls.supervised.show_view(view)


def help_offered(window: MainWindow) -> None:
    _in_call(window, SupervisedView("c"))


def help_asked(window: MainWindow) -> None:
    _in_call(window, SupervisedView("c", asked=True))


def help_alone(window: MainWindow) -> None:
    _in_call(window, SupervisedView("c", asked=True, alone=True, supervisor="03548600001"))


def help_seen(window: MainWindow) -> None:
    _in_call(window, SupervisedView("c", True, "吴督导（14:25）", watched=(Watching.WHISPER,)))


STATES = (
    lead_talks,
    lead_listens,
    lead_takes_over,
    alerts_lead,
    alerts_one,
    alerts_second,
    alerts_locked,
    help_offered,
    help_asked,
    help_alone,
    help_seen,
    live_risk,
    live_risk_unknown,
)
