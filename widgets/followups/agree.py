"""The sheet on which a follow-up is agreed: everything is filled in, Enter keeps it."""

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from models.calls.reach import Reach
from models.followups.followup import Arrangement, Consent, Window
from models.people.number import normalise
from resources.texts import t
from widgets.base.buttons import Chip, KeyButton
from widgets.base.card import row
from widgets.base.composition import LineEdit, commit_composition
from widgets.base.labels import Label
from widgets.base.levels import level_text
from widgets.base.segment import Option, Segment
from widgets.base.tab_order import walk_in_order
from widgets.followups.view import AgreeView, TemplateChoice
from widgets.theme import px

_LONGEST = 100
_SIGNS = frozenset("+- 0123456789")
_HOUR = 60
TIMES: tuple[tuple[str, Window], ...] = (
    ("morning", Window(8 * _HOUR, 12 * _HOUR)),
    ("afternoon", Window(12 * _HOUR, 18 * _HOUR)),
    ("evening", Window(18 * _HOUR, 22 * _HOUR)),
)
"""The times of the day that are a click; none chosen means at any time."""
_FIELDS = ("times", "number", "code_word", "others", "told")


class AgreePanel(QWidget):
    """``agreed(note, template, arrangement)``, ``stop_wanted(note, words)``; `previewed` asks for dates."""

    agreed = Signal(str, str, Arrangement)
    stop_wanted = Signal(str, str)
    previewed = Signal(Arrangement)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view = AgreeView("", "", "", Arrangement())
        self._who = Label(strong=True, wrap=True)
        self._warning = Label(tone="urgent", wrap=True)
        self._templates: Segment | None = None
        self._place = QVBoxLayout()
        self._dates = Label(tone="soft", wrap=True)
        self._chips = {name: Chip(t(f"followups.time_{name}")) for name, _ in TIMES}
        self._lines = {name: LineEdit() for name in _FIELDS}
        self._keep = KeyButton(t("followups.agree_keep"), "Enter", "accent")
        self._stop = KeyButton(t("followups.stop"), tone="care")
        self._state = Label(tone="soft", wrap=True)
        self._connect()
        self._arrange()
        self.setFocusProxy(self._lines["times"])

    def show_view(self, view: AgreeView) -> None:
        """Begin with this; of the same note what was typed stays, and what is new fills empty lines."""
        before, self._view = self._view, view
        if before.note != view.note:
            self._fill(view.agreed)
        for name, line in self._lines.items():
            told = getattr(view.agreed, name)
            if not line.text() and told != getattr(before.agreed, name):
                line.setText(told)
        words = level_text(view.level) if view.level else ""
        self._who.setText(t("followups.agree_who", number=view.number, level=words).strip(" ·"))
        self._warning.setText(t("followups.stopped_before") if view.stopped else "")
        self._warning.setVisible(view.stopped)
        if [one.id for one in before.templates] != [one.id for one in view.templates] or (
            before.note != view.note or before.chosen != view.chosen
        ):
            self._offer(view.templates, view.chosen)
        self._show_dates()
        self._look()
        arranged = self.arrangement()
        if before.note == view.note and arranged.windows != view.agreed.windows:
            # Times that were clicked meanwhile have other dates than those that were told.
            self.previewed.emit(arranged)

    def show_dates(self, templates: tuple[TemplateChoice, ...]) -> None:
        """Show the dates that the templates give with other safe times."""
        self._view = replace(self._view, templates=templates)
        self._show_dates()

    def arrangement(self, consent: Consent = Consent.AGREED) -> Arrangement:
        """What is typed and chosen now."""
        said = {name: line.text().strip() for name, line in self._lines.items()}
        windows = tuple(window for name, window in TIMES if self._chips[name].isChecked())
        return Arrangement(consent=consent, windows=windows, **said)

    @property
    def template(self) -> str:
        """The id of the chosen template, "" for none."""
        return (self._templates.choice if self._templates else None) or ""

    def _connect(self) -> None:
        for name, line in self._lines.items():
            line.setAccessibleName(t(f"followups.field_{name}"))
            line.setPlaceholderText(t(f"followups.hint_{name}"))
            line.setMaxLength(_LONGEST)
            line.returnPressed.connect(self._give)
        for name, chip in self._chips.items():
            chip.setCheckable(True)
            chip.setAccessibleName(t("followups.time_named", time=t(f"followups.time_{name}")))
            chip.toggled.connect(self._preview)
        self._lines["number"].textChanged.connect(self._look)
        self._keep.clicked.connect(self._give)
        self._stop.clicked.connect(self._give_stop)

    def _arrange(self) -> None:
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(px(8))
        page.addWidget(self._who)
        page.addWidget(self._warning)
        page.addLayout(self._place)
        page.addWidget(self._dates)
        chips = row(*self._chips.values(), 1, gap=6)
        fields = QGridLayout()
        fields.setHorizontalSpacing(px(10))
        fields.setVerticalSpacing(px(8))
        fields.addWidget(Label(t("followups.safe_times"), size="small", tone="soft"), 0, 0)
        fields.addLayout(chips, 0, 1)
        for place, name in enumerate(_FIELDS, 1):
            label = Label(t(f"followups.field_{name}"), size="small", tone="soft")
            label.setBuddy(self._lines[name])
            fields.addWidget(label, place, 0)
            fields.addWidget(self._lines[name], place, 1)
        fields.setColumnStretch(1, 1)
        page.addLayout(fields)
        page.addWidget(Label(t("followups.agree_hint"), size="small", tone="soft", wrap=True))
        page.addLayout(row(self._keep, 1, self._stop))
        page.addWidget(self._state)
        page.addStretch(1)

    def _offer(self, templates: tuple[TemplateChoice, ...], chosen: str) -> None:
        if self._templates is not None:
            self._place.removeWidget(self._templates)
            self._templates.hide()
            self._templates.deleteLater()
        options = [Option(one.id, one.label, tone="accent", name=one.source) for one in templates]
        self._templates = Segment(options, t("followups.template"), always=True)
        self._templates.show_choice(chosen or None)
        self._templates.chosen.connect(self._chosen)
        self._place.addWidget(self._templates, 0, Qt.AlignmentFlag.AlignLeft)
        after = (*self._chips.values(), *self._lines.values(), self._keep, self._stop)
        walk_in_order(self._templates, *after)

    def _fill(self, agreed: Arrangement) -> None:
        for name, line in self._lines.items():
            line.setText(getattr(agreed, name))
        for name, window in TIMES:
            self._chips[name].blockSignals(True)
            self._chips[name].setChecked(window in agreed.windows)
            self._chips[name].blockSignals(False)

    def _chosen(self, _template: str) -> None:
        self._show_dates()
        self._look()

    def _preview(self, _on: bool) -> None:
        self.previewed.emit(self.arrangement())

    def _show_dates(self) -> None:
        found = next((one for one in self._view.templates if one.id == self.template), None)
        if found is None:
            self._dates.setText(t("followups.template_wanted"))
            return
        dates = " · ".join(f"{one:%Y-%m-%d}\N{NO-BREAK SPACE}{one:%H:%M}" for one in found.dates)
        self._dates.setText(t("followups.dates", dates=dates, source=found.source))

    def _look(self, _text: str = "") -> None:
        own, safe = bool(self._view.number), self._lines["number"].text()
        ready, bad = bool(self._view.note and (own or safe.strip())), not _dialable(safe)
        self._keep.setEnabled(ready and not bad and (bool(self.template) or self._view.made))
        self._stop.setEnabled(bool(self._view.note and own) and not self._view.stopped)
        if not self._view.note:
            self._state.setText(t("followups.no_note"))
        elif not ready:
            self._state.setText(t("followups.no_number"))
        elif bad:
            self._state.setText(t("followups.number_bad"))
        else:
            self._state.setText(t("followups.agree_made") if self._view.made else "")

    def _give(self) -> None:
        for line in self._lines.values():
            commit_composition(line)
        if self._keep.isEnabled():
            self.agreed.emit(self._view.note, self.template, self.arrangement())

    def _give_stop(self) -> None:
        self.stop_wanted.emit(self._view.note, self._lines["others"].text().strip())


def _dialable(number: str) -> bool:
    """True for nothing, and for what a hotline may dial in any spelling."""
    plain = number.strip()
    return not plain or (not set(plain) - _SIGNS and Reach().bars(normalise(plain)) is None)
