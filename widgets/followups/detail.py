"""What was agreed with the person of a chosen follow-up: read before the call is made."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from models.followups.followup import Arrangement
from resources.texts import t
from widgets.base.card import Card
from widgets.base.labels import Label
from widgets.followups.outcomes import attempt_text
from widgets.followups.view import DueDetail

_MOST = 3


def window_text(agreed: Arrangement) -> str:
    """The safe times in figures, "" where there are none."""
    spans = (
        f"{one.start // 60:02}:{one.start % 60:02}–{one.end // 60 % 24:02}:{one.end % 60:02}"
        for one in agreed.windows
    )
    return "  ".join(spans)


def agreed_lines(agreed: Arrangement, number: str) -> tuple[str, ...]:
    """What was said, each with its name; nothing for what was not."""
    said = {
        "field_code_word": agreed.code_word,
        "safe_times": "  ".join(part for part in (window_text(agreed), agreed.times) if part),
        "field_number": number,
        "field_others": agreed.others,
        "field_told": agreed.told,
    }
    return tuple(
        t("followups.said", name=t(f"followups.{name}"), words=words) for name, words in said.items() if words
    )


class Detail(QWidget):
    """A card under the list; hidden while a call-back is chosen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._unsafe = Label(t("followups.unsafe_now"), tone="urgent", wrap=True)
        self._agreed = Label(wrap=True)
        self._before = Label(size="small", tone="soft", wrap=True)
        card = Card("plain")
        for label in (self._unsafe, self._agreed, self._before):
            card.body.addWidget(label)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card)
        self.hide()

    def show_detail(self, detail: DueDetail | None) -> None:
        """Show it, or nothing."""
        self.setVisible(detail is not None)
        if detail is None:
            return
        self._unsafe.setVisible(not detail.safe_now)
        lines = agreed_lines(detail.agreed, detail.number) or (t("followups.nothing_said"),)
        self._agreed.setText("\n".join(lines))
        before = [attempt_text(one) for one in detail.attempts[-_MOST:]]
        self._before.setText("\n".join(before))
        self._before.setVisible(bool(before))
