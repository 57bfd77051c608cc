"""The earlier calls of who is on the line, beside the present assessment, and what people are called."""

from console.earlier import CaseView
from console.presenters.bridge import Bridge
from console.shifts.service import DutyView
from console.workstation import Workstation
from widgets.risk.panel import RiskPanel


class CasePresenter:
    """Shows the level of the case and how the ratings went in the risk panel of the desk."""

    def __init__(self, bridge: Bridge, station: Workstation, panel: RiskPanel) -> None:
        self._panel = panel
        self._names: dict[str, str] = {station.identity.operator.id: station.identity.operator.name}
        bridge.show(station.earlier.case, self._show_case)
        bridge.show(station.shifts.view, self._show_names)

    def _show_case(self, case: CaseView) -> None:
        self._panel.show_earlier(case.calls, case.level)

    def _show_names(self, view: DutyView) -> None:
        names = {duty.operator: duty.name for duty in view.seats.values() if duty.name}
        if not names.items() <= self._names.items():
            self._names.update(names)
        self._panel.show_names(self._names)
