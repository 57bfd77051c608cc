"""The way to a full text that may not be read yet, in words."""

from console.access.service import AccessService, Asked, Stage
from console.presenters.times import local
from models.notes.card import NoteCard
from resources.texts import t
from widgets.lead.view import AskView

_SAID = ("off_line", "no_record")


def ask_view(card: NoteCard, who: str, access: AccessService, last: Asked) -> AskView:
    """What is offered for a card of a note by somebody, after the last wish."""
    asked = last if last.note == card.id else Asked()
    return AskView(
        card.id,
        t("lead.record_heading", who=who, time=f"{local(card.opened_at):%m-%d %H:%M}"),
        card.level or "RX",
        access.longest_hours(),
        _said(asked),
        "care" if asked.stage is Stage.REFUSED else "soft",
        asked.stage is Stage.WAITING,
    )


def _said(asked: Asked) -> str:
    if asked.stage is Stage.REFUSED:
        return t(f"access.ask_{asked.why}") if asked.why in _SAID else t("access.ask_refused")
    return "" if asked.stage is Stage.NONE else t(f"access.ask_{asked.stage}")
