"""The marks of misuse that may count are found without looking at other records."""

from alembic import op
from sqlalchemy import text

revision = "0008"
down_revision = "0007"
_OPEN = text("type = 'mark' AND level = ''")


def upgrade() -> None:
    """Add the index."""
    op.create_index("record_open_mark", "record", ["site"], sqlite_where=_OPEN, postgresql_where=_OPEN)
