"""A text in which what the other text does not have stands out: bold and underlined, and on a ground."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QWidget

from resources.texts import t
from widgets.base.labels import Label
from widgets.base.marking import Run
from widgets.base.written_out import escape
from widgets.theme import colours


class MarkedLabel(Label):
    """Shows pieces of a text; those that see no marks are told them in the description."""

    def __init__(self, runs: tuple[Run, ...], parent: QWidget | None = None) -> None:
        super().__init__(wrap=True, parent=parent)
        self.setTextFormat(Qt.TextFormat.RichText)
        self._runs = runs
        self.setAccessibleName("".join(run.text for run in runs))
        only = t("lead.separator").join(run.text.strip() for run in runs if run.only and run.text.strip())
        self.setAccessibleDescription(t("sync.only_here", words=only) if only else "")
        self._paint()

    @property
    def only_here(self) -> tuple[str, ...]:
        """The pieces that the other text does not have."""
        return tuple(run.text for run in self._runs if run.only)

    def changeEvent(self, event: QEvent) -> None:
        """Take the colours of another theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._paint()

    def _paint(self) -> None:
        # Whatever somebody typed is text: every sign of mark-up in it is written out.
        html = "".join(map(_html, self._runs))
        whole = f'<div style="white-space:pre-wrap">{html}</div>'
        if whole != self.text():
            self.setText(whole)


def _html(run: Run) -> str:
    text = escape(run.text)
    if not run.only:
        return text
    look = f"background-color:{colours().mark};font-weight:600;text-decoration:underline"
    return f'<span style="{look}">{text}</span>'
