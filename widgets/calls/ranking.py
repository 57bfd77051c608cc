"""Why a call comes before or after others, in a few words."""

from PySide6.QtWidgets import QWidget

from models.calls.queueing import Rank
from resources.texts import t
from widgets.base.tag import Tag
from widgets.calls.view import CallView

_TONES = {Rank.EMERGENCY: "urgent", Rank.RISK: "care", Rank.CROWD: "unsure", Rank.LOWERED: "unsure"}


class Ranking(Tag):
    """Nothing is shown of a caller who is like any other."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.hide()

    def show_call(self, call: CallView) -> None:
        """Say it of a call; an open case of this operator is called their own."""
        tone = _TONES.get(call.rank)
        self.setVisible(tone is not None)
        if tone is not None:
            key = "calls.rank_own" if call.rank is Rank.RISK and call.own else f"calls.rank_{call.rank}"
            self.show_text(t(key), tone)
