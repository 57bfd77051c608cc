"""A person, a case or a caller plan that was found, in a line of the hits."""

from console.presenters.times import local
from console.storage.found import Hit, Whose
from models.search.known import CALLER_PLAN
from models.search.query import Snippet
from resources.texts import t
from widgets.search.view import HitView


def known_view(hit: Hit, whose: Whose) -> HitView:
    """Such a hit, with the day of its last change and the level of whose it is."""
    snippet = hit.snippet or Snippet("", "")
    return HitView(
        id=f"{hit.type}/{hit.id}",
        call="",
        note="",
        at=local(whose.at),
        who=whose.name or t("search.unnamed"),
        kind=t(f"search.kind_{hit.type}"),
        category=t("search.closed") if whose.closed else "",
        level=hit.level,
        where=t(f"search.field_{snippet.field}") if snippet.field else "",
        text=snippet.text,
        marks=snippet.marks,
        person=whose.person,
        plan=hit.id if hit.type == CALLER_PLAN else "",
    )
