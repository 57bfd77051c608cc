"""The safety plan beside the risk panel: written, read out, printed."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QPagedPaintDevice, QTextDocument
from PySide6.QtWidgets import QStackedWidget

from console.presenters.bridge import Bridge
from console.presenters.plan_paper import plan_page, print_on, write_pdf
from console.presenters.printer import ask_file, ask_printer
from console.presenters.times import local_or_none
from console.presenters.window import Parts
from console.risk.planning import PlanOnDesk
from console.runtime.problems import Problems
from console.workstation import Workstation
from models.clock import Clock
from models.risk.safety_plan import PlanStep
from resources.hotline import Hotline
from resources.texts import language, t
from widgets.base.keys import bind
from widgets.base.later import Later
from widgets.main_window import Page
from widgets.printing.paper import DOTS

if TYPE_CHECKING:
    from widgets.risk.safety_plan_form import SafetyPlanForm
    from widgets.risk.safety_plan_reading import SafetyPlanReading

_WIDTH = 720


class SafetyPlanPresenter(QObject):
    """A sheet over the right part of the window; nothing in it holds anybody back."""

    def __init__(
        self,
        bridge: Bridge,
        station: Workstation,
        parts: Parts,
        hotline: Hotline,
        clock: Clock,
        problems: Problems,
    ) -> None:
        super().__init__(parts.window)
        self._bridge = bridge
        self._station = station
        self._window = parts.window
        self._row = parts.risk.plan
        self._hotline = hotline
        self._clock = clock
        self._problems = problems
        self._form, self._reading = Later(self._make_form), Later(self._make_reading)
        self._sides = Later(self._make_sides)
        self._sheet = parts.window.add_sheet(t("safety_plan.title"), self._sides, _WIDTH)
        self._sheet.closed.connect(self._leave)
        self._desk = PlanOnDesk()
        self._shown = ""
        self._row.plan_wanted.connect(self._toggle)
        bind(parts.window, "safety_plan", self._toggle)
        bridge.show(station.plan.desk, self._show)

    def open_plan(self) -> None:
        """Lay it over the right part, at the first step without words."""
        if self._window.page is Page.DESK:
            self._sides.made.setCurrentWidget(self._form.made)
            self._sheet.open_sheet()
            self._form.made.go_to_open()

    def _make_form(self) -> "SafetyPlanForm":
        from widgets.risk.safety_plan_form import SafetyPlanForm

        form = SafetyPlanForm(self._hotline.safety_plan)
        form.written.connect(self._write)
        form.left.connect(self._leave)
        form.reading_wanted.connect(self._read_out)
        form.print_wanted.connect(self._print)
        form.file_wanted.connect(self._ask_for_file)
        return form

    def _make_reading(self) -> "SafetyPlanReading":
        from widgets.risk.safety_plan_reading import SafetyPlanReading

        reading = SafetyPlanReading()
        reading.back_wanted.connect(self._write_on)
        return reading

    def _make_sides(self) -> QStackedWidget:
        sides = QStackedWidget()
        sides.addWidget(self._form.made)
        sides.addWidget(self._reading.made)
        sides.setFocusProxy(self._form.made)
        return sides

    def _toggle(self) -> None:
        if self._sheet.isHidden():
            self.open_plan()
        else:
            self._form.made.commit()
            self._sheet.close_sheet()

    def _show(self, desk: PlanOnDesk) -> None:
        self._desk = desk
        plan = desk.plan
        if self._shown and (plan is None or plan.id != self._shown):
            # It lies over the level of whoever is on the line by now.
            self._form.made.commit()
            self._sheet.close_sheet()
        self._row.show_written(desk.written)
        self._form.tell("desk", partial(self._show_in, desk=desk))

    def _show_in(self, form: "SafetyPlanForm", desk: PlanOnDesk) -> None:
        plan = desk.plan
        form.show_open(plan is not None and desk.ready)
        form.show_saved(local_or_none(desk.saved_at), bool(desk.typed))
        if plan is None or not desk.ready:
            form.commit()
            self._shown = ""
            return
        if plan.id != self._shown:
            # What is half composed belongs to the plan that goes.
            form.commit()
            self._shown = plan.id
            form.show_texts({step: desk.text(step) for step in PlanStep})
            return
        for step in PlanStep:
            if len(plan.standing(step)) > 1:
                form.show_beside(step, plan.standing(step))

    def _write(self, step: PlanStep, text: str) -> None:
        version = self._hotline.safety_plan.version
        if self._shown:
            self._bridge.wish(self._station.plan.write, step, text, version, self._shown)

    def _leave(self) -> None:
        self._bridge.wish(self._station.plan.leave)

    def _read_out(self) -> None:
        self._form.made.commit()
        self._leave()
        self._reading.made.show_steps(self._steps())
        self._sides.made.setCurrentWidget(self._reading.made)
        self._reading.made.setFocus()

    def _write_on(self) -> None:
        self._sides.made.setCurrentWidget(self._form.made)
        self._form.made.go_to_open()

    def _print(self) -> None:
        page = self._page()

        def paint(device: QPagedPaintDevice) -> None:
            self._tell("plan_not_printed", print_on(page, device))

        ask_printer(self._window, DOTS, paint)

    def _ask_for_file(self) -> None:
        ask_file(self._window, t("safety_plan.file"), t("safety_plan.file_name"), self.save_file)

    def save_file(self, path: str) -> None:
        """Write the plan to a file; what cannot be written is said."""
        try:
            write_pdf(self._page(), Path(path))
        except OSError:
            self._tell("plan_not_written", False)
        else:
            self._tell("plan_not_written", True)

    def _tell(self, trouble: str, done: bool) -> None:
        problems = self._problems
        self._bridge.wish(problems.settle if done else problems.arise, trouble)

    def _steps(self) -> list[tuple[str, str]]:
        parts = self._hotline.safety_plan.parts
        return [(part.name.label(language()), self._form.made.words_of(part.step)) for part in parts]

    def _page(self) -> QTextDocument:
        self._form.made.commit()
        site = self._hotline.site
        date = f"{self._clock.now().astimezone():%Y-%m-%d}"
        made = t("safety_plan.paper_made", date=date, site=site.name(language()))
        return plan_page(self._steps(), site.lines[0] if site.lines else "", made)
