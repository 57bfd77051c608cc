"""How dangerous the conversation is that a lead was alerted of: read-only, and anew with every push."""

from console.lead.service import FullRecord
from console.presenters.bridge import Bridge
from console.presenters.times import local
from console.presenters.window import Parts
from console.workstation import Workstation
from models.alerts.alert import Alert
from models.alerts.known import Known
from resources.texts import t


class LiveRiskPresenter:
    """Follows the record that the lead has open."""

    def __init__(self, bridge: Bridge, station: Workstation, parts: Parts) -> None:
        self._desk = parts.lead
        self._panel = parts.live
        self._known = Known()
        self._record: FullRecord | None = None
        self._alert = self._former = ""
        if station.identity.operator.leads:
            bridge.show(station.alerts.known, self._show_known)
            bridge.show(station.lead.record, self._show_record)

    def open(self, alert: str) -> None:
        """Show what is known of an alert's conversation, from now on."""
        self._alert, self._former = alert, ""
        known = self._known.alerts.get(alert)
        record = self._record
        if known is None or (record is not None and record.note.id != known.note):
            # What is open still is another record; this one is on its way.
            self._former = record.note.id if record is not None else ""
            self._record = None
        self._show()
        self._desk.open_live()

    def _show_known(self, known: Known) -> None:
        self._known = known
        self._show()

    def _show_record(self, record: FullRecord | None) -> None:
        if record is not None and record.note.id == self._former:
            # Read anew meanwhile: the one that was asked for is still on its way.
            return
        self._record, self._former = record, ""
        self._show()

    def _show(self) -> None:
        alert = self._known.alerts.get(self._alert)
        record = self._record
        if alert is None or (record is not None and record.note.id != alert.note):
            # Another record was opened since: nothing of the first may stand beside it.
            self._alert = ""
            self._panel.tell("assessment", lambda panel: panel.show_assessment(None))
            self._desk.show_live("", "")
            return
        assessment = record.assessment if record is not None else None
        self._panel.tell("assessment", lambda panel: panel.show_assessment(assessment))
        self._desk.show_live(_heading(alert), "" if record is not None else _hint(alert))


def _heading(alert: Alert) -> str:
    return t("lead.live", who=alert.name or alert.author, seat=alert.seat)


def _hint(alert: Alert) -> str:
    level = t(f"base.level_{alert.level}") if alert.level else t("base.level_RX")
    return t("lead.live_unknown", time=f"{local(alert.at):%H:%M}", code=alert.level or "RX", level=level)
