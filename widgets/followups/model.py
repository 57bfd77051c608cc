"""The table behind the list of calls that are owed."""

from PySide6.QtCore import QObject

from resources.texts import t
from widgets.base.rows import Column, RowTable
from widgets.followups.view import DueRow


def due_text(row: DueRow) -> str:
    """When it is due, and in words whether that time is over."""
    at = f"{row.due_at:%m-%d %H:%M}"
    if row.expired:
        return t("followups.expired_at", at=at)
    return t("followups.overdue_at", at=at) if row.overdue else at


def why_text(row: DueRow) -> str:
    """Why somebody is called: what they asked for, how often they gave up, which call of which series."""
    if row.latest is not None:
        same = row.latest.date() == row.due_at.date()
        at = f"{row.latest:%H:%M}" if same else f"{row.latest:%m-%d %H:%M}"
        return t("followups.abandoned_times", n=len(row.others) + 1, at=at)
    if row.why is not None:
        return t(f"followups.why_{row.why}")
    words = t("followups.why_series", level=row.level, day=row.day, place=row.place, places=row.places)
    return t("followups.why_barred", why=words) if row.barred else words


def tried_text(row: DueRow) -> str:
    """How often it was tried and what came of it last."""
    if row.last is None:
        return t("followups.not_tried")
    how = t(f"followups.how_{row.how}") if row.how else t(f"followups.result_{row.last}")
    return t("followups.tried", n=row.attempts, result=how)


def taken_text(row: DueRow) -> str:
    """Who has taken it, "" for nobody."""
    return t("followups.mine") if row.mine else row.taken_by


class DueTable(RowTable[DueRow]):
    """The rows as they were given."""

    def __init__(self, parent: QObject | None = None) -> None:
        columns = (
            Column(t("followups.column_due"), due_text),
            Column[DueRow](t("followups.column_number"), lambda one: one.number),
            Column(t("followups.column_why"), why_text),
            Column(t("followups.column_tried"), tried_text),
            Column(t("followups.column_taken"), taken_text),
        )
        super().__init__(columns, parent)
