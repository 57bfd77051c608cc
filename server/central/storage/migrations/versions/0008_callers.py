"""What a ring asks for, and what practice left, is found without looking at other rows."""

from alembic import op
from sqlalchemy import text

revision = "0008"
down_revision = "0007"
_INDEXES = (
    ("record_open_mark", "record", ["site", "taken"], "type = 'mark' AND level = ''"),
    ("record_open_case", "record", ["site"], "type = 'case' AND level = ''"),
    ("record_open_plan", "record", ["site"], "type = 'caller_plan' AND level = ''"),
    ("record_merged", "record", ["site"], "type = 'person' AND level = 'M'"),
    ("record_draft", "record", ["site"], "type = 'note' AND level = 'D'"),
    ("record_alarming", "record", ["site", "taken"], "type = 'risk' AND level IN ('R3', 'R4')"),
    ("operation_practised", "operation", ["entity_id"], "why = 'practice'"),
)
_DRAFTS = "UPDATE record SET level = 'D' WHERE type = 'note' AND coded ->> 'state' = 'draft'"
_MERGED = "UPDATE record SET level = 'M' WHERE type = 'person' AND coded ->> 'same_as' <> '[]'"


def upgrade() -> None:
    """Tell drafts and merged persons from the others, and add the indexes."""
    op.execute(_DRAFTS)
    op.execute(_MERGED)
    for name, table, columns, which in _INDEXES:
        op.create_index(name, table, columns, sqlite_where=text(which), postgresql_where=text(which))
