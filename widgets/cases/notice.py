"""What was agreed about the caller, at the ring and in the call: under the calls, in nobody's way."""

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from models.cases.caller_plan import Limits
from resources.texts import t
from widgets.base.labels import Label
from widgets.cases.caller_view import NoticeView
from widgets.theme import px

_TONES = {Limits.RISK: "urgent", Limits.REVIEW: "care", Limits.PAUSED: "soft"}


def limits_words(limits: Limits, words: str) -> str:
    """The agreed limits and what holds of them."""
    said = " ".join(words.split())
    return t(f"callers.limits_{limits}", words=said)


class CallerNotice(QFrame):
    """Hidden while nothing was agreed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "card")
        self.setAccessibleName(t("callers.notice"))
        self._stopped = Label(tone="urgent", strong=True, wrap=True)
        self._approach = Label(wrap=True)
        self._limits = Label(wrap=True)
        self._who = Label(size="small", tone="soft", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(12), px(6), px(12), px(6))
        column.setSpacing(px(3))
        for label in (self._stopped, self._approach, self._limits, self._who):
            column.addWidget(label)
        self.hide()

    def show_notice(self, view: NoticeView | None) -> None:
        """Show it, or nothing."""
        self.setVisible(view is not None)
        if view is None:
            return
        at = f"{view.stopped_at:%Y-%m-%d}" if view.stopped_at else ""
        stopped = t("callers.stopped", at=at, words=view.stopped_words).rstrip("：: ") if at else ""
        self._say(self._stopped, stopped)
        self._say(
            self._approach, t("callers.plan", words=" ".join(view.approach.split())) if view.approach else ""
        )
        has_limits = view.limits is not Limits.NONE
        self._say(self._limits, limits_words(view.limits, view.limits_text) if has_limits else "")
        self._limits.show_tone(_TONES.get(view.limits, "plain"))
        parts = [
            t("callers.counsellor", name=view.counsellor) if view.counsellor else "",
            t("callers.agreed_by", name=view.agreed_name) if view.agreed_name else "",
            t("callers.review_due") if view.review and view.limits is not Limits.REVIEW else "",
        ]
        self._say(self._who, "　".join(part for part in parts if part))

    @staticmethod
    def _say(label: Label, words: str) -> None:
        label.setText(words)
        label.setVisible(bool(words))
