"""The earlier calls of who is on the line, beside the present assessment, and what people are called."""

from console.earlier import CaseView
from console.presenters.bridge import Bridge
from console.workstation import Workstation
from models.people.staff import Member
from widgets.risk.panel import RiskPanel


class CasePresenter:
    """Shows the level of the case and how the ratings went in the risk panel of the desk."""

    def __init__(self, bridge: Bridge, station: Workstation, panel: RiskPanel) -> None:
        self._panel = panel
        bridge.show(station.earlier.case, self._show_case)
        bridge.show(station.knowing.staff.members, self._show_names)

    def _show_case(self, case: CaseView) -> None:
        self._panel.show_earlier(case.calls, case.level)

    def _show_names(self, members: tuple[Member, ...]) -> None:
        self._panel.show_names({one.id: one.name for one in members})
