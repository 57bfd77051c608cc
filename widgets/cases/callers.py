"""What was agreed about callers and what is marked, one beside the other."""

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from resources.texts import t
from widgets.base.segment import Option, Segment
from widgets.cases.marks import MarksPanel
from widgets.cases.plans import PlansPanel
from widgets.theme import px

_PAGES = ("plans", "marks")


class CallersPanel(QWidget):
    """Plans first; on the row above 1 and 2 change the page, or an arrow and the space bar."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.plans, self.marks = PlansPanel(), MarksPanel()
        self._pages = QStackedWidget()
        self._pages.addWidget(self.plans)
        self._pages.addWidget(self.marks)
        options = [
            Option(name, t(f"callers.{name}"), str(digit), tone="accent")
            for digit, name in enumerate(_PAGES, 1)
        ]
        self._which = Segment(options, t("callers.title"), always=True)
        self._which.show_choice(_PAGES[0])
        self._which.chosen.connect(self.show_page)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(px(8))
        page.addWidget(self._which)
        page.addWidget(self._pages, 1)
        self.setFocusProxy(self._which.buttons[0])

    def show_page(self, name: str) -> None:
        """Show the plans or the marks."""
        self._which.show_choice(name)
        self._pages.setCurrentIndex(_PAGES.index(name))
