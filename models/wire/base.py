"""What every message has in common."""

from pydantic import BaseModel, ConfigDict


class Message(BaseModel):
    """Immutable; fields of a newer program are left aside."""

    model_config = ConfigDict(frozen=True, extra="ignore")
