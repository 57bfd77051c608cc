"""The marks of misuse that may count, and what practice left, are found without looking at other rows."""

from alembic import op
from sqlalchemy import text

revision = "0008"
down_revision = "0007"
_OPEN = text("type = 'mark' AND level = ''")
_PRACTISED = text("why = 'practice'")


def upgrade() -> None:
    """Add the indexes."""
    op.create_index("record_open_mark", "record", ["site"], sqlite_where=_OPEN, postgresql_where=_OPEN)
    op.create_index(
        "operation_practised",
        "operation",
        ["entity_id"],
        sqlite_where=_PRACTISED,
        postgresql_where=_PRACTISED,
    )
