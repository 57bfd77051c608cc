"""How well the call can be heard, in a few words; a good line says nothing."""

from PySide6.QtWidgets import QWidget

from models.calls.quality import Grade
from resources.texts import t
from widgets.base.tag import Tag
from widgets.calls.view import CallView


class LineQuality(Tag):
    """In sight while the line is poor or bad; the figures stand in its tool tip."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.hide()

    def show_call(self, call: CallView) -> None:
        """Show what was measured last."""
        quality = call.quality
        self.setVisible(call.talks and quality is not None and quality.grade is not Grade.GOOD)
        if quality is None:
            return
        self.show_text(t(f"ladder.line_{quality.grade}"), "care" if quality.grade is Grade.BAD else "unsure")
        self.setToolTip(
            t(
                "ladder.figures",
                lost=quality.lost_percent,
                jitter=quality.jitter_ms,
                trip=quality.round_trip_ms,
            )
        )
